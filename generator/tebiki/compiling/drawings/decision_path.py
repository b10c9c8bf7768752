"""Draws a decision path: every question, every option and its target, as a single SVG.

Questions stand on the left, one below the other, each with its options as lines of the same box; outcomes stand on
the right. Every target has a lane of its own between the two, which the edges of all options with that target
share. So no label floats beside an edge, and crossings and junctions can be distinguished.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from tebiki.compiling.drawings.text_layout import wrap

_FONT_SIZE = 14  # all lengths are in SVG user units, at first sight pixels
_LINE_HEIGHT = 20
_PADDING = 10
_QUESTION_WIDTH = 300
_END_WIDTH = 250
_LANE = 16
_GAP = 30

Question = Mapping[str, Any]


@dataclass(frozen=True)
class _Box:
    """A box with its place, its lines, and for each option its lines and the height where they begin."""

    id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    options: tuple[tuple[tuple[str, ...], float], ...] = ()


def decision_path(path: Mapping[str, Any], label: str) -> Markup:
    """Draw a decision path that satisfies the rule decision-path.

    Colours are left to the style sheet, which knows the light and the dark scheme.

    Args:
        path: An item of the kind decision-path, in one language.
        label: The accessible name of the drawing.

    Returns:
        The SVG element.
    """
    questions = _top_down(path["questions"])
    boxes = {box.id: box for box in _question_boxes(questions)}
    targets = list(dict.fromkeys(option["to"] for question in questions for option in question["options"]))
    lanes = {
        target: _QUESTION_WIDTH + _LANE * (1.5 + index)
        for index, target in enumerate(_lane_order(targets, boxes))
    }
    left = _QUESTION_WIDTH + _LANE * (len(targets) + 2)
    boxes |= {box.id: box for box in _end_boxes(path["ends"], questions, boxes, left)}
    width = left + _END_WIDTH + 2
    height = max(box.y + box.height for box in boxes.values()) + 2
    parts = [*_edges(questions, boxes, lanes), *(_box_svg(box) for box in boxes.values())]
    return Markup(
        '<svg class="tb-path-drawing" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" '
        'width="{:g}" height="{:g}" viewBox="-1 -1 {:g} {:g}" font-size="{}">{}</svg>'
    ).format(label, width, height, width, height, _FONT_SIZE, Markup("").join(parts))


def _top_down(questions: Sequence[Question]) -> list[Question]:
    """Sort the questions so that every option leads downwards."""
    question_ids = {question["id"] for question in questions}
    depth: dict[str, int] = {questions[0]["id"]: 0}
    for _round in questions:  # each round settles questions one level further down
        for question in questions:
            for option in question["options"]:
                if option["to"] in question_ids and question["id"] in depth:
                    depth[option["to"]] = max(depth.get(option["to"], 0), depth[question["id"]] + 1)
    return sorted(questions, key=lambda question: depth[question["id"]])


def _question_boxes(questions: Sequence[Question]) -> Iterator[_Box]:
    y = 0.0
    for question in questions:
        lines = tuple(wrap(question["title"], _FONT_SIZE, _QUESTION_WIDTH - 2 * _PADDING, bold=True))
        height = len(lines) * _LINE_HEIGHT + 2 * _PADDING
        options = []
        for option in question["options"]:
            option_lines = tuple(wrap(option["title"], _FONT_SIZE, _QUESTION_WIDTH - 3 * _PADDING))
            options.append((option_lines, y + height))
            height += len(option_lines) * _LINE_HEIGHT + _PADDING
        yield _Box(question["id"], 0, y, _QUESTION_WIDTH, height, lines, tuple(options))
        y += height + _GAP


def _end_boxes(
    ends: Sequence[Mapping[str, Any]],
    questions: Sequence[Question],
    boxes: Mapping[str, _Box],
    left: float,
) -> Iterator[_Box]:
    """Yield the outcomes, each beside the first option that leads to it, or below the outcome before it."""
    first_option_y: dict[str, float] = {}
    for question in questions:
        for option, (_lines, option_y) in zip(
            question["options"], boxes[question["id"]].options, strict=True
        ):
            first_option_y.setdefault(option["to"], option_y)
    y = 0.0
    for end in sorted(ends, key=lambda end: first_option_y[end["id"]]):
        lines = tuple(wrap(end["title"], _FONT_SIZE, _END_WIDTH - 2 * _PADDING, bold=True))
        height = len(lines) * _LINE_HEIGHT + 2 * _PADDING
        y = max(y, first_option_y[end["id"]])
        yield _Box(end["id"], left, y, _END_WIDTH, height, lines)
        y += height + _GAP / 2


def _lane_order(targets: Sequence[str], questions: Mapping[str, _Box]) -> list[str]:
    """Sort lanes: those to questions are nearest to the questions, those to outcomes nearest to the outcomes."""
    return sorted(targets, key=lambda target: target not in questions)


def _edges(
    questions: Sequence[Question], boxes: Mapping[str, _Box], lanes: Mapping[str, float]
) -> Iterator[Markup]:
    line = '<path d="M{:g} {:g}H{:g}V{:g}H{:g}"/><circle cx="{:g}" cy="{:g}" r="3"/>'
    arrowhead = '<path class="tb-path-drawing__head" d="M{:g} {:g}l{:g} -5v10z"/>'
    for question in questions:
        for option, (lines, option_y) in zip(question["options"], boxes[question["id"]].options, strict=True):
            target, lane = boxes[option["to"]], lanes[option["to"]]
            start_y = option_y + (len(lines) * _LINE_HEIGHT + _PADDING) / 2
            to_question = target.x == 0
            if to_question:
                end_x, end_y = target.width, target.y + _LINE_HEIGHT
            else:
                end_x, end_y = target.x, target.y + target.height / 2
            yield Markup(line).format(_QUESTION_WIDTH, start_y, lane, end_y, end_x, lane, start_y)
            yield Markup(arrowhead).format(end_x, end_y, 8 if to_question else -8)


def _box_svg(box: _Box) -> Markup:
    kind = "question" if box.x == 0 else "end"
    parts = [
        Markup(
            '<rect class="tb-path-drawing__{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="4"/>'
        ).format(kind, box.x, box.y, box.width, box.height),
        _text_svg(box.lines, box.x + _PADDING, box.y + _PADDING, "tb-path-drawing__title"),
    ]
    for lines, y in box.options:
        parts.append(Markup('<path d="M{:g} {:g}h{:g}"/>').format(box.x, y, box.width))
        parts.append(_text_svg(lines, box.x + 2 * _PADDING, y + _PADDING / 2, "tb-path-drawing__option"))
    return Markup("<g>{}</g>").format(Markup("").join(parts))


def _text_svg(lines: Sequence[str], x: float, y: float, css_class: str) -> Markup:
    spans = Markup("").join(
        Markup('<tspan x="{:g}" y="{:g}">{}</tspan>').format(
            x, y + _LINE_HEIGHT * (index + 0.72), escape(line)
        )
        for index, line in enumerate(lines)
    )
    return Markup('<text class="{}">{}</text>').format(css_class, spans)
