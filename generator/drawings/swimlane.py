"""A procedure as a swim-lane diagram: one lane for each actor, one row for each step."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.drawings.drawing import Box, Drawing, Edge, box, number, set_words

_SPINE = 40.0  # the column at the left where the numbers of the steps stand
_LANE = 170.0
_WIDTH = 720.0
_GAP = 6.0  # between a box and the edge of its lane
_BETWEEN = 22.0  # between two rows
_MARK = 24.0  # the square with a step's number


def actors(procedure: Mapping[str, Any]) -> list[str]:
    """The ids of those who act, in the procedure's own order, then in the order of appearance."""
    acting = [action["actor"] for step in procedure["steps"] for action in step["actions"]]
    return list(dict.fromkeys([*(procedure.get("actors") or ()), *acting]))


def swimlane(
    procedure: Mapping[str, Any],
    title_of: Callable[[str], str],
    plain: Callable[[str], str],
    t: Mapping[str, Any],
) -> Drawing:
    """Draw ``procedure``, an item of that kind in one language.

    ``title_of`` names an actor, ``plain`` takes the marks out of a text, ``t`` holds the words of the
    site. Each step is drawn once: its number, title and time, a box for each of those who act, in their
    lane, and what goes in and comes out. Boxes of one step are joined by a line; an arrow
    leads from each step to the next, which says in what order they stand and nothing more.
    """
    lanes = actors(procedure)
    width = max(_WIDTH, _SPINE + _LANE * len(lanes))
    lane = (width - _SPINE) / len(lanes)
    left = {actor: _SPINE + lane * index for index, actor in enumerate(lanes)}
    heads = [
        box("head", actor, left[actor] + _GAP, 0, lane - 2 * _GAP, [("title", title_of(actor))])
        for actor in lanes
    ]
    top = max(head.height for head in heads)
    boxes = [Box(h.look, h.of, h.x, h.y, h.width, top, h.words) for h in heads]
    edges: list[Edge] = []
    y, before = top + 12, None
    for step in procedure["steps"]:
        drawn = list(_step(step, left, lane, y, width, title_of, plain, t))
        boxes += drawn
        edges += _together(drawn)
        if before:
            edges.append(_order(*before, step["id"], y + 9))
        before = (step["id"], y + 9 + _MARK)
        y = max(one.y + one.height for one in drawn) + _BETWEEN
    height = y - _BETWEEN + 4
    stripes = [
        Box(f"lane-{index % 2 + 1}", actor, left[actor], top / 2, lane, height - top / 2, frame=True)
        for index, actor in enumerate(lanes)
    ]
    return Drawing(width, height, (*stripes, *boxes), tuple(edges))


def _order(from_: str, start: float, to: str, end: float) -> Edge:
    x = _SPINE / 2 - 4
    path = f"M{number(x)} {number(start)}V{number(end - 4)}"
    return Edge("order", from_, to, path, (x, end, "down"))


def _step(
    step: Mapping[str, Any],
    left: Mapping[str, float],
    lane: float,
    y: float,
    width: float,
    title_of: Callable[[str], str],
    plain: Callable[[str], str],
    t: Mapping[str, Any],
) -> Iterator[Box]:
    """One row: its mark, the band with its title, time and what goes in, the actions, what comes out.

    Bands go right across, for what goes in and comes out belongs to the step and not to a lane.
    """
    look = "step-numbered" if step.get("number") else "step"
    head = [
        ("title", step["title"]),
        ("label", f"{t['timing']}{t['colon']}{plain(step['timing'])}"),
        *_passed(step, "inputs", plain, t),
    ]
    band = box(look, step["id"], _SPINE, y, width - _SPINE, head)
    yield band
    mark, _ = set_words([("title", step.get("number") or "")], _SPINE / 2 - 8, y + 11, _SPINE)
    yield Box(f"{look}-mark", f"{step['id']}-mark", _SPINE / 2 - 16, y + 9, _MARK, _MARK, mark)
    foot = band.y + band.height + _GAP
    made = [
        _action(step, actor, left[actor] + _GAP, foot, lane - 2 * _GAP, title_of(actor), plain)
        for actor in dict.fromkeys(action["actor"] for action in step["actions"])
    ]
    tallest = max(one.height for one in made)
    for one in made:
        yield Box(one.look, one.of, one.x, one.y, one.width, tallest, one.words)
    if outputs := _passed(step, "outputs", plain, t):
        at = foot + tallest + _GAP
        yield box("outputs", f"{step['id']}-outputs", _SPINE, at, width - _SPINE, outputs)


def _action(
    step: Mapping[str, Any],
    actor: str,
    x: float,
    y: float,
    width: float,
    title: str,
    plain: Callable[[str], str],
) -> Box:
    """What ``actor`` does in ``step``."""
    told = [one.get("brief") or one["text"] for one in step["actions"] if one["actor"] == actor]
    paragraphs = [("label", title), *(("text", plain(one)) for one in told)]
    return box("action", f"{step['id']} {actor}", x, y, width, paragraphs)


def _passed(
    step: Mapping[str, Any], key: str, plain: Callable[[str], str], t: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """What goes into a step or comes out of it, as a paragraph; nothing where the data has nothing."""
    things = t["between_things"].join(plain(one) for one in step.get(key) or ())
    return [("text", f"{t[key]}{t['colon']}{things}")] if things else []


def _together(drawn: list[Box]) -> Iterator[Edge]:
    """Lines between the boxes of those who act in one step."""
    acting = sorted((one for one in drawn if one.look == "action"), key=lambda one: one.x)
    for one, next_ in itertools.pairwise(acting):
        y = number(one.y + 18)
        path = f"M{number(one.x + one.width)} {y}H{number(next_.x)}"
        yield Edge("together", one.of, next_.of, path)
