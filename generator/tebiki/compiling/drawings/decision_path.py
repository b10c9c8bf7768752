"""Draws a decision path: every question, every option, and where each leads, as one SVG.

Questions stand on the left, one below the other, each with its options as lines of the same box;
ends stand on the right. Every question or end has a lane of its own between the two, which the
lines of all options that lead to it share. So no label floats beside a line, and where lines cross
they can be told from where they join.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from tebiki.compiling.drawings.words import wrap

_FONT = 14  # all lengths are in SVG user units, at first sight pixels
_LINE = 20
_PAD = 10
_QUESTION = 300
_END = 250
_LANE = 16
_GAP = 30


@dataclass(frozen=True)
class _Box:
    """A box with its place, its lines, and for each option the height of its line."""

    id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    options: tuple[tuple[tuple[str, ...], float], ...] = ()


def decision_path(path: Mapping[str, Any], label: str) -> Markup:
    """The SVG of ``path``, the data of a decision path in one language; ``label`` names the drawing.

    The path has to be in order (rule decision-path). Colours are left to the style sheet, which
    knows light and dark.
    """
    questions = _in_order(path["questions"])
    boxes = {box.id: box for box in _questions(questions)}
    targets = list(dict.fromkeys(option["to"] for one in questions for option in one["options"]))
    lanes = {to: _QUESTION + _LANE * (1.5 + number) for number, to in enumerate(_lane_order(targets, boxes))}
    left = _QUESTION + _LANE * (len(targets) + 2)
    boxes |= {box.id: box for box in _ends(path["ends"], questions, boxes, left)}
    width = left + _END + 2
    height = max(box.y + box.height for box in boxes.values()) + 2
    pieces = [*_edges(questions, boxes, lanes), *(_box(box) for box in boxes.values())]
    return Markup(
        '<svg class="tb-path-drawing" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" '
        'width="{:g}" height="{:g}" viewBox="-1 -1 {:g} {:g}" font-size="{}">{}</svg>'
    ).format(label, width, height, width, height, _FONT, Markup("").join(pieces))


def _in_order(questions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The questions so that every option leads downwards."""
    by_id = {one["id"]: one for one in questions}
    depth: dict[str, int] = {questions[0]["id"]: 0}
    for _round in questions:  # each round settles questions one step further down
        for one in questions:
            for option in one["options"]:
                if option["to"] in by_id and one["id"] in depth:
                    depth[option["to"]] = max(depth.get(option["to"], 0), depth[one["id"]] + 1)
    return sorted(questions, key=lambda one: depth[one["id"]])


def _questions(questions: Sequence[Mapping[str, Any]]) -> Iterator[_Box]:
    y = 0.0
    for one in questions:
        lines = tuple(wrap(one["title"], _FONT, _QUESTION - 2 * _PAD, bold=True))
        height = len(lines) * _LINE + 2 * _PAD
        options = []
        for option in one["options"]:
            words = tuple(wrap(option["title"], _FONT, _QUESTION - 3 * _PAD))
            options.append((words, y + height))
            height += len(words) * _LINE + _PAD
        yield _Box(one["id"], 0, y, _QUESTION, height, lines, tuple(options))
        y += height + _GAP


def _ends(
    ends: Sequence[Mapping[str, Any]],
    questions: Sequence[Mapping[str, Any]],
    boxes: Mapping[str, _Box],
    left: float,
) -> Iterator[_Box]:
    """The ends, each beside the first option that leads to it, or below the end before."""
    first: dict[str, float] = {}
    for one in questions:
        for option, (_words, at) in zip(one["options"], boxes[one["id"]].options, strict=True):
            first.setdefault(option["to"], at)
    y = 0.0
    for end in sorted(ends, key=lambda end: first[end["id"]]):
        lines = tuple(wrap(end["title"], _FONT, _END - 2 * _PAD, bold=True))
        height = len(lines) * _LINE + 2 * _PAD
        y = max(y, first[end["id"]])
        yield _Box(end["id"], left, y, _END, height, lines)
        y += height + _GAP / 2


def _lane_order(targets: Sequence[str], questions: Mapping[str, _Box]) -> list[str]:
    """Lanes to questions run nearest to the questions, those to ends nearest to the ends."""
    return sorted(targets, key=lambda to: to not in questions)


def _edges(
    questions: Sequence[Mapping[str, Any]], boxes: Mapping[str, _Box], lanes: Mapping[str, float]
) -> Iterator[Markup]:
    line = '<path d="M{:g} {:g}H{:g}V{:g}H{:g}"/><circle cx="{:g}" cy="{:g}" r="3"/>'
    head = '<path class="tb-path-drawing__head" d="M{:g} {:g}l{:g} -5v10z"/>'
    for one in questions:
        for option, (words, at) in zip(one["options"], boxes[one["id"]].options, strict=True):
            to, lane = boxes[option["to"]], lanes[option["to"]]
            y = at + (len(words) * _LINE + _PAD) / 2
            back = to.x == 0
            end, height = (to.width, to.y + _LINE) if back else (to.x, to.y + to.height / 2)
            yield Markup(line).format(_QUESTION, y, lane, height, end, lane, y)
            yield Markup(head).format(end, height, 8 if back else -8)


def _box(box: _Box) -> Markup:
    kind = "question" if box.x == 0 else "end"
    pieces = [
        Markup(
            '<rect class="tb-path-drawing__{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="4"/>'
        ).format(kind, box.x, box.y, box.width, box.height),
        _text(box.lines, box.x + _PAD, box.y + _PAD, "tb-path-drawing__title"),
    ]
    for words, at in box.options:
        pieces.append(Markup('<path d="M{:g} {:g}h{:g}"/>').format(box.x, at, box.width))
        pieces.append(_text(words, box.x + 2 * _PAD, at + _PAD / 2, "tb-path-drawing__option"))
    return Markup("<g>{}</g>").format(Markup("").join(pieces))


def _text(lines: Sequence[str], x: float, y: float, name: str) -> Markup:
    spans = Markup("").join(
        Markup('<tspan x="{:g}" y="{:g}">{}</tspan>').format(x, y + _LINE * (index + 0.72), escape(line))
        for index, line in enumerate(lines)
    )
    return Markup('<text class="{}">{}</text>').format(name, spans)
