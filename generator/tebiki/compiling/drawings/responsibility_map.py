"""Who is responsible for whom and what: the parties at the left, lines to what comes under them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tebiki.compiling.drawings.drawing import PADDING, Box, Drawing, Edge, box, number, set_words

_GAP = 7.0
_TIP = 8.0


def responsibility_map(
    chart: Mapping[str, Any], width: float, plain: Callable[[str], str], t: Mapping[str, Any]
) -> Drawing:
    """Draw ``chart``, an item of the kind responsibility-map in one language, ``width`` units wide.

    At the right the subjects stand in groups: those of each party, those that belong to none, those
    of which it cannot be told, and those that come under nobody. One line leads from a party to each
    subject under it. ``plain`` takes the marks out of a text, ``t`` holds the words of the site.
    """
    left = round(width * (0.3 if width > 500 else 0.34))
    right = round(width * (0.44 if width > 500 else 0.46))
    boxes: list[Box] = []
    y = 0.0
    for name, title, look, members in _groups(chart, t):
        frame, *inside = _group(name, title, look, members, right, y, width - right, plain)
        boxes += [frame, *inside]
        y = frame.y + frame.height + 10
    drawn = {one.of: one for one in boxes if not one.frame}
    parties = list(_parties(chart, drawn, left, plain))
    lowest = max([y - 10, *(one.y + one.height for one in parties)])
    edges = tuple(_edges(chart, {one.of: one for one in parties}, drawn, left, right))
    return Drawing(width, lowest + 1, (*boxes, *parties), edges)


def _groups(
    chart: Mapping[str, Any], t: Mapping[str, Any]
) -> Iterator[tuple[str, str, str, list[Mapping[str, Any]]]]:
    """Each group that has members: its id, title and look, and the subjects in it."""
    subjects = chart["subjects"]
    covered = [one for one in subjects if one["under"]]
    for party in chart["parties"]:
        here = [one for one in covered if one.get("at") == party["id"]]
        if here:
            yield f"at-{party['id']}", t["at_party"].format(party=party["title"]), "covered", here
    if elsewhere := [one for one in covered if not one.get("at")]:
        yield "at-none", t["at_no_party"], "covered", elsewhere
    if unclear := [one for one in subjects if not one["under"] and one.get("unclear")]:
        yield "unclear", t["unclear"], "unclear", unclear
    if outside := [one for one in subjects if not one["under"] and not one.get("unclear")]:
        yield "outside", t["outside"], "outside", outside


def _group(
    name: str,
    title: str,
    look: str,
    members: list[Mapping[str, Any]],
    x: float,
    y: float,
    width: float,
    plain: Callable[[str], str],
) -> Iterator[Box]:
    """The frame of a group, then a box for each member."""
    head, foot = set_words([("label", title)], x + PADDING, y + 5, width - 2 * PADDING)
    foot += 3
    made: list[Box] = []
    for subject in members:
        paragraphs = [("text", subject["title"])]
        if said := subject.get("unclear") or subject.get("note"):
            paragraphs.append(("label", plain(said)))
        made.append(box(look, subject["id"], x + 8, foot, width - 16, paragraphs))
        foot = made[-1].y + made[-1].height + _GAP
    yield Box(f"group-{look}", name, x, y, width, foot + 1 - y, head, frame=True)
    yield from made


def _parties(
    chart: Mapping[str, Any], drawn: Mapping[str, Box], width: float, plain: Callable[[str], str]
) -> Iterator[Box]:
    """A box for each party, at the height of what comes under it, and never over another."""
    free = 0.0
    for index, party in enumerate(chart["parties"]):
        under = _under(chart, party["id"], drawn)
        paragraphs = [("title", party["title"])]
        if said := party.get("text"):
            paragraphs.append(("label", plain(said)))
        look = f"party-{index % 4 + 1}"
        made = box(look, party["id"], 0, 0, width, paragraphs, height=24.0 + 10 * len(under))
        middle = (under[0].y + under[-1].y + under[-1].height) / 2 if under else free
        top = max(free, middle - made.height / 2)
        yield box(look, party["id"], 0, top, width, paragraphs, height=made.height)
        free = top + made.height + 14


def _edges(
    chart: Mapping[str, Any],
    parties: Mapping[str, Box],
    drawn: Mapping[str, Box],
    left: float,
    right: float,
) -> Iterator[Edge]:
    """One curve from a party to each subject under it; several that end at one box end apart."""
    for name, party in parties.items():
        under = _under(chart, name, drawn)
        for index, end in enumerate(under):
            start_y = party.y + party.height * (index + 1) / (len(under) + 1)
            several = [one for one in parties if end in _under(chart, one, drawn)]
            end_y = end.y + end.height * (several.index(name) + 1) / (len(several) + 1)
            middle = number((left + right) / 2)
            path = (
                f"M{number(left)} {number(start_y)}C{middle} {number(start_y)} {middle} {number(end_y)} "
                f"{number(end.x - _TIP + 2)} {number(end_y)}"
            )
            yield Edge(f"under-{party.look[-1]}", name, end.of, path, (end.x - 1, end_y, "right"))


def _under(chart: Mapping[str, Any], party: str, drawn: Mapping[str, Box]) -> list[Box]:
    """The boxes of what comes under ``party``, from the top."""
    found = [drawn[one["id"]] for one in chart["subjects"] if party in one["under"]]
    return sorted(found, key=lambda one: one.y)
