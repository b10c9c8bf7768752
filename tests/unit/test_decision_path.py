"""Decision paths: every way through them, the rule that keeps them whole, and the drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from example_handbook import LANGUAGES, MINIMAL, PROJECT
from tebiki.compiling.drawings import decision_path as draw
from tebiki.model.item import Item
from tebiki.model.localise import localise
from tebiki.reading.load import load
from tebiki.reading.schema import schema_shape

SHAPE = schema_shape("decision-path").value("items")

PATHS = [
    pytest.param(item, id=item.id)
    for root in (MINIMAL, PROJECT)
    for item in load(root)[0].items
    if item.kind == "decision-path"
]


def ways(path: Any) -> Iterator[list[str]]:
    """Every way from the first question to an end, as the ids on it."""
    questions = {one["id"]: one for one in path["questions"]}
    waiting = [[path["questions"][0]["id"]]]
    while waiting:
        way = waiting.pop()
        if way[-1] not in questions:
            yield way
        else:
            waiting += [[*way, option["to"]] for option in questions[way[-1]]["options"]]


def test_there_are_paths() -> None:
    assert {param.id for param in PATHS} == {"may-i-borrow", "procedure-path"}


@pytest.mark.parametrize("item", PATHS)
def test_every_way_ends_and_every_end_is_reached(item: Item) -> None:
    found = list(ways(item.data))
    ends = {end["id"] for end in item.data["ends"]}
    assert {way[-1] for way in found} == ends
    assert {step for way in found for step in way} == ends | {one["id"] for one in item.data["questions"]}
    for way in found:
        assert len(way) == len(set(way))


@pytest.mark.parametrize("item", PATHS)
def test_every_end_says_what_to_do_and_why_with_sources(item: Item) -> None:
    parts = {part.id: part for part in item.parts}
    for end in item.data["ends"]:
        assert end["next"]
        assert end["why"]
        assert parts[end["id"]].sources


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", PATHS)
def test_the_drawing_holds_every_word_and_a_line_for_every_option(item: Item, language: str) -> None:
    path = localise(item.data, language, LANGUAGES, SHAPE)
    svg = ElementTree.fromstring(draw(path, "<label>"))
    name = "{http://www.w3.org/2000/svg}"
    texts = ["".join("".join(text.itertext()).split()) for text in svg.iter(f"{name}text")]
    wanted = [one["title"] for one in (*path["questions"], *path["ends"])]
    wanted += [option["title"] for one in path["questions"] for option in one["options"]]
    assert sorted(texts) == sorted("".join(words.split()) for words in wanted)
    options = sum(len(one["options"]) for one in path["questions"])
    assert len(list(svg.iter(f"{name}circle"))) == options
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "<label>"
    assert not re.search(r"style=|on\w+=|<script", ElementTree.tostring(svg, encoding="unicode"))


@pytest.mark.parametrize("item", PATHS)
def test_nothing_is_drawn_over_another_box_or_outside(item: Item) -> None:
    svg = ElementTree.fromstring(draw(localise(item.data, "ja", LANGUAGES, SHAPE), "x"))
    _x, _y, width, height = (float(number) for number in svg.attrib["viewBox"].split())
    boxes = [
        tuple(float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
        for rect in svg.iter("{http://www.w3.org/2000/svg}rect")
    ]
    for number, (x, y, w, h) in enumerate(boxes):
        assert x + w <= width
        assert y + h <= height
        for ox, oy, ow, oh in boxes[:number]:
            assert x >= ox + ow or ox >= x + w or y >= oy + oh or oy >= y + h


def test_two_drawings_of_one_path_are_identical() -> None:
    path = localise(PATHS[0].values[0].data, "en", LANGUAGES, SHAPE)
    assert draw(path, "x") == draw(path, "x")
