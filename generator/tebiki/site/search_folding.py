"""Folding of texts for the search: different spellings become the same string.

``browser/search/fold.ts`` folds what a reader types by the same rules and explains them. Both are tested with the
texts in ``tests/search/sample.json``.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tebiki.model.shared_constants import VARIANT_CHARACTERS

_Key = TypeVar("_Key")
_KATAKANA = {code: chr(code - 0x60) for code in [*range(0x30A1, 0x30F7), 0x30FD, 0x30FE]}
_VARIANTS = {ord(variant): common for variant, common in re.findall("(.)(.)", VARIANT_CHARACTERS)}
_DROPPED = "ー・·‧\u00ad\u200b-\u200d\u2060\ufeff"
_SEPARATORS = (
    r"\x00-\x09\x0b-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-\u2010-\u2015\u2212\u2043"
)
_MARKS = "[\u0300-\u036f\u20d0-\u20ff\u3099\u309a]"
_LINE_START = re.compile(rf"^(?:[{_SEPARATORS}]|[{_DROPPED}]{_MARKS}*)+")
_RUN = re.compile(
    rf"[{_SEPARATORS}](?:[{_SEPARATORS}]|[{_DROPPED}]{_MARKS}*)+|[^\n{_SEPARATORS}{_DROPPED}](?:[{_DROPPED}]{_MARKS}*)+"
)
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")
_LETTER = re.compile("[a-z0-9]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
#: The first character that stands for a unit of more than one character, or at the edge of a word; and the first of
#: those that are folded to a letter or digit of ASCII.
_FIRST_UNIT, _FIRST_LETTER = 0xF0000, 0x100000
_WORD = re.compile("([a-z0-9\U00100000-\U0010ffff]+)")
#: As many lines of a text are kept as they were turned into units: titles of sources stand at many items.
_KEPT_LINES = 10_000


@dataclass(frozen=True)
class Unit:
    """What one character of a text of units stands for.

    Attributes:
        folded: The folded character, a UTF-16 code unit.
        surface: What the text has instead, with only width and case folded.
        starts: Whether a word may start here: only letters and digits of ASCII have one before them.
        ends: Whether a word may end here.
        begins_line: Whether it begins a line of names.
    """

    folded: str
    surface: str
    starts: bool
    ends: bool
    begins_line: bool = False


class TextFolder:
    """Turns texts into units, one character for each character of the folded text.

    A character stands for itself unless it has more than one on its surface or is at the edge of a word.
    """

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}
        self._characters: dict[Unit, str] = {}
        self._folded: dict[int, str] = _Computed(lambda code: _fold_character(chr(code)))
        self._beginning: dict[str, str] = _Computed(
            lambda character: self._character(replace(self.unit(character), begins_line=True))
        )
        # by what the text has, its units
        self._runs: dict[str, str] = _Computed(self._run)
        self._words: dict[str, str] = _Computed(self._word)
        self._units_of_line = functools.lru_cache(_KEPT_LINES)(self._line)
        self._counts: Counter[str] = Counter()

    def units(self, text: str) -> str:
        """Return the units of ``text``; line breaks stay."""
        units = "\n".join(map(self._units_of_line, text.split("\n")))
        self._counts.update(_WORD.findall(units))
        return units

    def units_of_names(self, names: Sequence[str]) -> str:
        """Return the units of names, each on a line of its own; the first unit of each says that it begins a line."""
        lines = [self.units(name.replace("\n", " ")) for name in names]
        return "\n".join(line and self._beginning[line[0]] + line[1:] for line in lines)

    def words(self) -> Counter[str]:
        """Return how often each run of letters and digits of ASCII has occurred, folded."""
        words: Counter[str] = Counter()
        for word, count in self._counts.items():
            words[self.folded(word)] += count
        return words

    def folded(self, units: str) -> str:
        """Return the folded text of ``units``."""
        return units.translate(self._folded)

    def unit(self, character: str) -> Unit:
        """Return what a character of the units stands for."""
        unit = self._units.get(character)
        if unit is None:
            folded = _fold_character(character)
            is_outside = not _LETTER.match(folded)
            unit = self._units[character] = Unit(folded, character, is_outside, is_outside)
        return unit

    def _line(self, line: str) -> str:
        plain = unicodedata.normalize("NFKC", line).lower()
        if not plain.isascii():
            plain = _ASTRAL.sub(lambda match: _surrogates(match[0]), plain)
        plain = _RUN.sub(lambda match: self._runs[match[0]], _LINE_START.sub("", plain))
        parts = _WORD.split(plain)
        parts[1::2] = [self._words[word] for word in parts[1::2]]
        return "".join(parts)

    def _run(self, surface: str) -> str:
        folded = _fold_character(surface[0])
        is_outside = not _LETTER.match(folded)
        return self._character(Unit(folded, surface, is_outside, is_outside))

    def _word(self, word: str) -> str:
        if len(word) == 1:
            return self._at_edge(word, starts=True, ends=True)
        first = self._at_edge(word[0], starts=True, ends=False)
        return first + word[1:-1] + self._at_edge(word[-1], starts=False, ends=True)

    def _at_edge(self, character: str, *, starts: bool, ends: bool) -> str:
        unit = self.unit(character)
        return self._character(Unit(unit.folded, unit.surface, starts, ends))

    def _character(self, unit: Unit) -> str:
        character = self._characters.get(unit)
        if character is None:
            first = _FIRST_LETTER if _LETTER.match(unit.folded) else _FIRST_UNIT
            character = self._characters[unit] = chr(first + len(self._characters))
            self._units[character] = unit
            self._folded[ord(character)] = unit.folded
        return character


class _Computed(dict[_Key, str]):
    """A table that computes what is missing."""

    def __init__(self, compute: Callable[[_Key], str]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, key: _Key) -> str:
        value = self[key] = self._compute(key)
        return value


def _fold_character(character: str) -> str:
    code = ord(character)
    if character == "\n":
        return character
    if _SEPARATOR.match(character):
        return " "
    return _KATAKANA.get(code) or _VARIANTS.get(code, character)


def _surrogates(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(chr(int.from_bytes(units[index : index + 2], "big")) for index in (0, 2))
