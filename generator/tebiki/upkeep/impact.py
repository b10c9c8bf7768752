"""The impact of a change: what refers to a source or an item, and what becomes outdated if it is superseded."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tebiki.history.compare import entry_statuses
from tebiki.model import traverse
from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import Item
from tebiki.model.item_links import link_offsets, linked_ids
from tebiki.model.markup import embeds
from tebiki.model.message import Message, MessageError
from tebiki.model.placement import place_items
from tebiki.model.translation_units import translation_units
from tebiki.reading.schema import suggestion

#: Keys whose values are ids of items, sources or answer sets.
_REFERENCE_KEYS = frozenset(
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
    """A place that refers to the target of an impact analysis.

    Attributes:
        id: The id of the entry that contains the place (a question is called ``CHECKLIST#QUESTION``).
        kind: The kind of that entry.
        how: The key of the reference, or "link", "shown" (a page that contains the target) or "compared".
        at: The place.
    """

    id: str
    kind: str
    how: str
    at: Place


@dataclass(frozen=True)
class Impact:
    """Everything that depends on a target.

    Attributes:
        id: The id of the target.
        uses: All places that refer to it, in order.
        pages: The pages that contain the target or one of the uses.
        outdated: Id, present status and status if the target were superseded, for each entry whose status would change.
        translations: The translation units to compare again.
    """

    id: str
    uses: tuple[Use, ...]
    pages: tuple[str, ...]
    outdated: tuple[tuple[str, str, str], ...]
    translations: tuple[str, ...]


def impact(handbook: Handbook, target: str) -> Impact:
    """Find everything that depends on a target.

    Args:
        handbook: The handbook.
        target: The id of a source, item, part, page, answer set or checklist.

    Raises:
        ValueError: The handbook has no such id.
    """
    ids = set(_all_ids(handbook))
    if target not in ids:
        raise MessageError(Message("upkeep.impact.unknown", id=target, suggestion=suggestion(target, ids)))
    uses = tuple(sorted(set(_uses(handbook, target)), key=lambda use: (use.at, use.id, use.how)))
    users = {use.id for use in uses}
    placement = place_items(handbook)
    page_ids = {page.path: page.id for page in handbook.pages}
    affected = [target, *(user.partition("#")[0] for user in users)]
    pages = {page_ids[placement.page_of[entry]] for entry in affected if entry in placement.page_of}
    units = {unit.id for unit in translation_units(handbook)}
    return Impact(
        target,
        uses,
        tuple(sorted(pages)),
        tuple(_outdated(handbook, target)),
        tuple(sorted((users | {target}) & units)),
    )


def _all_ids(handbook: Handbook) -> Iterator[str]:
    for item in handbook.items:
        yield item.id
        yield from (part.id for part in item.parts)
    yield from (page.id for page in handbook.pages)
    yield from (answers.id for answers in handbook.answer_sets)
    yield from (checklist.id for checklist in handbook.checklists)


def _uses(handbook: Handbook, target: str) -> Iterator[Use]:
    for item in handbook.items:
        yield from _uses_in_data(item.id, item.kind, item.at.file, item.data, target)
    for page in handbook.pages:
        yield from _uses_in_page(page, target)
    for checklist in handbook.current_checklists:
        yield from _uses_in_checklist(checklist, target)


def _uses_in_page(page: Page, target: str) -> Iterator[Use]:
    yield from _uses_in_data(page.id, "page", page.head.at.file, page.head.data, target)
    for language, body in page.body.items():
        for offset, linked in link_offsets(body):
            if linked == target:
                yield Use(page.id, "page", "link", page.place(language, offset))
        for embed in embeds(body):
            if embed.view in ("item", "checklist", "compare") and target in embed.arguments:
                how = "compared" if embed.view == "compare" else "shown"
                yield Use(page.id, "page", how, page.place(language, embed.start))


def _uses_in_checklist(checklist: Checklist, target: str) -> Iterator[Use]:
    data: Any = checklist.head.data
    file = checklist.head.at.file
    for key, value in data.items():
        if key != "sections":
            place = Place(file, *data.positions[key])
            yield from _uses_in_value(checklist.id, "checklist", key, value, place, target)
            yield from _uses_in_data(checklist.id, "checklist", file, value, target, key)
    for section in checklist.sections:
        for key in ("text", "title"):
            yield from _uses_in_data(checklist.id, "checklist", file, section.data.get(key), target)
        for question in section.questions:
            question_id = f"{checklist.id}#{question.id}"
            yield from _uses_in_data(question_id, "question", question.at.file, question.data, target)


def _uses_in_data(
    user: str, kind: str, file: str, data: Any, target: str, parent_key: str = ""
) -> Iterator[Use]:
    for position, key, value in traverse.values(data, parent_key):
        yield from _uses_in_value(user, kind, key, value, Place(file, *position), target)


def _uses_in_value(user: str, kind: str, key: str, value: Any, at: Place, target: str) -> Iterator[Use]:
    if not isinstance(value, str):
        return
    if value == target and key in _REFERENCE_KEYS:
        yield Use(user, kind, key, at)
    elif target in linked_ids(value):
        yield Use(user, kind, "link", at)


def _outdated(handbook: Handbook, target: str) -> Iterator[tuple[str, str, str]]:
    items = tuple(_supersede(item, target) for item in handbook.items)
    before = {entry.id: entry.status for entry in entry_statuses(handbook)}
    for entry in entry_statuses(dataclasses.replace(handbook, items=items)):
        if entry.status != before[entry.id]:
            yield entry.id, before[entry.id], entry.status


def _supersede(item: Item, target: str) -> Item:
    """The item as it would be if ``target``, the item or a part of it, were superseded."""
    parts = tuple(
        dataclasses.replace(part, status="superseded")
        if part.id == target or (item.id == target and part.status == item.status)
        else part
        for part in item.parts
    )
    return dataclasses.replace(item, parts=parts, status="superseded" if item.id == target else item.status)
