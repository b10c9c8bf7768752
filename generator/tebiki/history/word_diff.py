"""A word diff that also reads Japanese, which puts no spaces between words.

Japanese is divided where the script changes: a run of kanji, of katakana, of Latin letters or of digits
is one word, and hiragana, which carries the grammar, counts sign by sign. So 研究セキュリティ is two
words, and a changed particle is shown as just that particle. No dictionary is needed, the same two
texts always give the same diff, and nothing is ever left out.
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

#: ("=", text both have), ("-", text of the old only), ("+", text of the new only)
Segment = tuple[str, str]

_Span = tuple[int, int, int, int]  # from and to in the old, from and to in the new
_FEW = 50


def word_diff(old: str, new: str) -> list[Segment]:
    """The pieces of ``old`` and ``new`` in order: "=" with "-" gives the old, "=" with "+" the new."""
    found: list[Segment] = []
    # lines first: long texts mostly change in a few paragraphs
    for a, b in _blocks(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        before, after = "".join(a), "".join(b)
        if before == after:
            _add(found, "=", before)
            continue
        for c, d in _blocks(_TOKEN.findall(before), _TOKEN.findall(after)):
            if c == d:
                _add(found, "=", "".join(c))
            else:
                _replace(found, "".join(c), "".join(d))
    return found


def similarity(old: str, new: str) -> float:
    """How much of two texts is the same, from 0 to 1, counted in signs without spaces."""
    a, b = "".join(old.split()), "".join(new.split())
    if not a and not b:
        return 1.0
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
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
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    if middle and other:
        for i, j, k, m in _few_edits(middle, other) or _any_edits(middle, other):
            yield middle[i:j], other[k:m]
    elif middle or other:
        yield middle, other
    if end:
        yield old[len(old) - end :], new[len(new) - end :]


def _any_edits(old: Sequence[str], new: Sequence[str]) -> list[_Span]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [(i, j, k, m) for _tag, i, j, k, m in matcher.get_opcodes()]


def _few_edits(old: Sequence[str], new: Sequence[str]) -> list[_Span] | None:
    """The shortest way from one to the other (Myers 1986), None where it has more than ``_FEW`` steps.

    Most edits are few; for them this is much faster than ``difflib``.
    """
    reached = {1: 0}  # diagonal → how far in ``old`` it has been followed
    rounds: list[dict[int, int]] = []
    for steps in range(_FEW + 1):
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
    """The way back through ``rounds``, as stretches that stayed and stretches that took each other's place."""
    stayed: list[_Span] = []
    x, y = len(old), len(new)
    for steps in range(len(rounds) - 1, -1, -1):
        reached, diagonal = rounds[steps], x - y
        down = diagonal == -steps or (diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        from_x = reached[before] if steps else 0
        from_y = from_x - before if steps else 0
        begin = (from_x if down else from_x + 1) if steps else 0
        if x > begin:
            stayed.append((begin, x, begin - diagonal, y))
        x, y = from_x, from_y
    found: list[_Span] = []
    i = k = 0
    for span in [*reversed(stayed), (len(old), len(old), len(new), len(new))]:
        if i < span[0] or k < span[2]:
            found.append((i, span[0], k, span[2]))
        if span[0] < span[1]:
            found.append(span)
        i, k = span[1], span[3]
    return found


def _replace(found: list[Segment], old: str, new: str) -> None:
    """Words that took each other's place; what Japanese words have in common at their ends stays."""
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
    _add(found, "=", old[:start])
    _add(found, "-", old[start : len(old) - end])
    _add(found, "+", new[start : len(new) - end])
    _add(found, "=", old[len(old) - end :])


def _add(found: list[Segment], sign: str, text: str) -> None:
    if not text:
        return
    if found and found[-1][0] == sign:
        found[-1] = (sign, found[-1][1] + text)
    else:
        found.append((sign, text))
