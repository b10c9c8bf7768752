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
# text, then end sign, name and attributes of the tag after it, and so on
_TAG = re.compile(
    r"<(?:!--.*?--|(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:[^>\"]|\"[^\"]*\")*))>", re.DOTALL
)
_ID = re.compile(r'\sid="([^"]*)"')
_SPACES = re.compile(r"[ \t]*\n\s*")
_LEFT_OUT = re.compile(r'\sdata-search-exclude\b|\sclass="headerlink"')
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


@dataclass
class _Open:
    """A section that is being read, and how deep its heading stands: it ends with what is around that."""

    section: PageSection
    depth: int
    parts: list[str] = field(default_factory=list)


def page_sections(page: str) -> list[PageSection]:
    """The sections of a finished page, in their order; none for a page without an article.

    What has ``data-search-exclude`` is left out, as Material documents it.
    """
    start = page.find(_ARTICLE)
    if start < 0:
        return []
    at = start + len(_ARTICLE)
    pieces = _TAG.split(page[at : page.index(_ARTICLE_END, at)])
    sections = [_Open(PageSection(""), 0)]
    current = [sections[0]]  # those that are not at their end, the innermost last
    title: list[str] = []
    into = sections[0].parts
    stack: list[str] = []
    skipping = heading = 0  # the depth at which what is left out, or the heading, began
    for index in range(0, len(pieces), 4):
        text = pieces[index]
        if text and not skipping:
            if "\n" in text and "pre" not in stack:
                text = _SPACES.sub(" ", text)
            if not text.isspace() or (into and not into[-1][-1].isspace()):
                into.append(text)
        if index + 3 >= len(pieces) or not (name := pieces[index + 2]) or name in _VOID:
            continue
        if not pieces[index + 1]:
            stack.append(name)
            if skipping:
                continue
            attributes = pieces[index + 3]
            if name in _UNREAD or (attributes and _LEFT_OUT.search(attributes)):
                skipping = len(stack)
            elif name in _KEPT:
                into.append(f"<{name}>")
            elif name in _HEADINGS and (found := _ID.search(attributes)):
                heading, title = len(stack), []
                into = title
                if name != "h1":
                    sections.append(_Open(PageSection(found[1]), heading))
                    while current[-1].depth > heading:
                        current.pop()
                    current.append(sections[-1])
            continue
        depth = len(stack)
        stack.pop()
        if skipping:
            skipping = 0 if depth == skipping else skipping
        elif depth == heading:
            heading = 0
            current[-1].section.title = " ".join("".join(title).split())
            into = current[-1].parts
        else:
            if name in _KEPT:
                into.append(f"</{name}>")
            # the element around a heading ends: what follows belongs to the section before it
            while current[-1].depth > depth:
                current.pop()
                into = current[-1].parts
    for one in sections:
        one.section.text = "".join(one.parts).strip()
    return [one.section for one in sections]
