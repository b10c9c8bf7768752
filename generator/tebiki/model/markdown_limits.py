"""Limits on Markdown, so that no text takes the renderer more time than it is long.

Python-Markdown looks at some texts in the square of their length, and at nested blocks by recursion. The limits
are far above what a text needs and far below where that is felt (0.1 seconds each).
"""

from __future__ import annotations

import functools
import re

from tebiki.model.markup import without_code
from tebiki.model.message import Message

#: How deep lists, quotations and indented blocks may lie inside each other.
MAX_DEPTH = 24
#: How many opening brackets, or definitions, one paragraph may hold.
MAX_SIGNS = 500
#: How many fences of code may stay open.
MAX_OPEN_FENCES = 20
#: How many spaces may follow each other.
MAX_SPACES = 1_000
_COLUMNS = 4  # of one level
_LINE = re.compile(r"[^\n]+")
_BLOCK_START = re.compile(r"(?:[ \t]*(?:>|[-+*]|[0-9]{1,9}[.)])(?=[ \t>]|$))*[ \t]*")
_MARKER = re.compile(r"[^ \t]+")
#: A line that may begin deeper than ``MAX_DEPTH``: a sign counts as a block and as a quarter of a level.
_LONG_START = re.compile(rf"^[ \t>+*0-9.)-]{{{MAX_DEPTH * 4 // 5}}}", re.MULTILINE)


@functools.lru_cache(maxsize=65_536)  # `tebiki serve` checks all texts after a change of one
def limit_problem(text: str) -> tuple[int, Message] | None:
    """Find where ``text`` goes beyond a limit.

    Returns:
        The offset and a message that says what to do; None for a text within the limits.
    """
    text = without_code(text)
    if _is_far_below(text):
        return None
    signs = open_fences = 0
    end = 0
    for line in _LINE.finditer(text):
        if line.start() > end + 1 or not line[0].strip():
            signs = 0  # a blank line: another paragraph
        end = line.end()
        if _depth(line[0]) > MAX_DEPTH:
            return line.start(), Message("rules.markdown-limits.depth", most=MAX_DEPTH)
        open_fences += line[0].startswith(("```", "~~~"))
        if open_fences > MAX_OPEN_FENCES:
            return line.start(), Message("rules.markdown-limits.fences")
        if " " * (MAX_SPACES + 1) in line[0]:
            return line.start(), Message("rules.markdown-limits.spaces", most=MAX_SPACES)
        signs += sum(line[0].count(sign) for sign in "[<{") + line[0].startswith(":")
        if signs > MAX_SIGNS:
            return line.start(), Message("rules.markdown-limits.brackets", most=MAX_SIGNS)
    return None


def _is_far_below(text: str) -> bool:
    """Whether ``text`` as a whole stays within the limits of a paragraph, as nearly all texts do."""
    return (
        sum(map(text.count, ("[", "<", "{", "\n:"))) < MAX_SIGNS  # less by the line at the beginning
        and text.count("```") + text.count("~~~") <= MAX_OPEN_FENCES
        and " " * (MAX_SPACES + 1) not in text
        and not _LONG_START.search(text)
    )


def _depth(line: str) -> int:
    start = _BLOCK_START.match(line)
    prefix = start[0] if start else ""
    columns = len(prefix.expandtabs(_COLUMNS)) - len(_MARKER.findall(prefix))
    markers = sum(len(marker) if marker[0] == ">" else 1 for marker in _MARKER.findall(prefix))
    return markers + columns // _COLUMNS
