"""Decision paths: every route through them, their outcomes, and the drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from example_handbook import LANGUAGES, MINIMAL, PROJECT, loaded
from tebiki.compiling.drawings import decision_path as draw
from tebiki.model.item import Item
from tebiki.model.localise import localise
from tebiki.reading.schema import schema_shape

SHAPE = schema_shape("decision-path").value("items")

PATHS = [
    pytest.param(item, id=item.id)
    for root in (MINIMAL, PROJECT)
    for item in loaded(root).items
    if item.kind == "decision-path"
]


def routes(path: Any) -> Iterator[list[str]]:
    """Every route from the first question to an outcome, as the ids on it."""
    questions = {question["id"]: question for question in path["questions"]}
    unfinished = [[path["questions"][0]["id"]]]
    while unfinished:
        route = unfinished.pop()
        if route[-1] not in questions:
            yield route
        else:
            unfinished += [[*route, option["to"]] for option in questions[route[-1]]["options"]]


Area = tuple[float, ...]  # left, top, width, height


def _overlap(first: Area, second: Area) -> bool:
    apart_in_x = first[0] >= second[0] + second[2] or second[0] >= first[0] + first[2]
    apart_in_y = first[1] >= second[1] + second[3] or second[1] >= first[1] + first[3]
    return not (apart_in_x or apart_in_y)


def test_there_are_paths() -> None:
    assert {param.id for param in PATHS} == {"may-i-borrow", "procedure-path"}


@pytest.mark.parametrize("item", PATHS)
def test_every_route_ends_and_every_outcome_is_reached(item: Item) -> None:
    all_routes = list(routes(item.data))
    ends = {end["id"] for end in item.data["ends"]}
    questions = {question["id"] for question in item.data["questions"]}
    assert {route[-1] for route in all_routes} == ends
    assert {step for route in all_routes for step in route} == ends | questions
    for route in all_routes:
        assert len(route) == len(set(route))


@pytest.mark.parametrize("item", PATHS)
def test_every_outcome_states_next_step_reason_and_sources(item: Item) -> None:
    parts = {part.id: part for part in item.parts}
    for end in item.data["ends"]:
        assert end["next"]
        assert end["why"]
        assert parts[end["id"]].sources


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", PATHS)
def test_the_drawing_contains_every_word_and_an_edge_for_every_option(item: Item, language: str) -> None:
    path = localise(item.data, language, LANGUAGES, SHAPE)
    svg = ElementTree.fromstring(draw(path, "<label>"))
    namespace = "{http://www.w3.org/2000/svg}"
    texts = ["".join("".join(text.itertext()).split()) for text in svg.iter(f"{namespace}text")]
    titles = [entry["title"] for entry in (*path["questions"], *path["ends"])]
    titles += [option["title"] for question in path["questions"] for option in question["options"]]
    assert sorted(texts) == sorted("".join(title.split()) for title in titles)
    options = sum(len(question["options"]) for question in path["questions"])
    assert len(list(svg.iter(f"{namespace}circle"))) == options
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "<label>"
    assert not re.search(r"style=|on\w+=|<script", ElementTree.tostring(svg, encoding="unicode"))


@pytest.mark.parametrize("item", PATHS)
def test_no_box_overlaps_another_or_leaves_the_drawing(item: Item) -> None:
    svg = ElementTree.fromstring(draw(localise(item.data, "ja", LANGUAGES, SHAPE), "x"))
    width, height = (float(number) for number in svg.attrib["viewBox"].split()[2:])
    boxes = [
        tuple(float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
        for rect in svg.iter("{http://www.w3.org/2000/svg}rect")
    ]
    for index, box in enumerate(boxes):
        assert box[0] + box[2] <= width
        assert box[1] + box[3] <= height
        assert not any(_overlap(box, other) for other in boxes[:index])


def test_two_drawings_of_one_path_are_identical() -> None:
    path = localise(PATHS[0].values[0].data, "en", LANGUAGES, SHAPE)
    assert draw(path, "x") == draw(path, "x")


def test_the_guidelines_decide_before_the_year_and_accepted_projects_have_an_end() -> None:
    path = next(param.values[0] for param in PATHS if param.id == "procedure-path")
    questions = {question["id"]: question for question in path.data["questions"]}
    first = [option["to"] for option in path.data["questions"][0]["options"]]
    assert first[:2] == ["path-stated", "path-accepted-stated"]
    assert questions["path-stated"]["options"][0]["to"] == "path-your-part", "whatever the year"
    assert questions["path-accepted-stated"]["options"][0]["to"] == "end-accepted"
