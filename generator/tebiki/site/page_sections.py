"""Cuts finished pages into their sections, for the search index.

MkDocs' own search would do this while it builds, with a parser for any HTML; that takes a third of
its time. The pages of a handbook need less: MkDocs wrote them, every tag is closed, and the searched
text stands in one ``<article>``. So the pages of every builder are read, and no builder's own index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ARTICLE = '<article class="md-content__inner md-typeset">'
_ARTICLE_END = "</article>"
# split() gives a text, then end sign, name and attributes of the tag after it, and so on
_TAG = re.compile(
    r"<(?:!--.*?--|(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:[^>\"]|\"[^\"]*\")*))>", re.DOTALL
)
_ID = re.compile(r'\sid="([^"]*)"')
_SPACES = re.compile(r"[ \t]*\n\s*")
_EXCLUDED = re.compile(r'\sdata-search-exclude\b|\sclass="headerlink"')
_NOTE = re.compile(r"\sdata-search-note\b")
# HTML, 13.1.2
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)  # fmt: skip
_UNREAD = frozenset(("object", "script", "style"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KEPT = frozenset(("p", "code", "pre", "li", "ol", "ul", "sub", "sup"))


@dataclass
class PageSection:
    """The content below one heading.

    Attributes:
        anchor: The id of the heading; "" for the page's own.
        title: The heading.
        text: The content without the notes.
        notes: The content of the elements that have ``data-search-note``: status, sources and
            audience, which stand at every item and are no statement of it.

    ``title``, ``text`` and ``notes`` are HTML without attributes. Its only tags are those of paragraphs,
    lists, code, subscript and superscript.
    """

    anchor: str
    title: str = ""
    text: str = ""
    notes: str = ""


def page_sections(page: str) -> list[PageSection]:
    """Cut a finished page into its sections.

    Args:
        page: The whole page. Elements with ``data-search-exclude`` are left out, as Material documents it.

    Returns:
        The sections in the order of the page; none for a page without an article.
    """
    start = page.find(_ARTICLE)
    if start < 0:
        return []
    start += len(_ARTICLE)
    parts = _TAG.split(page[start : page.index(_ARTICLE_END, start)])
    reader = _ArticleReader()
    reader.add_text(parts[0])
    for index in range(1, len(parts), 4):
        name = parts[index + 1]
        if name and name not in _VOID:  # a comment has no name
            if parts[index]:
                reader.end_element(name)
            else:
                reader.start_element(name, parts[index + 2])
        reader.add_text(parts[index + 3])
    return reader.sections()


@dataclass
class _OpenSection:
    """A section that is being read, and the depth of its heading: it ends with the element around that."""

    anchor: str
    depth: int
    title: str = ""
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _ArticleReader:
    """Sorts the texts and tags of an article into sections."""

    def __init__(self) -> None:
        first = _OpenSection("", 0)
        self._sections = [first]
        self._open = [first]  # those that have not ended, the innermost last
        self._elements: list[str] = []
        self._title: list[str] = []
        self._target = first.text
        # the depth at which the excluded element, the heading or the note began; 0 outside of one
        self._excluded = self._heading = self._note = 0

    def add_text(self, text: str) -> None:
        if not text or self._excluded:
            return
        if "\n" in text and "pre" not in self._elements:
            text = _SPACES.sub(" ", text)
        target = self._target
        if not text.isspace() or (target and not target[-1][-1].isspace()):
            target.append(text)

    def start_element(self, name: str, attributes: str) -> None:
        self._elements.append(name)
        if self._excluded:
            return
        depth = len(self._elements)
        if name in _UNREAD or (attributes and _EXCLUDED.search(attributes)):
            self._excluded = depth
            return
        if attributes and not self._note and _NOTE.search(attributes):
            self._start_note(depth)
        if name in _KEPT:
            self._target.append(f"<{name}>")
        elif name in _HEADINGS and (anchor := _ID.search(attributes)):
            self._start_heading(name, anchor[1], depth)

    def end_element(self, name: str) -> None:
        depth = len(self._elements)
        self._elements.pop()
        if self._excluded:
            if depth == self._excluded:
                self._excluded = 0
            return
        if depth == self._heading:
            self._heading = 0
            self._open[-1].title = " ".join("".join(self._title).split())
            self._target = self._open[-1].text
            return
        if name in _KEPT:
            self._target.append(f"</{name}>")
        if depth == self._note:
            self._note = 0
            self._target = self._open[-1].text
        # the element around a heading ends: the content after it belongs to the section before it
        while self._open[-1].depth > depth:
            self._open.pop()
            self._target = self._open[-1].text

    def sections(self) -> list[PageSection]:
        """The sections read so far."""
        return [
            PageSection(section.anchor, section.title, "".join(section.text).strip(), "".join(section.notes))
            for section in self._sections
        ]

    def _start_note(self, depth: int) -> None:
        section = self._open[-1]
        section.text.append("\n")
        section.notes.append("\n")
        self._note = depth
        self._target = section.notes

    def _start_heading(self, name: str, anchor: str, depth: int) -> None:
        self._heading = depth
        self._title = []
        self._target = self._title
        if name != "h1":
            section = _OpenSection(anchor, depth)
            self._sections.append(section)
            while self._open[-1].depth > depth:
                self._open.pop()
            self._open.append(section)
