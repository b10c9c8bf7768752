"""The signs that begin a block of Markdown, each at the beginning of a line without its indentation."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

ITEM = re.compile(r"(?P<marker>[-+*]|(?P<number>[0-9]{1,9})[.)])(?:(?P<space> +)(?P<words>.*)|$)")
DEFINITION = re.compile(r"(?P<marker>:|\[\^[^\]\s]+\]:)(?P<space> +)(?P<words>.+)")
TERM_FOLLOWED = re.compile(r" {0,3}: ")
NOTE = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]*)(?= *[\"\w])")
RULE = re.compile(r"([-*_])(?: *\1){2,} *")
HEADING = re.compile(r"#{1,6}(?= |$)")
FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
REFERENCE = re.compile(r"\*?\[[^\]]+\]:")
TAG = re.compile(r"<(?:(?P<comment>!--)|/?(?P<name>[A-Za-z][\w-]*))(?P<rest>[^>]*)")


def is_table_line(line: str) -> bool:
    """Whether ``line`` stands between the head and the rows of a table."""
    return "|" in line and "-" in line and not line.strip(" :|-")


def is_html_block(tag: re.Match[str]) -> bool:
    """Whether a match of ``TAG`` begins a block of HTML."""
    return bool(tag["comment"]) or tag["name"].lower() in _html_blocks()


def starts_block(words: str) -> bool:
    """Whether a line ends the paragraph of a quotation before it."""
    return bool(ITEM.fullmatch(words) or HEADING.match(words) or FENCE.match(words) or RULE.fullmatch(words))


def html_end(lines: Sequence[str], number: int, tag: re.Match[str], last_comment_end: int) -> int:
    """Return the number of the line after HTML in which Markdown is not read.

    Args:
        lines: The lines of the text.
        number: The number of the line that begins with the tag.
        tag: The match of ``TAG``: a comment, an element, or only the tag where Markdown is read in the element.
        last_comment_end: The number of the last line that holds the end of a comment.
    """
    if tag["comment"]:
        while number < last_comment_end and "-->" not in lines[number]:
            number += 1
        return number + 1
    name = tag["name"].lower()
    if tag[0].startswith("</") or name == "hr" or re.search(r"\smarkdown\b", tag["rest"]):
        return number + 1
    tags = re.compile(rf"<(/?){name}\b", re.IGNORECASE)
    opened = 0
    while number < len(lines):
        opened += sum(-1 if match[1] else 1 for match in tags.finditer(lines[number]))
        number += 1
        if opened <= 0:
            break
    return number


@functools.cache
def _html_blocks() -> frozenset[str]:
    # few texts hold HTML, and importing it takes longer than reading a small handbook
    from markdown.util import BLOCK_LEVEL_ELEMENTS  # noqa: PLC0415

    return frozenset(BLOCK_LEVEL_ELEMENTS)
