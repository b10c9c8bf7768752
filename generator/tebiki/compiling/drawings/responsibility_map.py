"""Who is responsible for whom and what: the parties at the left, edges to their subjects at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.compiling.drawings.drawing import PADDING, Box, Drawing, Edge, coordinate, layout_text, text_box

_GAP = 7.0
_ARROW = 8.0
_PHONE = 500.0  # a narrower drawing gives more of its width to the boxes

Subject = Mapping[str, Any]


@dataclass(frozen=True)
class _Group:
    """Subjects in one frame; ``kind`` is part of the CSS class of the frame and of its boxes."""

    id: str
    title: str
    kind: str
    subjects: list[Subject]


def responsibility_map(
    chart: Mapping[str, Any], width: float, plain: Callable[[str], str], words: Mapping[str, Any]
) -> Drawing:
    """Draw who is responsible for whom and what.

    At the right the subjects stand in groups: those at each party, those at none, those whose responsibility is
    unclear, and those outside every responsibility. An edge leads from a party to each of its subjects.

    Args:
        chart: An item of the kind responsibility-map, in one language.
        width: The width of the drawing, in SVG user units.
        plain: Removes the Markdown from a text.
        words: The words of the site.
    """
    left = round(width * (0.3 if width > _PHONE else 0.34))
    right = round(width * (0.44 if width > _PHONE else 0.46))
    boxes: list[Box] = []
    y = 0.0
    for group in _groups(chart, words):
        frame, *members = _group_boxes(group, right, y, width - right, plain)
        boxes += [frame, *members]
        y = frame.bottom + 10
    subject_boxes = {box.data_id: box for box in boxes if not box.frame}
    parties = list(_party_boxes(chart, subject_boxes, left, plain))
    lowest = max([y - 10, *(party.bottom for party in parties)])
    edges = tuple(_edges(chart, {party.data_id: party for party in parties}, subject_boxes, left, right))
    return Drawing(width, lowest + 1, (*boxes, *parties), edges)


def _groups(chart: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[_Group]:
    """Yield each group that has subjects."""
    covered = [subject for subject in chart["subjects"] if subject.get("under")]
    uncovered = [subject for subject in chart["subjects"] if not subject.get("under")]
    for party in chart["parties"]:
        subjects = [subject for subject in covered if subject.get("at") == party["id"]]
        if subjects:
            yield _Group(
                f"at-{party['id']}", words["at_party"].format(party=party["title"]), "covered", subjects
            )
    if elsewhere := [subject for subject in covered if not subject.get("at")]:
        yield _Group("at-none", words["at_no_party"], "covered", elsewhere)
    if unclear := [subject for subject in uncovered if subject.get("unclear")]:
        yield _Group("unclear", words["unclear"], "unclear", unclear)
    if outside := [subject for subject in uncovered if not subject.get("unclear")]:
        yield _Group("outside", words["outside"], "outside", outside)


def _group_boxes(
    group: _Group, x: float, y: float, width: float, plain: Callable[[str], str]
) -> Iterator[Box]:
    """Yield the frame of a group, then a box for each subject."""
    title, bottom = layout_text([("label", group.title)], x + PADDING, y + 5, width - 2 * PADDING)
    bottom += 3
    boxes: list[Box] = []
    for subject in group.subjects:
        paragraphs = [("text", subject["title"])]
        if note := subject.get("unclear") or subject.get("note"):
            paragraphs.append(("label", plain(note)))
        boxes.append(text_box(group.kind, subject["id"], x + 8, bottom, width - 16, paragraphs))
        bottom = boxes[-1].bottom + _GAP
    yield Box(f"group-{group.kind}", group.id, x, y, width, bottom + 1 - y, title, frame=True)
    yield from boxes


def _party_boxes(
    chart: Mapping[str, Any], subject_boxes: Mapping[str, Box], width: float, plain: Callable[[str], str]
) -> Iterator[Box]:
    """Yield a box for each party, at the height of its subjects and never over another party."""
    lowest = 0.0
    for index, party in enumerate(chart["parties"]):
        subjects = _subjects_of(chart, party["id"], subject_boxes)
        paragraphs = [("title", party["title"])]
        if text := party.get("text"):
            paragraphs.append(("label", plain(text)))
        kind = f"party-{index % 4 + 1}"
        height = text_box(
            kind, party["id"], 0, 0, width, paragraphs, min_height=24.0 + 10 * len(subjects)
        ).height
        middle = (subjects[0].y + subjects[-1].bottom) / 2 if subjects else lowest
        top = max(lowest, middle - height / 2)
        yield text_box(kind, party["id"], 0, top, width, paragraphs, min_height=height)
        lowest = top + height + 14


def _edges(
    chart: Mapping[str, Any],
    parties: Mapping[str, Box],
    subject_boxes: Mapping[str, Box],
    left: float,
    right: float,
) -> Iterator[Edge]:
    """Yield a curve from a party to each of its subjects; curves to one subject end apart."""
    for party_id, party in parties.items():
        subjects = _subjects_of(chart, party_id, subject_boxes)
        for index, subject in enumerate(subjects):
            start_y = party.y + party.height * (index + 1) / (len(subjects) + 1)
            sharing = [other for other in parties if subject in _subjects_of(chart, other, subject_boxes)]
            end_y = subject.y + subject.height * (sharing.index(party_id) + 1) / (len(sharing) + 1)
            middle = coordinate((left + right) / 2)
            path = (
                f"M{coordinate(left)} {coordinate(start_y)}C{middle} {coordinate(start_y)} "
                f"{middle} {coordinate(end_y)} {coordinate(subject.x - _ARROW + 2)} {coordinate(end_y)}"
            )
            arrow = (subject.x - 1, end_y, "right")
            yield Edge(f"under-{party.kind[-1]}", party_id, subject.data_id, path, arrow)


def _subjects_of(chart: Mapping[str, Any], party: str, subject_boxes: Mapping[str, Box]) -> list[Box]:
    """Return the boxes of the subjects of a party, from the top."""
    boxes = [
        subject_boxes[subject["id"]] for subject in chart["subjects"] if party in subject.get("under", ())
    ]
    return sorted(boxes, key=lambda box: box.y)
