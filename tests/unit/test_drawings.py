"""The geometry of the figures: nothing overlaps, no words leave their box, everything is drawn once."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from example_handbook import LANGUAGES, MINIMAL, PROJECT, loaded
from tebiki.compiling import drawings
from tebiki.compiling.drawings.drawing import TEXT_STYLES, Box, Drawing, TextLine
from tebiki.compiling.page_text import PageText
from tebiki.locales import words
from tebiki.model.item import Item
from tebiki.model.localise import localise
from tebiki.model.placement import place_items
from tebiki.reading.schema import schema_shape

WIDE, NARROW = 720.0, 340.0


@dataclass
class Case:
    """One figure of one handbook in one language."""

    data: Any  # the item as the drawing gets it
    drawing: Drawing
    plain: Any

    def text(self) -> str:
        """The whole text of the figure, without spaces."""
        return "".join(_bare(line.text) for box in self.drawing.boxes for line in box.lines)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _cases(kind: str) -> Iterator[Any]:
    for root in (MINIMAL, PROJECT):
        handbook = loaded(root)
        for item, language in itertools.product(handbook.items, LANGUAGES):
            if item.kind == kind:
                for size in (WIDE, NARROW):
                    name = f"{item.id}-{language}-{size:.0f}"
                    yield pytest.param(_case(root, item, language, size), id=name)


@functools.cache
def _texts(root: Path, language: str) -> tuple[dict[str, str], Callable[[str], str]]:
    """Return the titles of a handbook, and what makes plain text of a text of it."""
    handbook = loaded(root)
    titles = {item.id: item.title[language] for item in handbook.items}
    titles |= {page.id: page.title[language] for page in handbook.pages}
    return titles, PageText(place_items(handbook), titles, {}, "index").plain


def _case(root: Path, item: Item, language: str, size: float) -> Case:
    handbook = loaded(root)
    titles, plain = _texts(root, language)
    shape = schema_shape(item.kind).value("items")
    data = localise(item.data, language, handbook.languages, shape)
    site_words = words(language, "site")
    if item.kind == "procedure":
        drawing = drawings.swimlane(data, size, titles.__getitem__, plain, site_words)
    elif item.kind == "tier-model":
        parts = {part.id: {"status": handbook.status_of(part.status, part.sources)} for part in item.parts}
        drawing = drawings.tiers(data, size, plain, parts, site_words)
    else:
        drawing = drawings.responsibility_map(data, size, plain, site_words)
    return Case(data, drawing, plain)


SWIMLANES = list(_cases("procedure"))
TIERS = list(_cases("tier-model"))
MAPS = list(_cases("responsibility-map"))
ALL = [*SWIMLANES, *TIERS, *MAPS]

Area = tuple[float, float, float, float]  # left, top, right, bottom


def _area(box: Box) -> Area:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _text_area(line: TextLine) -> Area:
    size = TEXT_STYLES[line.style][0]
    return line.x, line.y - 0.8 * size, line.x + line.width, line.y + 0.2 * size


def _overlap(first: Area, second: Area) -> bool:
    return (
        first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
    )  # fmt: skip


def _holds(outer: Area, inner: Area) -> bool:
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
    )  # fmt: skip


def test_there_are_figures_of_every_kind_in_both_handbooks() -> None:
    assert all(len(cases) >= 4 for cases in (SWIMLANES, TIERS, MAPS))


@pytest.mark.parametrize("case", ALL)
def test_no_two_boxes_overlap(case: Case) -> None:
    boxes = [box for box in case.drawing.boxes if not box.frame]
    for first, second in itertools.combinations(boxes, 2):
        assert not _overlap(_area(first), _area(second)), (first.data_id, second.data_id)


@pytest.mark.parametrize("case", ALL)
def test_everything_is_inside_the_drawing(case: Case) -> None:
    whole = (0.0, 0.0, case.drawing.width, case.drawing.height)
    for box in case.drawing.boxes:
        assert _holds(whole, _area(box)), box.data_id


@pytest.mark.parametrize("case", ALL)
def test_no_words_leave_their_box_or_meet_others(case: Case) -> None:
    boxes = [box for box in case.drawing.boxes if not box.frame]
    for box in case.drawing.boxes:
        for line in box.lines:
            assert _holds(_area(box), _text_area(line)), line.text
            if box.frame:
                assert not any(_overlap(_text_area(line), _area(inner)) for inner in boxes), line.text
        for first, second in itertools.combinations(box.lines, 2):
            assert not _overlap(_text_area(first), _text_area(second)), (first.text, second.text)


@pytest.mark.parametrize("case", ALL)
def test_every_box_and_edge_is_drawn_once(case: Case) -> None:
    again = [
        name
        for name, count in Counter(box.data_id for box in case.drawing.boxes if not box.frame).items()
        if count > 1
    ]
    assert again == []
    ends = Counter((edge.source, edge.target) for edge in case.drawing.edges)
    assert [pair for pair, count in ends.items() if count > 1] == []


@pytest.mark.parametrize("case", ALL)
def test_the_svg_is_well_formed_named_and_without_styles(case: Case) -> None:
    svg = ElementTree.fromstring(case.drawing.svg("x", "A & B", "C < D"))
    assert svg.get("role") == "img"
    labels = {element.get("id"): element.text for element in svg if element.get("id")}
    assert labels == {svg.get("aria-labelledby"): "A & B", svg.get("aria-describedby"): "C < D"}
    assert len(list(svg.iter("text"))) == sum(len(box.lines) for box in case.drawing.boxes)
    assert not any("style" in element.attrib for element in svg.iter())


@pytest.mark.parametrize("case", SWIMLANES)
def test_a_swimlane_shows_each_step_and_each_actor_in_the_right_lane(case: Case) -> None:
    boxes = {box.data_id: box for box in case.drawing.boxes if not box.frame}
    lanes = {box.data_id: box for box in case.drawing.boxes if box.frame}
    steps = case.data["steps"]
    acting = {f"{step['id']} {action['actor']}" for step in steps for action in step["actions"]}
    assert {box.data_id for box in boxes.values() if box.kind == "action"} == acting
    assert set(lanes) == {action.split()[1] for action in acting}
    for name in acting:
        step, actor = name.split()
        lane = lanes[actor]
        assert lane.x <= boxes[name].x < lane.x + lane.width
        if case.drawing.width >= WIDE:
            assert boxes[name].x + boxes[name].width <= lane.x + lane.width
        assert boxes[name].y > boxes[step].y
    tops = [boxes[step["id"]].y for step in steps]
    assert tops == sorted(tops)


@pytest.mark.parametrize("case", SWIMLANES)
def test_a_swimlane_joins_steps_in_their_order_and_those_who_act_together(case: Case) -> None:
    ids = [step["id"] for step in case.data["steps"]]
    edges = case.drawing.edges
    assert [(edge.source, edge.target) for edge in edges if edge.kind == "order"] == list(
        itertools.pairwise(ids)
    )
    together = sum(len({action["actor"] for action in step["actions"]}) - 1 for step in case.data["steps"])
    assert len([edge for edge in edges if edge.kind == "together"]) == together


@pytest.mark.parametrize("case", SWIMLANES)
def test_a_swimlane_says_who_when_and_what_goes_in_and_comes_out(case: Case) -> None:
    drawn = case.text()
    for step in case.data["steps"]:
        texts = [step["title"], step["timing"], *(step.get("inputs") or ()), *(step.get("outputs") or ())]
        texts += [action.get("brief") or action["text"] for action in step["actions"]]
        for text in texts:
            assert _bare(case.plain(text)) in drawn


def test_lanes_stand_in_the_order_of_the_procedure_then_of_appearance() -> None:
    steps = [{"actions": [{"actor": "a"}, {"actor": "b"}]}, {"actions": [{"actor": "c"}]}]
    assert drawings.actors({"steps": steps}) == ["a", "b", "c"]
    assert drawings.actors({"steps": steps, "actors": ["c", "a"]}) == ["c", "a", "b"]


def test_a_swimlane_grows_with_its_lanes_save_where_they_are_rails() -> None:
    actions = [{"actor": f"actor-{number}", "text": "Acts."} for number in range(7)]
    steps = [{"id": "s", "title": "S", "timing": "Now", "actions": actions}]
    wide, narrow = (
        drawings.swimlane({"steps": steps}, size, str, str, words("en", "site")) for size in (WIDE, NARROW)
    )
    assert wide.width > 7 * 150
    assert narrow.width == NARROW


def test_two_actions_of_one_actor_in_a_step_share_a_box() -> None:
    actions = [{"actor": "a", "text": "One."}, {"actor": "a", "text": "Two."}]
    steps = [{"id": "s", "title": "S", "timing": "Now", "actions": actions}]
    drawing = drawings.swimlane({"steps": steps}, WIDE, str.upper, str, words("en", "site"))
    (box,) = [box for box in drawing.boxes if box.kind == "action"]
    assert [line.text for line in box.lines] == ["A", "One.", "Two."]


@pytest.mark.parametrize("case", TIERS)
def test_tiers_stand_on_the_first_and_narrow_upwards(case: Case) -> None:
    boxes = {box.data_id: box for box in case.drawing.boxes}
    stack = [boxes[tier["id"]] for tier in case.data["tiers"]]
    for lower, upper in itertools.pairwise(stack):
        assert upper.y + upper.height < lower.y
        assert upper.width < lower.width
        assert lower.x < upper.x
    for tier in case.data["tiers"]:
        drawn = "".join(_bare(line.text) for line in boxes[tier["id"]].lines)
        for text in (tier["title"], *tier["cells"].values()):
            assert _bare(case.plain(text)) in drawn


def test_many_tiers_still_have_room() -> None:
    tiers = [{"id": f"t{number}", "title": "Title", "cells": {"a": "Some words"}} for number in range(20)]
    model = {"aspects": [{"id": "a", "title": "Aspect"}], "tiers": tiers}
    drawing = drawings.tiers(model, NARROW, str, {"a": {"status": "draft"}}, words("en", "site"))
    assert min(box.width for box in drawing.boxes) > NARROW / 2


@pytest.mark.parametrize("case", MAPS)
def test_a_map_shows_every_party_subject_and_line(case: Case) -> None:
    boxes = {box.data_id: box for box in case.drawing.boxes if not box.frame}
    shown = {entry["id"] for entry in (*case.data["parties"], *case.data["subjects"])}
    assert set(boxes) == shown
    lines = {
        (party, subject["id"]) for subject in case.data["subjects"] for party in subject.get("under", ())
    }
    assert {(edge.source, edge.target) for edge in case.drawing.edges} == lines
    for subject in case.data["subjects"]:
        drawn = "".join(_bare(line.text) for line in boxes[subject["id"]].lines)
        for text in (subject["title"], subject.get("note"), subject.get("unclear")):
            assert _bare(case.plain(text or "")) in drawn


@pytest.mark.parametrize("case", MAPS)
def test_lines_run_from_a_party_to_a_subject_and_cross_no_box(case: Case) -> None:
    boxes = {box.data_id: box for box in case.drawing.boxes if not box.frame}
    for edge in case.drawing.edges:
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", edge.path)]
        party, subject = boxes[edge.source], boxes[edge.target]
        assert numbers[0] == pytest.approx(party.x + party.width, abs=0.1)
        assert party.y < numbers[1] < party.y + party.height
        assert edge.arrow is not None
        assert edge.arrow[0] == pytest.approx(subject.x, abs=1.1)
        assert subject.y < edge.arrow[1] < subject.y + subject.height
        assert all(party.x + party.width - 0.1 <= x <= subject.x for x in numbers[::2])


@pytest.mark.parametrize("case", MAPS)
def test_a_map_keeps_apart_what_is_covered_unclear_and_outside(case: Case) -> None:
    boxes = {box.data_id: box for box in case.drawing.boxes}
    for subject in case.data["subjects"]:
        if subject.get("under", ()):
            group = f"at-{subject.get('at') or 'none'}"
        else:
            group = "unclear" if subject.get("unclear") else "outside"
        assert _holds(_area(boxes[group]), _area(boxes[subject["id"]])), subject["id"]


def test_parties_with_the_same_subject_stand_below_each_other() -> None:
    names = ["a", "b", "c"]
    parties = [{"id": name, "title": name} for name in names]
    chart = {"parties": parties, "subjects": [{"id": "s", "title": "S", "under": names}]}
    drawing = drawings.responsibility_map(chart, WIDE, str, words("en", "site"))
    boxes = {box.data_id: box for box in drawing.boxes}
    for upper, lower in itertools.pairwise(names):
        assert boxes[upper].y + boxes[upper].height < boxes[lower].y
    assert drawing.height > boxes["c"].y + boxes["c"].height
    tips = [edge.arrow[1] for edge in drawing.edges if edge.arrow]
    assert tips == sorted(tips)
    assert len(set(tips)) == 3
