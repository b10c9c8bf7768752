"""A procedure as a swim-lane diagram: a lane for each actor, a row for each step."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tebiki.compiling.drawings.drawing import Box, Drawing, Edge, coordinate, layout_text, text_box

_NUMBER_COLUMN = 40.0  # the column at the left with the numbers of the steps
_MIN_LANE = 170.0
_RAIL = 12.0  # the width of a lane in a narrow drawing
_NARROW = 500.0  # a drawing less wide than this is narrow
_GAP = 6.0  # between a box and the edge of its lane
_ROW_GAP = 22.0
_NUMBER_BOX = 24.0  # the square with the number of a step

Step = Mapping[str, Any]


def actors(procedure: Mapping[str, Any]) -> list[str]:
    """Return the ids of those who act, in the procedure's own order, then in the order of appearance."""
    acting = [action["actor"] for step in procedure["steps"] for action in step["actions"]]
    return list(dict.fromkeys([*(procedure.get("actors") or ()), *acting]))


def swimlane(
    procedure: Mapping[str, Any],
    width: float,
    title_of: Callable[[str], str],
    plain: Callable[[str], str],
    words: Mapping[str, Any],
) -> Drawing:
    """Draw a procedure; the drawing is wider than ``width`` where its lanes need more room.

    Each step is drawn once: its number, title and time, a box for each actor in their lane, its inputs and its
    outputs. A line joins the boxes of a step; an arrow leads from each step to the next, which shows their order
    and nothing more. In a narrow drawing lanes are rails, and each box begins at the rail of its actor.

    Args:
        procedure: An item of the kind procedure, in one language.
        width: The width to draw in, in SVG user units.
        title_of: The id of an actor → the title.
        plain: Removes the Markdown from a text.
        words: The words of the site.
    """
    actor_ids = actors(procedure)
    narrow = width < _NARROW
    if not narrow:
        width = max(width, _NUMBER_COLUMN + _MIN_LANE * len(actor_ids))
    lane = _RAIL if narrow else (width - _NUMBER_COLUMN) / len(actor_ids)
    lane_x = {actor: _NUMBER_COLUMN + lane * index for index, actor in enumerate(actor_ids)}
    layout = _RowLayout(lane_x, 0 if narrow else lane, width, title_of, plain, words)
    boxes: list[Box] = [] if narrow else layout.heads()
    top = max((head.height for head in boxes), default=0)
    edges: list[Edge] = []
    y, previous = top + 12 if top else 0.0, None
    for step in procedure["steps"]:
        row = list(layout.step(step, y))
        boxes += row
        edges += _joint_edges(row)
        if previous:
            edges.append(_order_edge(*previous, step["id"], y + 9))
        previous = (step["id"], y + 9 + _NUMBER_BOX)
        y = max(box.bottom for box in row) + _ROW_GAP
    height = y - _ROW_GAP + 4
    stripes = [
        Box(f"lane-{index % 2 + 1}", actor, lane_x[actor], top / 2, lane, height - top / 2, frame=True)
        for index, actor in enumerate(actor_ids)
    ]
    return Drawing(width, height, (*stripes, *boxes), tuple(edges))


@dataclass(frozen=True)
class _RowLayout:
    """Lays out the rows of a drawing. ``lane`` is the width of a lane, 0 where lanes are rails."""

    lane_x: Mapping[str, float]
    lane: float
    width: float
    title_of: Callable[[str], str]
    plain: Callable[[str], str]
    words: Mapping[str, Any]

    def heads(self) -> list[Box]:
        """The titles of the lanes, all of one height."""
        width = self.lane - 2 * _GAP
        heads = [
            text_box("head", actor, x + _GAP, 0, width, [("title", self.title_of(actor))])
            for actor, x in self.lane_x.items()
        ]
        return _equal_heights(heads)

    def step(self, step: Step, y: float) -> Iterator[Box]:
        """Yield the boxes of a row: the band with title, time and inputs, the number, the actions, the outputs.

        The bands span all lanes, since inputs and outputs belong to the step and not to a lane.
        """
        kind = "step-numbered" if step.get("number") else "step"
        head = [
            ("title", step["title"]),
            ("label", f"{self.words['timing']}{self.words['colon']}{self.plain(step['timing'])}"),
            *self._materials(step, "inputs"),
        ]
        band = text_box(kind, step["id"], _NUMBER_COLUMN, y, self.width - _NUMBER_COLUMN, head)
        yield band
        number, _ = layout_text(
            [("title", step.get("number") or "")], _NUMBER_COLUMN / 2 - 8, y + 11, _NUMBER_COLUMN
        )
        number_x = _NUMBER_COLUMN / 2 - 16
        yield Box(f"{kind}-mark", f"{step['id']}-mark", number_x, y + 9, _NUMBER_BOX, _NUMBER_BOX, number)
        actions = self._actions(step, band.bottom + _GAP)
        yield from actions
        if outputs := self._materials(step, "outputs"):
            outputs_y = max(box.bottom for box in actions) + _GAP
            width = self.width - _NUMBER_COLUMN
            yield text_box("outputs", f"{step['id']}-outputs", _NUMBER_COLUMN, outputs_y, width, outputs)

    def _actions(self, step: Step, y: float) -> list[Box]:
        """Return a box for each actor of a step: side by side in their lanes, or below each other."""
        boxes: list[Box] = []
        for actor in self.lane_x:
            actions = [action for action in step["actions"] if action["actor"] == actor]
            if not actions:
                continue
            texts = [("text", self.plain(action.get("brief") or action["text"])) for action in actions]
            x = self.lane_x[actor] + (_GAP if self.lane else 0)
            width = self.lane - 2 * _GAP if self.lane else self.width - x
            paragraphs = [("label", self.title_of(actor)), *texts]
            boxes.append(text_box("action", f"{step['id']} {actor}", x, y, width, paragraphs))
            if not self.lane:
                y += boxes[-1].height + _GAP + 2
        return _equal_heights(boxes) if self.lane else boxes

    def _materials(self, step: Step, key: str) -> list[tuple[str, str]]:
        """Return the ``inputs`` or ``outputs`` of a step as a paragraph; nothing where it has none."""
        texts = self.words["between_things"].join(self.plain(text) for text in step.get(key) or ())
        return [("text", f"{self.words[key]}{self.words['colon']}{texts}")] if texts else []


def _equal_heights(boxes: list[Box]) -> list[Box]:
    tallest = max(box.height for box in boxes)
    return [replace(box, height=tallest) for box in boxes]


def _order_edge(source: str, start: float, target: str, end: float) -> Edge:
    """Return the arrow from the number of a step to the number of the next step."""
    x = _NUMBER_COLUMN / 2 - 4
    path = f"M{coordinate(x)} {coordinate(start)}V{coordinate(end - 4)}"
    return Edge("order", source, target, path, (x, end, "down"))


def _joint_edges(row: list[Box]) -> Iterator[Edge]:
    """Yield the lines between the boxes of those who act in one step."""
    actions = [box for box in row if box.kind == "action"]
    for left, right in itertools.pairwise(actions):
        if left.y == right.y:
            path = f"M{coordinate(left.x + left.width)} {coordinate(left.y + 18)}H{coordinate(right.x)}"
        else:
            path = f"M{coordinate(right.x + 14)} {coordinate(left.bottom)}V{coordinate(right.y)}"
        yield Edge("together", left.data_id, right.data_id, path)
