"""What the handbook knows of the pages for the search index of one language.

Each item and each part gets its kind, status, source and audience, terms also their other names and readings. The index
takes the text of pages from the built site (``site/search_index.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.compiling.comparison import comparison_labels
from tebiki.compiling.site_words import site_words
from tebiki.compiling.written_date import written_date
from tebiki.locales import words
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import COMPARISON_ROW, Item, Part, SourceReference
from tebiki.model.japanese_lines import join_japanese_lines
from tebiki.model.language_facts import EntryFacts, PageFacts, SearchFacts
from tebiki.model.markup import LINK
from tebiki.model.page_status import page_status
from tebiki.model.placement import place_items, titles_by_id

#: Kinds whose names in other languages are added. Other kinds are found in the index of that language.
_KINDS_WITH_ALL_NAMES = ("term", COMPARISON_ROW, "programme", "contact")
_EMPHASIS = "*_`"


def search_facts(handbook: Handbook, language: str, built_languages: tuple[str, ...]) -> SearchFacts:
    """Return what the search index needs beside the built pages.

    Args:
        handbook: The handbook.
        language: The language of the index.
        built_languages: All languages that are built together.
    """
    names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
    head = {
        "language": language,
        "languages": {code: names[code] for code in built_languages},
        "words": _search_words(handbook, language),
        "status": site_words(handbook, language)["status"],
        "statusClasses": {status.id: status.badge_classes for status in handbook.statuses.values()},
        "audiences": {audience["id"]: audience["title"][language] for audience in handbook.data["audiences"]},
        "spellings": [list(group) for group in handbook.data.get("spellings", ())],
    }
    facts = _Facts(handbook, language)
    return SearchFacts(head, tuple(map(facts.page, handbook.pages)))


def _search_words(handbook: Handbook, language: str) -> dict[str, Any]:
    """The words of the search box; each comparison is a kind of its own."""
    search_words = words(language, "search")
    subjects = {
        comparison: comparison_labels(handbook, comparison, language)["subject"]
        for comparison in handbook.comparisons
    }
    return {**search_words, "kinds": {**search_words["kinds"], **subjects}}


class _Facts:
    """Makes what the handbook knows of each page in one language."""

    def __init__(self, handbook: Handbook, language: str) -> None:
        self._handbook = handbook
        self._language = language
        self._placement = place_items(handbook)
        # path of a page → anchor → the item or the part of it that is there
        self._entries: dict[str, dict[str, tuple[Item, Part | None]]] = {}
        hidden = handbook.overlay.hidden if handbook.overlay else {}
        for item in handbook.items:
            self._add_entry(item.id, item, None)
            for part in () if item.id in hidden else item.parts:
                self._add_entry(part.id, item, part)
        self._titles = titles_by_id(handbook, language)
        self._source_names = {
            name: (
                source.title[language],
                written_date(source.data["date"], language, source.data.get("era", False)),
            )
            for name, source in handbook.sources.items()
        }
        self._forms = {
            self._placement.page_of[checklist.id]: checklist
            for checklist in handbook.current_checklists
            if checklist.id in self._placement.page_of and checklist.id not in hidden
        }

    def page(self, page: Page) -> PageFacts:
        """Return what the handbook knows of ``page``."""
        head = {"path": f"{page.path}.html", "id": page.id, "audience": page.head.data["audience"]}
        source = None
        if status := page_status(self._handbook, page):
            stated = self._status(status, page.head.sources)
            head["status"] = stated["status"]
            source = stated.get("source")
        form = self._forms.get(page.path)
        entries = self._entries.get(page.path, {})
        return PageFacts(
            head,
            source,
            (*self._other_titles(page.title), *_aliases(page.head.data)),
            form is not None,
            {anchor: self._entry(item, part) for anchor, (item, part) in entries.items()},
            tuple(self._questions(form)) if form else (),
        )

    def _add_entry(self, entry_id: str, item: Item, part: Part | None) -> None:
        page = self._placement.page_of.get(entry_id)
        if page is not None:
            self._entries.setdefault(page, {})[self._placement.anchor_of[entry_id]] = (item, part)

    def _entry(self, item: Item, part: Part | None) -> EntryFacts:
        title = part.data.get("title") if part else item.title
        # the text of any other item is below its heading
        has_heading = part is None and item.kind != COMPARISON_ROW
        text = None if has_heading else _text_of(part.data if part else item.data)
        return EntryFacts(
            title[self._language] if title else "",
            self._first_paragraph(text[self._language]) if text else "",
            self._properties(item, part),
        )

    def _questions(self, checklist: Checklist) -> Iterator[dict[str, Any]]:
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
        # most have no markup, and to look for it with an expression takes longer than all else here
        if "[" in paragraph:
            paragraph = LINK.sub(lambda match: match["words"] or self._titles.get(match["id"], ""), paragraph)
        if "\n" in paragraph:
            paragraph = join_japanese_lines(paragraph)
        for mark in _EMPHASIS:
            paragraph = paragraph.replace(mark, "")
        return " ".join(paragraph.split())

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
