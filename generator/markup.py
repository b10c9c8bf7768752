"""The three marks that this handbook adds to Markdown: links, embedded items, explicit heading ids."""

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

#: The views that ``![[view argument …]]`` can name.
VIEWS = ("list", "compare", "matrix", "checklist", "report")

#: What ``![[report …]]`` can show.
REPORTS = ("changes", "review", "translations")


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


def _without_code(text: str) -> str:
    """The text with fenced code blanked out, every offset kept."""
    if "```" not in text and "~~~" not in text:
        return text
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
