"""The status of a page: the least firm of what stands on it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import Item, Part, SourceReference
from tebiki.model.placement import place_items


class EntryOnPage(NamedTuple):
    """The status of an item, a part or a cell, and the sources that it rests on."""

    status: str
    sources: tuple[SourceReference, ...]


def page_status(handbook: Handbook, page: Page) -> str | None:
    """Return the status of a page; None for an editorial page, which states nothing of its own.

    It is the least firm among the sources of the page and the items and parts on it. A page may state one that
    is less firm; one that is firmer is a problem (``page-status``) and does not count.
    """
    if "editorial" in page.head.data:
        return None
    return max((page.head.status or "", worked_out_status(handbook, page)), key=handbook.rank)


def worked_out_status(handbook: Handbook, page: Page) -> str:
    """Return the least firm status among the sources of the page and the items and parts on it."""
    statuses = (entry.status for entry in entries_on(handbook, page))
    return max((handbook.status_of(None, page.head.sources), *statuses), key=handbook.rank)


class WeakestOnPage(NamedTuple):
    """What gives a page its status where other parts of it are firmer.

    Attributes:
        text: "whole" or "part" where the text of the page itself rests on such sources, otherwise "".
        items: The ids of the items that have the status or have a part with it.
    """

    text: str
    items: tuple[str, ...]


def weakest_on(handbook: Handbook, page: Page) -> WeakestOnPage | None:
    """Return what gives a page its status; None where the whole page has it, or only the page states it."""
    status = page_status(handbook, page)
    own = {handbook.status_of(None, (source,)) for source in page.head.sources}
    by_item = _statuses_by_item(handbook).get(page.path, {})
    if status is None or len(own.union(*by_item.values())) < 2:
        return None
    text = ("whole" if len(own) == 1 else "part") if status in own else ""
    weakest = WeakestOnPage(text, tuple(item for item, statuses in by_item.items() if status in statuses))
    return weakest if weakest.text or weakest.items else None


@functools.lru_cache(maxsize=1)
def has_one_status(handbook: Handbook) -> bool:
    """Return whether everything that states something has the same status, so that pages state it once."""
    statuses = {entry.status for item in handbook.items for entry in _entries_of(handbook, item)}
    for checklist in handbook.current_checklists:
        head = checklist.head
        statuses |= {handbook.status_of(head.status, question.sources) for question in checklist.questions}
    return len(statuses) == 1


def entries_on(handbook: Handbook, page: Page) -> tuple[EntryOnPage, ...]:
    """Return the items, parts and cells on a page. A source is a document, not a statement, and left out."""
    return _entries_by_page(handbook).get(page.path, ())


@functools.lru_cache(maxsize=1)
def _entries_by_page(handbook: Handbook) -> Mapping[str, tuple[EntryOnPage, ...]]:
    entries: dict[str, tuple[EntryOnPage, ...]] = {}
    for path, item in _items_on_pages(handbook):
        entries[path] = (*entries.get(path, ()), *_entries_of(handbook, item))
    return entries


@functools.lru_cache(maxsize=1)
def _statuses_by_item(handbook: Handbook) -> Mapping[str, Mapping[str, set[str]]]:
    statuses: dict[str, dict[str, set[str]]] = {}
    for path, item in _items_on_pages(handbook):
        statuses.setdefault(path, {})[item.id] = {entry.status for entry in _entries_of(handbook, item)}
    return statuses


def _items_on_pages(handbook: Handbook) -> Iterator[tuple[str, Item]]:
    """Yield the path of its page with each item that states something."""
    page_of = place_items(handbook).page_of
    for item in handbook.items:
        if item.id in page_of and item.kind != "source":
            yield page_of[item.id], item


def _entries_of(handbook: Handbook, item: Item) -> Iterator[EntryOnPage]:
    entries: tuple[Item | Part, ...] = (item, *item.parts)
    for entry in entries:
        yield EntryOnPage(handbook.status_of(entry.status, entry.sources), entry.sources)
    for cell in item.data.get("cells", ()):
        yield EntryOnPage(*handbook.cell_provenance(item, cell))
