"""The page of each item, and the addresses between pages."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Page
from tebiki.model.markup import embeds
from tebiki.model.message import Message


@dataclass(frozen=True)
class Placement:
    """Where items, parts, pages and checklists are.

    Attributes:
        page_of: The path of the page by id.
        anchor_of: The fragment of the address on that page by id; empty for a page itself.
        listed: The ids that ``![[list KIND]]`` or ``![[matrix ID]]`` holds, in order, by kind or comparison.
        duplicates: What is embedded a second time: a message on it, and the place.
    """

    page_of: Mapping[str, str]
    anchor_of: Mapping[str, str]
    listed: Mapping[str, tuple[str, ...]]
    duplicates: tuple[tuple[Message, Place], ...]

    def href(self, from_page: str, target: str, ending: str) -> str | None:
        """Return the relative address of ``target`` from the page ``from_page``; None where it has no place.

        Args:
            from_page: The path of the page that links.
            target: The id of what is linked to.
            ending: ``.md`` or ``.html``.
        """
        if target not in self.page_of:
            return None
        path = _relative(self.page_of[target], posixpath.dirname(from_page))
        anchor = self.anchor_of[target]
        return f"{path}{ending}#{anchor}" if anchor else f"{path}{ending}"


def change_log_path(version: str) -> str:
    """Return the path of the page on what ``version`` changed, which is also its id in a Placement."""
    return f"changes/{version}"


@functools.cache
def _relative(page: str, folder: str) -> str:
    return posixpath.relpath(page, folder or ".")


@functools.lru_cache(maxsize=1)
def place_items(handbook: Handbook) -> Placement:
    """Find the page of every item, from the embeds of the pages in the handbook's first language."""
    placer = _Placer(handbook)
    placer.place_pages()
    placer.place_lists()
    placer.place_change_logs()
    placer.place_guidance_and_parts()
    return Placement(placer.page_of, placer.anchor_of, placer.listed, tuple(placer.duplicates))


class _Placer:
    """Fills the mappings of a Placement, step by step."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._language = handbook.languages[0]
        self._lists: list[tuple[str, Page, int]] = []  # kind or comparison, page, position of the embed
        self.page_of: dict[str, str] = {}
        self.anchor_of: dict[str, str] = {}
        self.listed: dict[str, tuple[str, ...]] = {}
        self.duplicates: list[tuple[Message, Place]] = []

    def place_pages(self) -> None:
        """Place the pages and what they embed singly; lists come after, since they hold what is left."""
        for page in self._handbook.pages:
            self.page_of.setdefault(page.id, page.path)
            self.anchor_of.setdefault(page.id, "")
            for embed in embeds(page.body[self._language]):
                if embed.view in ("item", "checklist"):
                    self._embed(embed.arguments[0], page, embed.start)
                elif embed.view in ("list", "matrix"):
                    self._lists.append((embed.arguments[0], page, embed.start))

    def place_lists(self) -> None:
        """Place the items that the lists of their kind and the tables of comparisons hold."""
        for name, page, offset in self._lists:
            if name in self.listed:
                place = page.place(self._language, offset)
                self.duplicates.append((Message("rules.placement.list-twice", collection=name), place))
                continue
            members = (item.id for item in self._handbook.items if item.collection == name)
            self.listed[name] = tuple(member for member in members if member not in self.page_of)
            for item_id in self.listed[name]:
                self._embed(item_id, page, offset)

    def place_change_logs(self) -> None:
        """Place the pages of the change logs."""
        for log in self._handbook.change_logs:
            path = change_log_path(log.version)
            self.page_of[path], self.anchor_of[path] = path, ""

    def place_guidance_and_parts(self) -> None:
        """Place an institution's guidance below its subject, and the parts of items where the item is."""
        for item in self._handbook.items:
            if item.kind == "guidance":
                subject = item.data["under"].partition("#")[0]
                if subject in self.page_of:
                    self.page_of[item.id], self.anchor_of[item.id] = self.page_of[subject], item.id
            for part in item.parts:
                if item.id in self.page_of and part.id not in self.page_of:
                    self.page_of[part.id], self.anchor_of[part.id] = self.page_of[item.id], part.id

    def _embed(self, id_: str, page: Page, offset: int) -> None:
        if id_ in self.page_of:
            message = Message("rules.placement.twice", id=id_, page=self.page_of[id_])
            self.duplicates.append((message, page.place(self._language, offset)))
        else:
            self.page_of[id_], self.anchor_of[id_] = page.path, id_


def titles_by_id(handbook: Handbook, language: str) -> dict[str, str]:
    """Return the title in ``language`` of every item, part, page and checklist, by id."""
    return dict(_titles(handbook, language))


def _titles(handbook: Handbook, language: str) -> Iterator[tuple[str, str]]:
    for item in handbook.items:
        yield item.id, item.title[language]
        for part in item.parts:
            title = part.data.get("title") or part.data.get("authority") or item.title
            yield part.id, title[language]
    for page in handbook.pages:
        yield page.id, page.title[language]
    for checklist in handbook.current_checklists:
        yield checklist.id, checklist.head.title[language]
