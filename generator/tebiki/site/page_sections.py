"""Cuts finished pages into their sections, for the search index.

MkDocs' own search would do this while it builds, with a parser for any HTML; that takes a third of
its time. The pages of a handbook need less: MkDocs wrote them, every element is closed, and the searched
text stands in one ``<article>``. So the pages of every builder are read, and no builder's own index.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_ARTICLE = '<article class="md-content__inner md-typeset">'
_ARTICLE_END = "</article>"
# split() gives a text, then end sign, name and attributes of the tag after it, and so on
_TAG = re.compile(r'<(?:!--.*?--|(/?)([a-z][a-z0-9-]*)([^>"]*+(?:"[^"]*+"[^>"]*+)*+))>', re.DOTALL)
_GROUPS = 4
_ID = re.compile(r'\sid="([^"]*)"')
_EXCLUDED = re.compile(r'\sdata-search-exclude\b|\sclass="headerlink"')
_NOTE = re.compile(r"\sdata-search-note\b")
_PREFORMATTED = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_LINE_END = "\0"  # of a text; that of HTML is a space
# HTML, 13.1.2
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)  # fmt: skip
_UNREAD = frozenset(("object", "script", "style"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = frozenset(("p", "pre", "li", "ol", "ul"))
_READ = _BLOCKS | _HEADINGS | _UNREAD


@dataclass
class PageSection:
    """The content below one heading, as plain text with each paragraph and each entry of a list on a line of its own.

    Attributes:
        anchor: The id of the heading; "" for the page's own.
        title: The heading.
        text: The content without the notes.
        notes: The content of the elements that have ``data-search-note``: status, sources and
            audience, which stand at every item and are no statement of it.
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
    article = page[start : page.index(_ARTICLE_END, start)]
    article = _PREFORMATTED.sub(lambda match: match[0].replace("\n", _LINE_END), article)
    parts = _TAG.split(article)
    reader = _ArticleReader()
    reader.target.append(parts[0])
    depth = excluded = 0  # the depth at which the excluded element began; 0 outside of one
    for end, name, attributes, text in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True):
        if end:
            if depth == excluded:
                excluded = 0
            elif not excluded and (name in _BLOCKS or depth in reader.ends):
                reader.end_element(name, depth)
            depth -= 1
        elif name and name not in _VOID and not attributes.endswith("/"):  # a comment has no name
            depth += 1
            if (
                not excluded
                and (name in _READ or "data-search-" in attributes or "headerlink" in attributes)
                and not reader.start_element(name, attributes, depth)
            ):
                excluded = depth
        if text and not excluded:
            reader.target.append(text)
    return reader.sections()


@dataclass
class _OpenSection:
    """A section that is being read, and the depth of its heading: it ends with the element around that."""

    anchor: str
    depth: int
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _ArticleReader:
    """Sorts the texts of an article into sections.

    Attributes:
        target: What the next text belongs to.
    """

    def __init__(self) -> None:
        first = _OpenSection("", 0)
        self.target = first.text
        self._sections = [first]
        self._open = [first]  # those that have not ended, the innermost last
        # the depth at which the heading or the note began; 0 outside of one
        self._heading = self._note = 0
        self.ends: set[int] = set()

    def start_element(self, name: str, attributes: str, depth: int) -> bool:
        """Note that an element begins; returns whether it is read."""
        if name in _UNREAD or (attributes and _EXCLUDED.search(attributes)):
            return False
        if attributes and not self._note and _NOTE.search(attributes):
            self._open[-1].text.append(_LINE_END)
            self._note = depth
            self.ends.add(depth)
            self.target = self._open[-1].notes
            self.target.append(_LINE_END)
        if name in _BLOCKS:
            self.target.append(_LINE_END)
        elif name in _HEADINGS and (anchor := _ID.search(attributes)):
            self._start_heading(name, anchor[1], depth)
        return True

    def end_element(self, name: str, depth: int) -> None:
        """Note that an element ends that is read."""
        if depth == self._heading:
            self._heading = 0
            self.target = self._open[-1].text
            return
        if name in _BLOCKS:
            self.target.append(_LINE_END)
        if depth == self._note:
            self._note = 0
            self.target = self._open[-1].text
        # the element around a heading ends: the content after it belongs to the section before it
        while self._open[-1].depth > depth:
            self._open.pop()
            self.target = self._open[-1].text

    def sections(self) -> list[PageSection]:
        """The sections read so far."""
        return [
            PageSection(
                section.anchor,
                html.unescape(" ".join("".join(section.title).split())),
                _plain(section.text),
                _plain(section.notes),
            )
            for section in self._sections
        ]

    def _start_heading(self, name: str, anchor: str, depth: int) -> None:
        self._heading = depth
        self.ends |= {depth, depth - 1}
        if name != "h1":
            section = _OpenSection(anchor, depth)
            self._sections.append(section)
            while self._open[-1].depth > depth:
                self._open.pop()
            self._open.append(section)
        self.target = self._open[-1].title = []


def _plain(texts: list[str]) -> str:
    lines = html.unescape("".join(texts)).split(_LINE_END)
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
