"""Line breaks inside Japanese text, which is written without spaces between words.

Browsers show a line break as a space, and YAML folds it into one. Between two Japanese characters neither is meant,
so the lines are joined. (CSS Text 4 leaves such segment breaks to the browser, and most of them keep the space.)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

#: Kana, kanji, full-width signs, and the signs that Japanese shares with other scripts.
JAPANESE = (
    "\u2014\u2015\u2025\u2026\u203b\u2460-\u24ff\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
)
_REACH = 500  # how far a character may stand from the line break, behind markup
_LINK = r"(?P<link>\[\[[^\[\]|\n]+\]\])"  # its words are a title in the language of the text
_END = re.compile(rf"(?:[{JAPANESE}]|{_LINK})(?:[*_]|\]\]|\]\([^()\s]*\)|\[\^[^\[\]\s]+\]|</[a-z]+>)*$")
_ASCII_END = frozenset("*_])>")  # the last characters of ``_END`` that are no Japanese
_ASCII_START = frozenset("*_[<")  # the same for the first characters of ``_START``
_START = re.compile(rf"(?:[*_]|\[\[[^\[\]|\n]+\||\[(?!\[|\^)|<[a-z][^<>]*>)*(?:[{JAPANESE}]|{_LINK})")
_BREAK = re.compile(r"\n[ \t]*")


def is_inside_japanese(before: str, after: str) -> bool:
    """Whether a line break between ``before`` and ``after`` stands between two Japanese characters.

    Marks of emphasis, links and tags are looked through, as they are not shown.
    """
    last, first = before[-1:], after[:1]
    if (last.isascii() and last not in _ASCII_END) or (first.isascii() and first not in _ASCII_START):
        return False  # so that most lines of a file are not searched
    end = _END.search(before[-_REACH:])
    start = _START.match(after[:_REACH]) if end else None
    return bool(end and start and not (end["link"] and start["link"]))


def join_japanese_lines(text: str) -> str:
    """Return a paragraph without the line breaks inside Japanese; other line breaks stay."""
    lines = _BREAK.split(text)
    joined = lines[:1]
    for before, after in itertools.pairwise(lines):
        joined += [after] if is_inside_japanese(before, after) else ["\n", after]
    return "".join(joined)


def paragraph_lines(lines: Sequence[str], one_line: bool) -> list[str]:
    """Return the lines of a paragraph of Markdown without the breaks inside Japanese.

    Args:
        lines: The lines, which may end in a hard break: two spaces, or a backslash.
        one_line: Whether to join all lines to one, hard breaks as ``<br>``.
    """
    parts: list[str] = []
    for before, after in itertools.pairwise([*lines, ""]):
        is_hard = before.endswith(("  ", "\\"))
        words = before.rstrip(" ").removesuffix("\\") if is_hard and after else before.rstrip(" ")
        parts.append(words)
        if not after:
            break
        if is_hard:
            separator = "<br>" if one_line else "  \n"
        elif is_inside_japanese(words, after):
            separator = ""
        else:
            separator = " " if one_line and not after.startswith("{") else "\n"
        parts.append(separator)
    return "".join(parts).split("\n")
