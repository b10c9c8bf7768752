"""Cuts finished pages into their sections, for the search index.

MkDocs' own search would do this while it builds, with a parser for any HTML; that takes a third of
its time. These pages are known: MkDocs wrote them, every tag is closed, and what is searched stands
between two marks. So any builder's pages can be read, and its index is not needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ARTICLE = '<article class="md-content__inner md-typeset">'
_ARTICLE_END = "</article>"
_TAG = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ID = re.compile(r'\sid="([^"]*)"')
_SPACES = re.compile(r"[ \t]*\n\s*")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]  # HTML, 13.1.2
)
_UNREAD = frozenset(("object", "script", "style"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KEPT = frozenset(("p", "code", "pre", "li", "ol", "ul", "sub", "sup"))


@dataclass
class PageSection:
    """What stands below one heading, ``anchor`` being its id ("" for the page's own).

    ``title`` and ``text`` are HTML without attributes, and with no other tags than those of
    paragraphs, lists, code, sub- and superscript.
    """

    anchor: str
    title: str = ""
    text: str = ""
    depth: int = 0  # how deep its heading stands: it ends where the element around the heading ends
    parts: list[str] = field(default_factory=list, repr=False)


def page_sections(page: str) -> list[PageSection]:
    """The sections of a finished page, in their order; none for a page without an article.

    What has ``data-search-exclude`` is left out, as Material documents it.
    """
    start = page.find(_ARTICLE)
    if start < 0:
        return []
    reader = _Reader()
    at = start + len(_ARTICLE)
    end = page.index(_ARTICLE_END, at)
    for match in _TAG.finditer(page, at, end):
        reader.words(page[at : match.start()])
        at = match.end()
        name = match["name"]
        if name is None or name in _VOID:
            continue
        if match["end"]:
            reader.close(name)
        else:
            reader.open(name, match["attributes"])
    reader.words(page[at:end])
    return reader.sections()


class _Reader:
    def __init__(self) -> None:
        self._top = PageSection("")
        self._found = [self._top]
        self._open_sections = [self._top]
        self._stack: list[str] = []
        self._skipping = 0  # depth at which what is left out began
        self._heading = 0  # depth at which the heading being read began
        self._title: list[str] = []

    def open(self, name: str, attributes: str) -> None:
        self._stack.append(name)
        if self._skipping:
            return
        depth = len(self._stack)
        if name in _UNREAD or "data-search-exclude" in attributes or 'class="headerlink"' in attributes:
            self._skipping = depth
        elif name in _HEADINGS and (found := _ID.search(attributes)):
            self._heading, self._title = depth, []
            if name != "h1":
                section = PageSection(found[1], depth=depth)
                self._found.append(section)
                while self._open_sections[-1].depth > depth:
                    self._open_sections.pop()
                self._open_sections.append(section)
        elif name in _KEPT:
            self._put(f"<{name}>")

    def close(self, name: str) -> None:
        depth = len(self._stack)
        self._stack.pop()
        if self._skipping:
            if depth == self._skipping:
                self._skipping = 0
            return
        if depth == self._heading:
            self._open_sections[-1].title = " ".join("".join(self._title).split())
            self._heading = 0
        elif name in _KEPT:
            self._put(f"</{name}>")
        # the element around a heading ends: what follows belongs to the section before it
        while self._open_sections[-1].depth > depth:
            self._open_sections.pop()

    def words(self, text: str) -> None:
        if not text or self._skipping:
            return
        if "pre" not in self._stack:
            text = _SPACES.sub(" ", text)
        into = self._into()
        if not text.isspace() or (into and not into[-1][-1].isspace()):
            into.append(text)

    def _put(self, tag: str) -> None:
        self._into().append(tag)

    def _into(self) -> list[str]:
        return self._title if self._heading else self._open_sections[-1].parts

    def sections(self) -> list[PageSection]:
        for section in self._found:
            section.text = "".join(section.parts).strip()
        return self._found
