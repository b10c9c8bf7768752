"""Postings of the search: where each sequence of folded characters stands in the names and texts of a language.

Sequences of two characters have a posting list. Where a list becomes long, those of three and more characters that
begin with them take its place, so that a reader loads a short list for any query; the long one then only counts its
occurrences in each section. So do the lists of single characters. ``browser/search/postings.ts`` reads them.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import sub

from tebiki.site.search_folding import TextFolder

#: A list of more occurrences is divided, up to sequences of _MAX_LENGTH characters.
LONG_LIST = 3000
_MAX_LENGTH = 10
#: A section with more occurrences ranks no higher.
_MAX_COUNT = 8
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#: The two lowest digits of a number: where more follow, and where no other does.
_FIRST_DIGITS = [_DIGITS[number & 31 | 32] + _DIGITS[number >> 5 | 32] for number in range(1024)]
_LAST_DIGITS = [
    _DIGITS[number] if number < 32 else _DIGITS[number & 31 | 32] + _DIGITS[number >> 5]
    for number in range(1024)
]
_LATIN_WORD = re.compile("[a-z]{4,}")

#: The sequence; whether the lists count (1) or hold positions (0); then a variant and its list, for each variant.
#: A variant is the sum of 1, if a word may start at the sequence, 2, if a word may end with it, and 4, if it begins a
#: name; followed by what the text has instead of the sequence, if it is not the same.
Entry = list[str | int]


@dataclass(frozen=True)
class Postings:
    """All postings of a language.

    Attributes:
        lengths: The lengths of the folded title, names, text and notes of each section.
        entries: The entries, sorted by their sequences.
        words: How often each English word occurs.
    """

    lengths: list[tuple[int, int, int, int]]
    entries: Iterator[Entry]
    words: Counter[str]


@dataclass(frozen=True)
class SearchedSection:
    """What is searched of a section: its fields, in this order."""

    title: str
    names: Sequence[str]
    text: str
    notes: str


def make_postings(sections: Iterable[SearchedSection], long_list: int = LONG_LIST) -> Postings:
    """Make the postings of ``sections``.

    Args:
        sections: The sections.
        long_list: The length of a list that is not divided yet.
    """
    folder = TextFolder()
    fields = [
        (
            folder.units_of_names([section.title]),
            folder.units_of_names(section.names),
            folder.units(section.text),
            folder.units(section.notes),
        )
        for section in sections
    ]
    lengths = [(len(title), len(names), len(text), len(notes)) for title, names, text, notes in fields]
    units = "".join(f"{field}\n" for section in fields for field in section)
    words = Counter(_LATIN_WORD.findall(folder.folded(units)))
    return Postings(lengths, _Lists(units, lengths, folder, long_list).entries(), words)


class _Lists:
    def __init__(
        self, units: str, lengths: Iterable[Sequence[int]], folder: TextFolder, long_list: int
    ) -> None:
        self._units = units
        self._folder = folder
        self._long_list = long_list
        # for each position the number of its field, of which a section has four
        self._fields = array("I")
        for number, length in enumerate(chain.from_iterable(lengths)):
            self._fields.extend([number] * (length + 1))

    def entries(self) -> Iterator[Entry]:
        """The entries of all sequences."""
        first: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for position, unit in enumerate(self._units):
            first[unit].append(position)
        first.pop(
            "\n", None
        )  # a sequence may end with a line, so that no position is lost, and never begin with it
        yield from self._entries_below("", self._by_folded(first))

    def _by_folded(self, lists: dict[str, array[int]]) -> dict[str, dict[str, array[int]]]:
        """Group lists of sequences of units by the folded form of their last unit."""
        groups: dict[str, dict[str, array[int]]] = defaultdict(dict)
        for sequence, positions in lists.items():
            groups[self._folder.unit(sequence[-1]).folded][sequence] = positions
        return groups

    def _entries_below(self, prefix: str, groups: dict[str, dict[str, array[int]]]) -> Iterator[Entry]:
        for last in sorted(groups):
            variants = groups.pop(last)
            sequence = prefix + last
            size = sum(map(len, variants.values()))
            is_divided = last != "\n" and (
                len(sequence) == 1 or (size > self._long_list and len(sequence) < _MAX_LENGTH)
            )
            yield self._entry(sequence, variants, is_divided)
            if is_divided:
                yield from self._entries_below(sequence, self._by_folded(self._continued(variants)))

    def _continued(self, variants: dict[str, array[int]]) -> dict[str, array[int]]:
        """The lists of the sequences that are one unit longer."""
        units = self._units
        longer: dict[str, array[int]] = {}
        for sequence, positions in variants.items():
            length = len(sequence)
            by_unit: dict[str, array[int]] = defaultdict(lambda: array("I"))
            for position in positions:
                by_unit[units[position + length]].append(position)
            for unit, continued in by_unit.items():
                longer[sequence + unit] = continued
        return longer

    def _entry(self, sequence: str, variants: dict[str, array[int]], is_divided: bool) -> Entry:
        entry: Entry = [sequence, int(is_divided)]
        for units, positions in variants.items():
            first, last = self._folder.unit(units[0]), self._folder.unit(units[-1])
            surface = "".join(self._folder.unit(unit).surface for unit in units)
            key = str(first.starts + 2 * last.ends + 4 * first.begins_line)
            entry.append(key if surface == sequence else key + surface)
            entry.append(self._counts(positions) if is_divided else encode_numbers(_differences(positions)))
        return entry

    def _counts(self, positions: array[int]) -> str:
        """The differences of the fields, each with its count less 1 in the last three bits."""
        fields = self._fields
        counts = Counter([fields[position] for position in positions])
        differences = _differences(list(counts))
        return encode_numbers(
            [
                8 * difference + (count if count < _MAX_COUNT else _MAX_COUNT) - 1
                for difference, count in zip(differences, counts.values(), strict=True)
            ]
        )


def _differences(numbers: Sequence[int]) -> list[int]:
    """Each number less the one before."""
    return [*numbers[:1], *map(sub, numbers[1:], numbers)]


def encode_numbers(numbers: Iterable[int]) -> str:
    """Write numbers one after another: five bits in a digit, the lowest first; 32 is added where more follow."""
    return "".join(
        [
            _LAST_DIGITS[number]
            if number < 1024
            else _FIRST_DIGITS[number & 1023] + _LAST_DIGITS[number >> 10]
            if number < 1 << 20
            else _FIRST_DIGITS[number & 1023] + encode_numbers([number >> 10])
            for number in numbers
        ]
    )
