"""The search index of one language: the text of its pages, and what the handbook knows of it.

Every finished page is cut into its sections (``page_sections``). Each is given its kind, status,
source and audience here, terms their other names and readings. The whole is packed
(``packed_index``) and written as a classic script, ``search/index.js``: a page may load a script from
its own folder even where it may connect to nothing, and from disk.
``browser/search/index-file.ts`` describes the form before it is packed.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.locales import words
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import Item, Part, SourceReference
from tebiki.model.markup import LINK
from tebiki.model.placement import place_items, titles_by_id
from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.site.packed_index import packed
from tebiki.site.page_sections import PageSection, page_sections

_WRITTEN = "search/search_index.json"
_NOT_NEEDED = ("assets/javascripts/lunr", "assets/javascripts/workers")  # Material's own search
#: Kinds whose names in other languages go along. Others are found in the index of that language.
_SOUGHT_BY_NAME = ("term", "country", "programme", "contact")
_INSIDE_A_LINE = re.compile(r"</?(?:code|sub|sup)>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")
_MARKS = re.compile(r"[*_`]{1,3}")


def write_search_index(
    handbook: Handbook, folder: Path, language: str, beside: tuple[str, ...], built: Mapping[str, bytes]
) -> None:
    """Replace the builder's index in ``folder``, the site of ``language``, by our own.

    ``beside`` are the languages built together; ``built`` holds the pages as they were built, by
    their path ("procedure/four-steps.html"). Does nothing for a site whose owner has taken the
    search out of ``mkdocs.yml``.
    """
    written = folder / _WRITTEN
    if not written.is_file():
        return
    index = _Index(handbook, language)
    data = {**index.head(beside), "pages": list(index.pages(built)), "sources": index.sources}
    text = json.dumps(packed(data), ensure_ascii=False, separators=(",", ":"))
    script = f"(globalThis.tebikiSearch??={{}})[{json.dumps(language)}]={text};\n"
    (folder / SEARCH_INDEX).write_text(script, encoding="utf-8")
    written.unlink()
    for unused in _NOT_NEEDED:
        shutil.rmtree(folder / unused, ignore_errors=True)


class _Index:
    """Gathers what the index of one language holds."""

    def __init__(self, handbook: Handbook, language: str) -> None:
        self._handbook = handbook
        self._language = language
        self._words = words(language, "site")
        self._placement = place_items(handbook)
        self._home: dict[str, dict[str, tuple[Item, Part | None]]] = {}
        hidden = handbook.overlay.hidden if handbook.overlay else {}
        for item in handbook.items:
            self._place(item.id, item, None)
            for part in () if item.id in hidden else item.parts:
                self._place(part.id, item, part)
        self._pages = {page.path: page for page in handbook.pages}
        self._titles = titles_by_id(handbook, language)
        self._forms = {
            self._placement.page_of[checklist.id]: checklist
            for checklist in handbook.current_checklists
            if checklist.id in self._placement.page_of and checklist.id not in hidden
        }
        self._source_numbers: dict[str, int] = {}

    @property
    def sources(self) -> list[list[str]]:
        """Title and date of each source that a section names by its number."""
        register = self._handbook.sources
        return [
            [register[one].title[self._language], register[one].data["date"]] for one in self._source_numbers
        ]

    def head(self, beside: tuple[str, ...]) -> dict[str, Any]:
        """What is said once: the languages, and the words of the search box."""
        names = {entry["code"]: entry["name"] for entry in self._handbook.data["languages"]}
        return {
            "language": self._language,
            "languages": {code: names[code] for code in beside},
            "words": words(self._language, "search"),
            "status": self._words["status"],
            "audiences": {
                one["id"]: one["title"][self._language] for one in self._handbook.data["audiences"]
            },
        }

    def pages(self, built: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
        """Every page with its sections, in the order of the handbook."""
        for page in self._handbook.pages:
            found = page_sections(built[f"{page.path}.html"].decode())
            sections = [self._section(page, section) for section in found]
            known = {section.anchor for section in found}
            sections += self._without_heading(page.path, known, sections)
            head: dict[str, Any] = {
                "path": f"{page.path}.html",
                "id": page.id,
                "audience": page.head.data["audience"],
            }
            if "editorial" not in page.head.data:
                head |= self._standing(page.head.status, page.head.sources)
            yield {**head, "sections": sections}

    def _place(self, name: str, item: Item, part: Part | None) -> None:
        page = self._placement.page_of.get(name)
        if page is not None:
            self._home.setdefault(page, {})[self._placement.anchor_of[name]] = (item, part)

    def _section(self, page: Page, section: PageSection) -> dict[str, Any]:
        anchor = section.anchor
        title = html.unescape(_TAG.sub("", section.title))
        entry: dict[str, Any] = {"title": title, "text": _plain(section.text)}
        if anchor:
            entry["id"] = anchor
        if notes := _plain(section.notes):
            entry["notes"] = notes
        home = self._home.get(page.path, {}).get(anchor)
        if home is None:
            other = self._other_titles(page.title) if not anchor else []
            if page.path in self._forms:
                entry["kind"] = "checklist"
            return {**entry, **({"names": other} if other else {})}
        return {**entry, **self._known(*home)}

    def _without_heading(
        self, page: str, known: set[str], sections: list[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        """Items in tables, named parts of items, and the questions of a form: they have addresses too.

        Their text stands in ``sections`` already, those with a heading; ``at`` tells where: the
        section's place among them and the line.
        """
        lines = {
            line: [place, number]
            for place, section in enumerate(sections)
            for number, line in enumerate(section["text"].split("\n"))
        }
        for anchor, (item, part) in self._home.get(page, {}).items():
            title = part.data.get("title") if part else item.title
            if anchor in known or not title:
                continue
            entry: dict[str, Any] = {"id": anchor, "title": title[self._language]}
            if text := _text_of(part.data if part else item.data):
                first = self._first_paragraph(text[self._language])
                entry |= {"at": lines[first]} if first in lines else {"text": first}
            yield {**entry, **self._known(item, part)}
        if page in self._forms:
            checklist = self._forms[page]
            for question in checklist.questions:
                if not question.retired:
                    title = question.data["question"][self._language]
                    standing = self._standing(checklist.head.status, question.sources)
                    yield {"id": question.id, "title": title, "kind": "checklist", **standing}

    def _known(self, item: Item, part: Part | None) -> dict[str, Any]:
        """Kind, status, first source and other names of an item or a part of it."""
        inner = part or item
        found: dict[str, Any] = {"kind": item.kind, **self._standing(inner.status, inner.sources)}
        if inner.data.get("superseded_by") or item.data.get("superseded_by"):
            found["superseded"] = 1
        names = []
        if part is None:
            if item.kind in _SOUGHT_BY_NAME:
                names += self._other_titles(item.title)
            aliases = item.data.get("aliases", {})
            names += [one for listed in aliases.values() for one in listed]
            names += item.data.get("abbreviations", [])
            if readings := item.data.get("readings"):
                found["readings"] = list(readings)
        if names:
            found["names"] = list(dict.fromkeys(names))
        return found

    def _standing(self, stated: str | None, sources: tuple[SourceReference, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {"status": self._handbook.status_of(stated, sources)}
        if sources:
            number = self._source_numbers.setdefault(sources[0].source, len(self._source_numbers))
            found["source"] = number
        return found

    def _first_paragraph(self, text: str) -> str:
        """The beginning of an item's Markdown, without its signs."""
        first = text.strip().partition("\n\n")[0]
        linked = LINK.sub(lambda match: match["words"] or self._titles.get(match["id"], ""), first)
        return " ".join(_MARKS.sub("", linked).split())

    def _other_titles(self, titles: Mapping[str, str]) -> list[str]:
        return [title for code, title in titles.items() if code != self._language]


def _text_of(data: Mapping[str, Any]) -> Mapping[str, str] | None:
    """What an item or a part says; a step says it in its first action."""
    found: Mapping[str, str] | None = data.get("text")
    return found or next((action["text"] for action in data.get("actions", ())), None)


def _plain(markup: str) -> str:
    """HTML as MkDocs writes it into its index → text, each block on a line of its own."""
    text = _TAG.sub("\n", _INSIDE_A_LINE.sub("", markup))
    return _LINES.sub("\n", _SPACES.sub(" ", html.unescape(text))).strip()
