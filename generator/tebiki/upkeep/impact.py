"""impact: what rests on a source or an item, and what becomes outdated when it is superseded."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tebiki.history.compare import entry_statuses
from tebiki.model import traverse
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.markup import LINK, embeds
from tebiki.model.placement import place_items
from tebiki.model.translation_units import translation_units
from tebiki.reading.schema import did_you_mean

#: Keys whose values are ids of items, sources or answer sets.
_REFERENCES = frozenset(
    {
        "source",
        "supersedes",
        "superseded_by",
        "actor",
        "actors",
        "declared_by",
        "measures",
        "successors",
        "answer_set",
    }
)


@dataclass(frozen=True)
class Use:
    """One place that names what is asked about.

    ``id`` and ``kind`` are of what holds the place (a question is called ``CHECKLIST#QUESTION``); ``how``
    is the key, or "link", "shown" (a page that holds it) or "compared".
    """

    id: str
    kind: str
    how: str
    at: Place


@dataclass(frozen=True)
class Impact:
    """All that rests on ``id``.

    ``pages`` are those on which something of ``uses`` stands; ``outdated`` gives the standing that things
    have now and would have if ``id`` were superseded; ``translations`` the pieces to be compared again.
    """

    id: str
    uses: tuple[Use, ...]
    pages: tuple[str, ...]
    outdated: tuple[tuple[str, str, str], ...]
    translations: tuple[str, ...]


def impact(handbook: Handbook, one: str) -> Impact:
    """What rests on the source, item, part, page or answer set ``one``. Raises ValueError where there is none."""
    known = set(_known(handbook))
    if one not in known:
        raise ValueError(f"there is no source or item called {one}{did_you_mean(one, known)}")
    uses = tuple(sorted(set(_uses(handbook, one)), key=lambda use: use.at))
    holders = {use.id for use in uses}
    placement = place_items(handbook)
    by_path = {page.path: page.id for page in handbook.pages}
    things = [one, *(holder.partition("#")[0] for holder in holders)]
    pages = {by_path[placement.page_of[thing]] for thing in things if thing in placement.page_of}
    units = {unit.id for unit in translation_units(handbook)}
    return Impact(
        one,
        uses,
        tuple(sorted(pages)),
        tuple(_outdated(handbook, one)),
        tuple(sorted((holders | {one}) & units)),
    )


def _known(handbook: Handbook) -> Iterator[str]:
    for item in handbook.items:
        yield item.id
        yield from (part.id for part in item.parts)
    yield from (page.id for page in handbook.pages)
    yield from (answers.id for answers in handbook.answer_sets)
    yield from (checklist.id for checklist in handbook.checklists)


def _uses(handbook: Handbook, one: str) -> Iterator[Use]:
    for item in handbook.items:
        yield from _in_data(item.id, item.kind, item.at.file, item.data, one)
    for page in handbook.pages:
        yield from _in_data(page.id, "page", page.head.at.file, page.head.data, one)
        for language, body in page.body.items():
            for match in LINK.finditer(body):
                if match["id"].strip() == one:
                    yield Use(page.id, "page", "link", page.place(language, match.start()))
            for embed in embeds(body):
                if embed.view in ("item", "checklist", "compare") and one in embed.arguments:
                    how = "compared" if embed.view == "compare" else "shown"
                    yield Use(page.id, "page", how, page.place(language, embed.start))
    for checklist in handbook.current_checklists:
        head = {key: value for key, value in checklist.head.data.items() if key != "sections"}
        file = checklist.head.at.file
        for key, value in head.items():
            place = Place(file, *_position(checklist.head.data, key))
            yield from _in_value(checklist.id, "checklist", key, value, place, one)
            yield from _in_data(checklist.id, "checklist", file, value, one, key)
        for section in checklist.sections:
            for key in ("text", "title"):
                yield from _in_data(checklist.id, "checklist", file, section.data.get(key), one)
            for question in section.questions:
                at = question.at.file
                yield from _in_data(f"{checklist.id}#{question.id}", "question", at, question.data, one)


def _position(data: Any, key: str) -> Any:
    return data.positions[key]


def _in_data(holder: str, kind: str, file: str, data: Any, one: str, under: str = "") -> Iterator[Use]:
    for position, key, value in traverse.values(data, under):
        yield from _in_value(holder, kind, key, value, Place(file, *position), one)


def _in_value(holder: str, kind: str, key: str, value: Any, at: Place, one: str) -> Iterator[Use]:
    if not isinstance(value, str):
        return
    if value == one and key in _REFERENCES:
        yield Use(holder, kind, key, at)
    elif any(match["id"].strip() == one for match in LINK.finditer(value)):
        yield Use(holder, kind, "link", at)


def _outdated(handbook: Handbook, one: str) -> Iterator[tuple[str, str, str]]:
    later = dataclasses.replace(handbook, items=tuple(_superseded(item, one) for item in handbook.items))
    before = {thing: status for thing, status, _stated, _sources in entry_statuses(handbook)}
    for thing, status, _stated, _sources in entry_statuses(later):
        if status != before[thing]:
            yield thing, before[thing], status


def _superseded(item: Item, one: str) -> Item:
    """``item`` as it would be if ``one``, itself or a part of it, were superseded."""
    parts = tuple(
        dataclasses.replace(part, status="superseded")
        if part.id == one or (item.id == one and part.status == item.status)
        else part
        for part in item.parts
    )
    return dataclasses.replace(item, parts=parts, status="superseded" if item.id == one else item.status)
