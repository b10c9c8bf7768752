"""The markup that the handbook reads in Markdown: links, embedded items, headings with ids, quotations."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: ``[[id]]`` or ``[[id|other words]]``
LINK = re.compile(r"(?<!!)\[\[(?P<id>[^\[\]|\n]+)(\|(?P<words>[^\[\]\n]+))?\]\]")
_EMBED = re.compile(r"^!\[\[(?P<words>[^\[\]\n]+)\]\][ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<rest>.*)$", re.MULTILINE)
_HEADING_ID = re.compile(r"\{[ \t]*#(?P<id>[^\s{}]+)[^{}]*$")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})", re.MULTILINE)
_CLOSING_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(
    r"^(?P<block>[ \t]{0,3}>.*(?:\n[ \t]{0,3}>.*)*)"
    r"|「(?P<kagi>[^「」]*(?:「[^「」]*」[^「」]*)*)」|『(?P<double>[^『』]*)』|“(?P<curly>[^“”]*)”",
    re.MULTILINE,
)
_QUOTE_MARKS = re.compile(r"[「『“>]")

#: The views that ``![[view argument …]]`` can name.
VIEWS = ("list", "compare", "matrix", "checklist", "report", "figures")

#: What ``![[report …]]`` can show.
REPORTS = ("changes", "review", "translations", "overlay", "crosswalk")


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
    """A quotation, as written, without its marks; ``start`` is where it begins in the text.

    A ``block`` is a block quote or a whole text rather than words in marks.
    """

    words: str
    start: int
    block: bool

    @property
    def length(self) -> int:
        """The number of its characters, without marks of emphasis; of a link the words shown count."""
        shown = LINK.sub(lambda link: link["words"] or link["id"], self.words)
        return len(" ".join(re.sub(r"^[ \t]*>|[*_`]", "", shown, flags=re.MULTILINE).split()))

    @property
    def names_its_source(self) -> bool:
        """Whether the whole quotation is a link, which leads to its source."""
        return LINK.fullmatch(self.words.strip()) is not None


@functools.lru_cache(maxsize=10_000)  # several rules and the compiler ask for the same page
def embeds(text: str) -> tuple[Embed, ...]:
    """Return the embedded items of a page, in their order."""
    result = []
    for match in _EMBED.finditer(without_code(text)):
        first, *rest = match["words"].split() or [""]
        view, arguments = (first, tuple(rest)) if rest else ("item", (first,))
        result.append(Embed(view, arguments, match.start(), match.end()))
    return tuple(result)


def stray_embeds(text: str) -> Iterator[int]:
    """Yield the position of each ``![[`` inside a line, where it embeds nothing."""
    embedding = {embed.start for embed in embeds(text)}
    for match in re.finditer(r"!\[\[", without_code(text)):
        if match.start() not in embedding:
            yield match.start()


def headings(text: str) -> Iterator[Heading]:
    """Yield the headings of a page, in their order."""
    for match in _HEADING.finditer(without_code(text)):
        title, heading_id = match["rest"].rstrip(" \t"), None
        if title.endswith("}") and (attribute := _HEADING_ID.search(title, title.rfind("{"), len(title) - 1)):
            title, heading_id = title[: attribute.start()].rstrip(" \t"), attribute["id"]
        yield Heading(len(match["marks"]), title, heading_id, match.start())


def quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations of a text: block quotes, and words in 「」, 『』 or “”. Nested marks belong to the outer."""
    if not _QUOTE_MARKS.search(text):
        return
    for match in _QUOTED.finditer(without_code(text)):
        group = match.lastgroup or ""
        yield Quotation(match[group], match.start(), group == "block")


def without_code(text: str) -> str:
    """Return the text with fenced code replaced by spaces, so that every offset stays.

    A fence ends at the next line that holds the same fence and nothing else. One pass: what closes is looked up.
    """
    if "```" not in text and "~~~" not in text:
        return text
    closing: dict[str, list[re.Match[str]]] = {}
    for match in _CLOSING_FENCE.finditer(text):
        closing.setdefault(match["fence"], []).append(match)
    parts: list[str] = []
    end = 0
    for opening in _FENCE.finditer(text):
        if opening.start() < end:
            continue
        ends = closing.get(opening[0], [])
        after = bisect.bisect_right(ends, opening.start(), key=lambda match: match.start())
        if after < len(ends):
            parts += [
                text[end : opening.start()],
                _NOT_BREAK.sub(" ", text[opening.start() : ends[after].end()]),
            ]
            end = ends[after].end()
    return "".join([*parts, text[end:]])


_NOT_BREAK = re.compile(r"[^\n]")
_MARKDOWN_CHARACTERS = re.compile(r"([\\`*_{}\[\]#|])")


def escape_markdown(text: str) -> str:
    """Return ``text`` so that Markdown shows it unchanged, on one line."""
    escaped = _MARKDOWN_CHARACTERS.sub(r"\\\1", " ".join(text.split()))
    return escaped.replace("&", "&amp;").replace("<", "&lt;")
