"""Where everything stands: the page that is the home of each item, and the addresses in between."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Page
from tebiki.model.markup import embeds


@dataclass(frozen=True)
class Placement:
    """``page_of`` maps an id to the path of its page; ``anchor_of`` to the fragment there ("" for a page).

    ``listed`` gives the ids that each ``![[list KIND]]`` or ``![[matrix KIND]]`` holds, in order.
    ``twice`` holds what is embedded a second time: its id, its first page, and the place.
    """

    page_of: Mapping[str, str]
    anchor_of: Mapping[str, str]
    listed: Mapping[str, tuple[str, ...]]
    twice: tuple[tuple[str, str, Place], ...]

    def href(self, from_page: str, to: str, ending: str) -> str | None:
        """The relative address of ``to`` seen from the page ``from_page``; ``ending`` is .md or .html."""
        if to not in self.page_of:
            return None
        path = _relative(self.page_of[to], posixpath.dirname(from_page))
        anchor = self.anchor_of[to]
        return f"{path}{ending}#{anchor}" if anchor else f"{path}{ending}"


def change_log_path(version: str) -> str:
    """The page of what ``version`` changed; no id is like that, so it is its name here as well."""
    return f"changes/{version}"


@functools.cache
def _relative(page: str, folder: str) -> str:
    return posixpath.relpath(page, folder or ".")


@functools.lru_cache(maxsize=1)
def place_items(handbook: Handbook) -> Placement:
    """Find the home of every item, from the embeds of the pages in the handbook's first language."""
    page_of: dict[str, str] = {}
    anchor_of: dict[str, str] = {}
    listed: dict[str, tuple[str, ...]] = {}
    twice: list[tuple[str, str, Place]] = []
    base = handbook.languages[0]

    def put(thing: str, page: Page, offset: int) -> None:
        if thing in page_of:
            twice.append((thing, page_of[thing], page.place(base, offset)))
        else:
            page_of[thing], anchor_of[thing] = page.path, thing

    collections: list[tuple[str, Page, int]] = []
    for page in handbook.pages:
        page_of.setdefault(page.id, page.path)
        anchor_of.setdefault(page.id, "")
        for embed in embeds(page.body[base]):
            if embed.view in ("item", "checklist"):
                put(embed.arguments[0], page, embed.start)
            elif embed.view in ("list", "matrix"):
                collections.append((embed.arguments[0], page, embed.start))
    for kind, page, offset in collections:
        if kind in listed:
            twice.append((f"the list of {kind}", page.path, page.place(base, offset)))
            continue
        members = [i.id for i in handbook.items if i.kind == kind and i.id not in page_of]
        listed[kind] = tuple(members)
        for member in members:
            put(member, page, offset)
    for log in handbook.change_logs:
        page_of[change_log_path(log.version)], anchor_of[change_log_path(log.version)] = (
            change_log_path(log.version),
            "",
        )
    for item in handbook.items:
        if item.kind == "guidance" and (under := item.data["under"].partition("#")[0]) in page_of:
            page_of[item.id], anchor_of[item.id] = page_of[under], item.id
        for part in item.parts:
            if item.id in page_of and part.id not in page_of:
                page_of[part.id], anchor_of[part.id] = page_of[item.id], part.id
    return Placement(page_of, anchor_of, listed, tuple(twice))


def titles_by_id(handbook: Handbook, language: str) -> dict[str, str]:
    """The title in ``language`` of every item, part, page and checklist, by id."""
    return dict(_titles(handbook, language))


def _titles(handbook: Handbook, language: str) -> Iterator[tuple[str, str]]:
    for item in handbook.items:
        yield item.id, item.title[language]
        for part in item.parts:
            named = part.data.get("title") or part.data.get("authority") or item.title
            yield part.id, named[language]
    for page in handbook.pages:
        yield page.id, page.title[language]
    for checklist in handbook.current_checklists:
        yield checklist.id, checklist.head.title[language]
