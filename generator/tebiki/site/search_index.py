"""The search index of one language: the text of its pages, and what the handbook knows of each section.

Every finished page is cut into its sections (``page_sections``). Each gets its kind, status, source and
audience, terms also their other names and readings. ``search_parts`` writes the index.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.compiling.comparison import comparison_labels
from tebiki.compiling.site_words import site_words
from tebiki.compiling.written_date import written_date
from tebiki.locales import words
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import COMPARISON_ROW, Item, Part, SourceReference
from tebiki.model.japanese_lines import join_japanese_lines
from tebiki.model.markup import LINK
from tebiki.model.page_status import page_status
from tebiki.model.placement import place_items, titles_by_id
from tebiki.model.site_layout import MATERIAL_SEARCH
from tebiki.site.page_sections import PageSection, page_sections

_BUILDER_INDEX = "search/search_index.json"
#: Kinds whose names in other languages are added. Other kinds are found in the index of that language.
_KINDS_WITH_ALL_NAMES = ("term", COMPARISON_ROW, "programme", "contact")
#: A process of `tebiki serve` cuts the same pages again and again.
_page_sections = functools.lru_cache(maxsize=4096)(page_sections)
_EMPHASIS = re.compile(r"[*_`]{1,3}")


def read_search_index(
    handbook: Handbook,
    folder: Path,
    language: str,
    built_languages: tuple[str, ...],
    pages: Mapping[str, bytes],
    *,
    remembers: bool = False,
) -> dict[str, Any] | None:
    """Read what ``write_index`` needs from the pages, and remove the builder's own index.

    Args:
        handbook: The handbook.
        folder: The site of ``language``.
        language: The language of the index.
        built_languages: All languages that are built together.
        pages: The pages as they were built, by their path in ``folder`` ("procedure/four-steps.html").
        remembers: Whether pages and their sections stay in memory, for the next build by this process.

    Returns:
        The index; None for a site whose owner has taken the search out of ``mkdocs.yml``.
    """
    builder_index = folder / _BUILDER_INDEX
    if not builder_index.is_file():
        return None
    builder_index.unlink()
    for unused in MATERIAL_SEARCH:
        shutil.rmtree(folder / unused, ignore_errors=True)
    index = _IndexBuilder(handbook, language, _page_sections if remembers else page_sections)
    return {**index.head(built_languages), "pages": list(index.pages(pages))}


class _IndexBuilder:
    """Makes the content of the index of one language."""

    def __init__(
        self, handbook: Handbook, language: str, sections_of: Callable[[bytes], list[PageSection]]
    ) -> None:
        self._handbook = handbook
        self._sections_of = sections_of
        self._language = language
        self._words = site_words(handbook, language)
        self._placement = place_items(handbook)
        # path of a page → anchor → the item or the part of it that is there
        self._entries: dict[str, dict[str, tuple[Item, Part | None]]] = {}
        hidden = handbook.overlay.hidden if handbook.overlay else {}
        for item in handbook.items:
            self._add_entry(item.id, item, None)
            for part in () if item.id in hidden else item.parts:
                self._add_entry(part.id, item, part)
        self._titles = titles_by_id(handbook, language)
        # title and date
        self._source_names = {
            name: [
                source.title[language],
                written_date(source.data["date"], language, source.data.get("era", False)),
            ]
            for name, source in handbook.sources.items()
        }
        self._forms = {
            self._placement.page_of[checklist.id]: checklist
            for checklist in handbook.current_checklists
            if checklist.id in self._placement.page_of and checklist.id not in hidden
        }

    def head(self, built_languages: tuple[str, ...]) -> dict[str, Any]:
        """The part of the index that does not depend on pages: languages, audiences, words of the search box."""
        names = {entry["code"]: entry["name"] for entry in self._handbook.data["languages"]}
        return {
            "language": self._language,
            "languages": {code: names[code] for code in built_languages},
            "words": self._search_words(),
            "status": self._words["status"],
            "statusClasses": {status.id: status.badge_classes for status in self._handbook.statuses.values()},
            "audiences": {
                audience["id"]: audience["title"][self._language]
                for audience in self._handbook.data["audiences"]
            },
            "spellings": [list(group) for group in self._handbook.data.get("spellings", ())],
        }

    def _search_words(self) -> dict[str, Any]:
        """The words of the search box; each comparison is a kind of its own."""
        search_words = words(self._language, "search")
        subjects = {
            comparison: comparison_labels(self._handbook, comparison, self._language)["subject"]
            for comparison in self._handbook.comparisons
        }
        return {**search_words, "kinds": {**search_words["kinds"], **subjects}}

    def pages(self, built_pages: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
        """Every page with its sections, in the order of the handbook."""
        for page in self._handbook.pages:
            parsed = self._sections_of(built_pages[f"{page.path}.html"])
            sections = [self._section(page, section) for section in parsed]
            anchors = {section.anchor for section in parsed}
            sections += self._without_heading(page.path, anchors)
            head: dict[str, Any] = {
                "path": f"{page.path}.html",
                "id": page.id,
                "audience": page.head.data["audience"],
            }
            if status := page_status(self._handbook, page):
                stated = self._status(status, page.head.sources)
                head["status"] = stated["status"]
                if "source" in stated:
                    sections = [{"source": stated["source"], **section} for section in sections]
            yield {**head, "sections": sections}

    def _add_entry(self, entry_id: str, item: Item, part: Part | None) -> None:
        page = self._placement.page_of.get(entry_id)
        if page is not None:
            self._entries.setdefault(page, {})[self._placement.anchor_of[entry_id]] = (item, part)

    def _section(self, page: Page, section: PageSection) -> dict[str, Any]:
        anchor = section.anchor
        entry: dict[str, Any] = {"title": section.title, "text": section.text}
        if anchor:
            entry["id"] = anchor
        if section.notes:
            entry["notes"] = section.notes
        if item_and_part := self._entries.get(page.path, {}).get(anchor):
            return {**entry, **self._properties(*item_and_part)}
        if page.path in self._forms:
            entry["kind"] = "checklist"
        if not anchor and (names := self._other_titles(page.title) + _aliases(page.head.data)):
            entry["names"] = names
        return entry

    def _without_heading(self, path: str, anchors: set[str]) -> Iterator[dict[str, Any]]:
        """Entries that have an address and no heading: items in tables, parts of items, questions of a form."""
        for anchor, (item, part) in self._entries.get(path, {}).items():
            title = part.data.get("title") if part else item.title
            if anchor in anchors or not title:
                continue
            entry: dict[str, Any] = {"id": anchor, "title": title[self._language]}
            if text := _text_of(part.data if part else item.data):
                entry["text"] = self._first_paragraph(text[self._language])
            yield {**entry, **self._properties(item, part)}
        if path in self._forms:
            checklist = self._forms[path]
            for question in checklist.questions:
                if not question.retired:
                    title = question.data["question"][self._language]
                    status = self._status(checklist.head.status, question.sources)
                    code = _code(question.id)
                    names = {"names": code} if code else {}
                    yield {"id": question.id, "title": title, "kind": "checklist", **status, **names}

    def _properties(self, item: Item, part: Part | None) -> dict[str, Any]:
        """Kind, status, first source and other names of an item or a part of it."""
        entry = part or item
        properties: dict[str, Any] = {"kind": item.collection, **self._status(entry.status, entry.sources)}
        if entry.data.get("superseded_by") or item.data.get("superseded_by"):
            properties["superseded"] = 1
            properties["status"] = self._handbook.replaced_status or properties["status"]
        names = _aliases(entry.data) + _code(entry.id)
        if part is None:
            if item.kind in _KINDS_WITH_ALL_NAMES:
                names = self._other_titles(item.title) + names
            names += item.data.get("abbreviations", [])
            if abbreviation := item.data.get("abbreviation"):
                names.append(abbreviation)
            if readings := item.data.get("readings"):
                properties["readings"] = list(readings)
        if names:
            properties["names"] = list(dict.fromkeys(names))
        return properties

    def _status(self, stated: str | None, sources: tuple[SourceReference, ...]) -> dict[str, Any]:
        """The status, and title and date of the first source."""
        status: dict[str, Any] = {"status": self._handbook.status_of(stated, sources)}
        if sources:
            status["source"] = self._source_names[sources[0].source]
        return status

    def _first_paragraph(self, text: str) -> str:
        """The first paragraph of Markdown as plain text."""
        paragraph = text.strip().partition("\n\n")[0]
        linked = LINK.sub(lambda match: match["words"] or self._titles.get(match["id"], ""), paragraph)
        linked = join_japanese_lines(linked)
        return " ".join(_EMPHASIS.sub("", linked).split())

    def _other_titles(self, titles: Mapping[str, str]) -> list[str]:
        return [title for code, title in titles.items() if code != self._language]


def _code(entry_id: str) -> list[str]:
    """An id with capitals: that of a foreign list, which people look for. Other ids are made for addresses."""
    return [] if entry_id == entry_id.lower() else [entry_id]


def _aliases(data: Mapping[str, Any]) -> list[str]:
    """The other names of an item, a part or a page, in all languages."""
    return [alias for aliases in data.get("aliases", {}).values() for alias in aliases]


def _text_of(data: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The text of an item or a part; that of a step is in its first action."""
    text: Mapping[str, str] | None = data.get("text")
    return text or next((action["text"] for action in data.get("actions", ())), None)
