"""A procedure as a swim-lane diagram: one lane for each actor, one row for each step."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tebiki.compiling.drawings.drawing import Box, Drawing, Edge, box, number, set_words

_SPINE = 40.0  # the column at the left where the numbers of the steps stand
_LANE = 170.0  # the least width of a lane
_RAIL = 12.0  # the width of a lane in a narrow drawing
_NARROW = 500.0  # a drawing less wide than this is narrow
_GAP = 6.0  # between a box and the edge of its lane
_BETWEEN = 22.0  # between two rows
_MARK = 24.0  # the square with a step's number


def actors(procedure: Mapping[str, Any]) -> list[str]:
    """The ids of those who act, in the procedure's own order, then in the order of appearance."""
    acting = [action["actor"] for step in procedure["steps"] for action in step["actions"]]
    return list(dict.fromkeys([*(procedure.get("actors") or ()), *acting]))


def swimlane(
    procedure: Mapping[str, Any],
    width: float,
    title_of: Callable[[str], str],
    plain: Callable[[str], str],
    t: Mapping[str, Any],
) -> Drawing:
    """Draw ``procedure``, an item of that kind in one language, ``width`` units wide or more.

    ``title_of`` names an actor, ``plain`` takes the marks out of a text, ``t`` holds the words of the
    site. Each step is drawn once: its number, title and time, a box for each of those who act, in their
    lane, and what goes in and comes out. Boxes of one step are joined by a line; an arrow leads from
    each step to the next, which says in what order they stand and nothing more. In a narrow drawing
    lanes are rails, and each box begins at the rail of its actor.
    """
    names = actors(procedure)
    narrow = width < _NARROW
    if not narrow:
        width = max(width, _SPINE + _LANE * len(names))
    lane = _RAIL if narrow else (width - _SPINE) / len(names)
    left = {actor: _SPINE + lane * index for index, actor in enumerate(names)}
    rows = _Rows(left, 0 if narrow else lane, width, title_of, plain, t)
    boxes: list[Box] = [] if narrow else rows.heads()
    top = max((head.height for head in boxes), default=0)
    edges: list[Edge] = []
    y, before = top + 12 if top else 0.0, None
    for step in procedure["steps"]:
        drawn = list(rows.step(step, y))
        boxes += drawn
        edges += _together(drawn)
        if before:
            edges.append(_order(*before, step["id"], y + 9))
        before = (step["id"], y + 9 + _MARK)
        y = max(one.y + one.height for one in drawn) + _BETWEEN
    height = y - _BETWEEN + 4
    stripes = [
        Box(f"lane-{index % 2 + 1}", actor, left[actor], top / 2, lane, height - top / 2, frame=True)
        for index, actor in enumerate(names)
    ]
    return Drawing(width, height, (*stripes, *boxes), tuple(edges))


@dataclass(frozen=True)
class _Rows:
    """Sets the rows of one drawing. ``lane`` is the width of a lane, 0 where lanes are rails."""

    left: Mapping[str, float]
    lane: float
    width: float
    title_of: Callable[[str], str]
    plain: Callable[[str], str]
    t: Mapping[str, Any]

    def heads(self) -> list[Box]:
        """The names of the lanes, all equally high."""
        width = self.lane - 2 * _GAP
        heads = [
            box("head", actor, x + _GAP, 0, width, [("title", self.title_of(actor))])
            for actor, x in self.left.items()
        ]
        tallest = max(head.height for head in heads)
        return [replace(head, height=tallest) for head in heads]

    def step(self, step: Mapping[str, Any], y: float) -> Iterator[Box]:
        """One row: its band with title, time and what goes in, its mark, the actions, what comes out.

        Bands go right across, for what goes in and comes out belongs to the step and not to a lane.
        """
        look = "step-numbered" if step.get("number") else "step"
        head = [
            ("title", step["title"]),
            ("label", f"{self.t['timing']}{self.t['colon']}{self.plain(step['timing'])}"),
            *_passed(step, "inputs", self.plain, self.t),
        ]
        band = box(look, step["id"], _SPINE, y, self.width - _SPINE, head)
        yield band
        mark, _ = set_words([("title", step.get("number") or "")], _SPINE / 2 - 8, y + 11, _SPINE)
        yield Box(f"{look}-mark", f"{step['id']}-mark", _SPINE / 2 - 16, y + 9, _MARK, _MARK, mark)
        acting = self._acting(step, band.y + band.height + _GAP)
        yield from acting
        if outputs := _passed(step, "outputs", self.plain, self.t):
            at = max(one.y + one.height for one in acting) + _GAP
            yield box("outputs", f"{step['id']}-outputs", _SPINE, at, self.width - _SPINE, outputs)

    def _acting(self, step: Mapping[str, Any], y: float) -> list[Box]:
        """A box for each who acts in the step: side by side in their lanes, or below each other."""
        found: list[Box] = []
        present = {action["actor"] for action in step["actions"]}
        for actor in (one for one in self.left if one in present):
            told = [one.get("brief") or one["text"] for one in step["actions"] if one["actor"] == actor]
            paragraphs = [("label", self.title_of(actor)), *(("text", self.plain(one)) for one in told)]
            x = self.left[actor] + (_GAP if self.lane else 0)
            width = self.lane - 2 * _GAP if self.lane else self.width - x
            found.append(box("action", f"{step['id']} {actor}", x, y, width, paragraphs))
            if not self.lane:
                y += found[-1].height + _GAP + 2
        if self.lane:
            tallest = max(one.height for one in found)
            return [replace(one, height=tallest) for one in found]
        return found


def _order(from_: str, start: float, to: str, end: float) -> Edge:
    """The arrow from the mark of a step to that of the next."""
    x = _SPINE / 2 - 4
    path = f"M{number(x)} {number(start)}V{number(end - 4)}"
    return Edge("order", from_, to, path, (x, end, "down"))


def _passed(
    step: Mapping[str, Any], key: str, plain: Callable[[str], str], t: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """What goes into a step or comes out of it, as a paragraph; nothing where the data has nothing."""
    things = t["between_things"].join(plain(one) for one in step.get(key) or ())
    return [("text", f"{t[key]}{t['colon']}{things}")] if things else []


def _together(drawn: list[Box]) -> Iterator[Edge]:
    """Lines between the boxes of those who act in one step."""
    acting = [one for one in drawn if one.look == "action"]
    for one, next_ in itertools.pairwise(acting):
        if one.y == next_.y:
            path = f"M{number(one.x + one.width)} {number(one.y + 18)}H{number(next_.x)}"
        else:
            path = f"M{number(next_.x + 14)} {number(one.y + one.height)}V{number(next_.y)}"
        yield Edge("together", one.of, next_.of, path)
