"""Cuts finished pages into their sections, for the search index.

MkDocs' own search would do this while it builds, with a parser for any HTML; that takes a third of
its time. The pages of a handbook need less: MkDocs wrote them, every element is closed, and the searched
text stands in one ``<article>``. So the pages of every builder are read, and no builder's own index.
"""

from __future__ import annotations

import functools
import html
from dataclasses import dataclass

from tebiki.site.search_indexer import Indexer

_ARTICLE = b'<article class="md-content__inner md-typeset">'
_ARTICLE_END = b"</article>"
_SECTION_END, _PART_END, _LINE_END = "\x1e", "\x1f", "\0"


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


def page_sections(page: bytes) -> list[PageSection]:
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
    # an article may hold others
    sections = _cutter().cut(page[start : page.rindex(_ARTICLE_END, start)]).split(_SECTION_END)[:-1]
    parts = (section.split(_PART_END) for section in sections)
    return [PageSection(anchor, _unescaped(title), *map(_lines, texts)) for anchor, title, *texts in parts]


class _Cutter:
    """Cuts articles, one after another."""

    def __init__(self) -> None:
        self._indexer = Indexer()
        self._address = self._space = 0

    def cut(self, article: bytes) -> str:
        """The sections of an article, each with an end: anchor, title, text and notes, with white space made one."""
        if len(article) >= self._space:
            self._space = 2 * len(article)
            self._address = self._indexer.new_bytes(self._space)
        self._indexer.write(self._address, article)
        return self._indexer.call_for_bytes("cut", self._address, len(article)).decode()


@functools.cache
def _cutter() -> _Cutter:
    return _Cutter()


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def _lines(text: str) -> str:
    """A text with the lines that the indexer has found."""
    if "&" not in text:
        return text.replace(_LINE_END, "\n")
    lines = html.unescape(text).split(_LINE_END)
    # a reference may stand for white space
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
