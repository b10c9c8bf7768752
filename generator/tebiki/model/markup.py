"""What the handbook reads in Markdown: links, embedded items, headings with their ids, quotations."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: ``[[id]]`` or ``[[id|other words]]``
LINK = re.compile(r"(?<!!)\[\[(?P<id>[^\[\]|\n]+)(\|(?P<words>[^\[\]\n]+))?\]\]")
_EMBED = re.compile(r"^!\[\[(?P<words>[^\[\]\n]+)\]\][ \t]*$", re.MULTILINE)
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t]*(\{[ \t]*#(?P<id>[^\s}]+)[^}\n]*\})?[ \t]*$", re.MULTILINE
)
_FENCE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(
    r"^(?P<block>[ \t]{0,3}>.*(?:\n[ \t]{0,3}>.*)*)"
    r"|「(?P<kagi>[^「」]*(?:「[^「」]*」[^「」]*)*)」|『(?P<double>[^『』]*)』|“(?P<curly>[^“”]*)”",
    re.MULTILINE,
)
_QUOTE_SIGNS = re.compile(r"[「『“>]")

#: The views that ``![[view argument …]]`` can name.
VIEWS = ("list", "compare", "matrix", "checklist", "report")

#: What ``![[report …]]`` can show.
REPORTS = ("changes", "review", "translations", "overlay")


@dataclass(frozen=True)
class Embed:
    """``![[id]]`` (view "item") or ``![[view argument …]]``, and where it begins in the text."""

    view: str
    arguments: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Heading:
    """A Markdown heading; ``id`` is None where none is given."""

    level: int
    title: str
    id: str | None
    start: int


@dataclass(frozen=True)
class Quotation:
    """Words of somebody else, as written, without their marks; and where the quotation begins."""

    words: str
    start: int
    block: bool  # a block quote, or a whole text, rather than words in marks

    @property
    def length(self) -> int:
        """Its characters; of a link the words shown, each gap as one space, nothing that marks emphasis."""
        shown = LINK.sub(lambda link: link["words"] or link["id"], self.words)
        return len(" ".join(re.sub(r"^[ \t]*>|[*_`]", "", shown, flags=re.MULTILINE).split()))

    @property
    def names_its_source(self) -> bool:
        """Whether it is a link as a whole, and so leads to what it names."""
        return LINK.fullmatch(self.words.strip()) is not None


@functools.lru_cache(maxsize=10_000)  # several rules and the compiler ask for the same page
def embeds(text: str) -> tuple[Embed, ...]:
    """The embedded items of a page, in their order."""
    found = []
    for match in _EMBED.finditer(_without_code(text)):
        first, *rest = match["words"].split() or [""]
        view, arguments = (first, tuple(rest)) if rest else ("item", (first,))
        found.append(Embed(view, arguments, match.start(), match.end()))
    return tuple(found)


def stray_embeds(text: str) -> Iterator[int]:
    """Where ``![[`` stands inside a line, where it embeds nothing."""
    known = {embed.start for embed in embeds(text)}
    for match in re.finditer(r"!\[\[", _without_code(text)):
        if match.start() not in known:
            yield match.start()


def headings(text: str) -> Iterator[Heading]:
    """The headings of a page, in their order."""
    for match in _HEADING.finditer(_without_code(text)):
        yield Heading(len(match["marks"]), match["title"], match["id"], match.start())


def quotations(text: str) -> Iterator[Quotation]:
    """The quotations of a text: block quotes, and what stands in 「」, 『』 or “”; marks inside marks are one."""
    if not _QUOTE_SIGNS.search(text):
        return
    for match in _QUOTED.finditer(_without_code(text)):
        group = match.lastgroup or ""
        yield Quotation(match[group], match.start(), group == "block")


def _without_code(text: str) -> str:
    """The text with fenced code blanked out, every offset kept."""
    if "```" not in text and "~~~" not in text:
        return text
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]#|])")


def escape_markdown(text: str) -> str:
    """``text`` so that Markdown shows it as it is, on one line."""
    signs = _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))
    return signs.replace("&", "&amp;").replace("<", "&lt;")
