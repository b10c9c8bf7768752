"""A word diff that also divides Japanese, which has no spaces between words.

Japanese is divided where the script changes: a run of kanji, of katakana, of Latin letters or of digits is one word,
and each hiragana character, which carries the grammar, is one. So 研究セキュリティ is two words, and a changed particle
is shown as just that particle. This needs no dictionary, and the same two texts always give the same diff.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff々〆ヶ]+|[\u30a1-\u30fa\u30fc-\u30ff]+|[^\W\d_\u3040-\u9fff]+|\d+|\s+|.",
    re.DOTALL,
)

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〆]")

#: ("=", text of both), ("-", text of the old only) or ("+", text of the new only)
Segment = tuple[str, str]

_Span = tuple[int, int, int, int]  # start and end in the old, start and end in the new
_MAX_STEPS = 50


def word_diff(old: str, new: str) -> list[Segment]:
    """Return the segments of two texts in order: "=" with "-" gives ``old``, "=" with "+" gives ``new``."""
    segments: list[Segment] = []
    # lines first: long texts mostly change in a few paragraphs
    for old_lines, new_lines in _blocks(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        before, after = "".join(old_lines), "".join(new_lines)
        if before == after:
            _append(segments, "=", before)
            continue
        for old_words, new_words in _blocks(_TOKEN.findall(before), _TOKEN.findall(after)):
            if old_words == new_words:
                _append(segments, "=", "".join(old_words))
            else:
                _append_replacement(segments, "".join(old_words), "".join(new_words))
    return segments


def similarity(old: str, new: str) -> float:
    """Return how much of two texts is the same, from 0 to 1, counted in characters without spaces."""
    before, after = "".join(old.split()), "".join(new.split())
    if not before and not after:
        return 1.0
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio()


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start:
        yield old[:start], new[:start]
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if old_middle and new_middle:
        spans = _shortest_edits(old_middle, new_middle) or _any_edits(old_middle, new_middle)
        for old_start, old_end, new_start, new_end in spans:
            yield old_middle[old_start:old_end], new_middle[new_start:new_end]
    elif old_middle or new_middle:
        yield old_middle, new_middle
    if end:
        yield old[len(old) - end :], new[len(new) - end :]


def _any_edits(old: Sequence[str], new: Sequence[str]) -> list[_Span]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [opcode[1:] for opcode in matcher.get_opcodes()]


def _shortest_edits(old: Sequence[str], new: Sequence[str]) -> list[_Span] | None:
    """The shortest edit script (Myers 1986); None if it has more than ``_MAX_STEPS`` steps.

    Most edit scripts are short, and for them this is much faster than ``difflib``.
    """
    reached = {1: 0}  # for each diagonal the position in ``old`` that was reached
    rounds: list[dict[int, int]] = []
    for steps in range(_MAX_STEPS + 1):
        rounds.append(dict(reached))
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1])
            x = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _spans(old, new, rounds)
    return None


def _spans(old: Sequence[str], new: Sequence[str], rounds: list[dict[int, int]]) -> list[_Span]:
    """The edit script read backwards from ``rounds``, as spans that are equal and spans that replace each other."""
    equal: list[_Span] = []
    x, y = len(old), len(new)
    for steps in range(len(rounds) - 1, -1, -1):
        reached, diagonal = rounds[steps], x - y
        down = diagonal == -steps or (diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        from_x = reached[before] if steps else 0
        from_y = from_x - before if steps else 0
        begin = (from_x if down else from_x + 1) if steps else 0
        if x > begin:
            equal.append((begin, x, begin - diagonal, y))
        x, y = from_x, from_y
    spans: list[_Span] = []
    old_end = new_end = 0
    for span in [*reversed(equal), (len(old), len(old), len(new), len(new))]:
        if old_end < span[0] or new_end < span[2]:
            spans.append((old_end, span[0], new_end, span[2]))
        if span[0] < span[1]:
            spans.append(span)
        old_end, new_end = span[1], span[3]
    return spans


def _append_replacement(segments: list[Segment], old: str, new: str) -> None:
    """Append words that replace each other; what Japanese words have in common at their ends is equal."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start] and _JAPANESE.match(old[start]):
        start += 1
    end = 0
    while (
        end < min(len(old), len(new)) - start
        and old[-1 - end] == new[-1 - end]
        and _JAPANESE.match(old[-1 - end])
    ):
        end += 1
    _append(segments, "=", old[:start])
    _append(segments, "-", old[start : len(old) - end])
    _append(segments, "+", new[start : len(new) - end])
    _append(segments, "=", old[len(old) - end :])


def _append(segments: list[Segment], sign: str, text: str) -> None:
    if not text:
        return
    if segments and segments[-1][0] == sign:
        segments[-1] = (sign, segments[-1][1] + text)
    else:
        segments.append((sign, text))
