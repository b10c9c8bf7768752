"""Postings of the search: where each sequence of folded characters stands in the names and texts of a language.

Sequences of two characters have a posting list. Where a list becomes long, those of three and more characters that
begin with them take its place, so that a reader loads a short list for any query; the long one then only counts its
occurrences in each section, unless it has a space at an end, since no query has. So do the lists of single
characters. ``browser/search/postings.ts`` reads them.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import add, sub

from tebiki.site.search_folding import TextFolder

#: A list of more occurrences is divided, up to sequences of _MAX_LENGTH characters.
LONG_LIST = 3000
_MAX_LENGTH = 10
#: In a text of more characters, that length grows with this power of them, or ever more of the text would be divided;
#: with a higher one, searches take longer.
_LARGE_TEXT, _GROWTH = 800_000, 0.75
#: The lists of about as many characters are made together, so that those characters stay near the processor.
_BLOCK = 1 << 20
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
_numbers = partial(array, "I")

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
        long_list: The length of a list that is not divided yet, unless the text is large.
    """
    folder = TextFolder()
    units, lengths = _units(sections, folder)
    words: Counter[str] = Counter()
    for run, count in folder.words().items():
        for word in _LATIN_WORD.findall(run):
            words[word] += count
    long_list = int(long_list * max(1, len(units) / _LARGE_TEXT) ** _GROWTH)
    lists = _Lists(units, lengths, folder, long_list)
    return Postings(lengths, lists.entries(), words)


def _units(
    sections: Iterable[SearchedSection], folder: TextFolder
) -> tuple[str, list[tuple[int, int, int, int]]]:
    """Return all fields in units, each with a line break at its end, and the lengths of those of each section."""
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
    return "".join(f"{field}\n" for section in fields for field in section), lengths


class _Node:
    """A folded sequence, and those that are longer.

    Attributes:
        sequence: The sequence.
        longer: By their last characters, the sequences that are longer by one; None before it is divided.
        lists: By its variants, in units, the positions; once it is divided, for each field with occurrences eight
            times its number, and their count less 1.
    """

    __slots__ = ("lists", "longer", "sequence")

    def __init__(self, sequence: str) -> None:
        self.sequence = sequence
        self.longer: dict[str, _Node] | None = None
        self.lists: dict[str, array[int]] = defaultdict(_numbers)


def _in_order(nodes: dict[str, _Node]) -> Iterator[_Node]:
    """The nodes and those that are longer, sorted by their sequences; they leave ``nodes``, with what they hold."""
    for last in sorted(nodes):
        node = nodes.pop(last)
        yield node
        yield from _in_order(node.longer or {})


class _Lists:
    """All lists of a language.

    Args:
        units: All fields, each with a line break at its end.
        lengths: The lengths of the fields of each section.
        folder: What has made the units.
        long_list: The length of a list that is not divided yet.
    """

    def __init__(
        self, units: str, lengths: Iterable[Sequence[int]], folder: TextFolder, long_list: int
    ) -> None:
        self._units = units
        self._folder = folder
        self._long_list = long_list
        self._nodes: dict[str, _Node] = {}
        # of each unit, counts as in a divided node
        self._counted: dict[str, array[int]] = defaultdict(_numbers)
        # for each position the number of its field, of which a section has four
        self._fields = _numbers()
        start = end = 0
        for number, length in enumerate(chain.from_iterable(lengths)):
            for unit, count in Counter(units[end : end + length]).items():
                self._counted[unit].append(_field_and_count(number, count))
            self._fields += _numbers((number,)) * (length + 1)
            end += length + 1
            if end - start >= _BLOCK:
                self._add_block(start, end)
                start = end
        self._add_block(start, end)

    def entries(self) -> Iterator[Entry]:
        """The entries of all sequences."""
        self._counted.pop(" ", None)
        for unit, counts in self._counted.items():
            if node := self._nodes.get(self._folder.unit(unit).folded):
                node.lists[unit] = counts
        return map(self._entry, _in_order(self._nodes))

    def _add_block(self, start: int, end: int) -> None:
        """Add the sequences that begin in some whole fields."""
        text = self._units[start:end]
        pairs: dict[str, array[int]] = defaultdict(_numbers)
        for position, pair in enumerate(map(add, text, text[1:]), start):
            pairs[pair].append(position)
        by_first: dict[str, dict[str, array[int]]] = defaultdict(dict)
        for pair, positions in pairs.items():
            by_first[self._folder.unit(pair[0]).folded][pair] = positions
        # a sequence may end with a line, so that no position is lost, and never begin with it
        by_first.pop("\n", None)
        for first, lists in by_first.items():
            if first not in self._nodes:
                self._nodes[first] = _Node(first)
            self._add_longer(self._nodes[first], lists)

    def _add(self, node: _Node, variants: dict[str, array[int]]) -> None:
        """Add the positions of the variants of a sequence."""
        if node.longer is None:
            for units, positions in variants.items():
                node.lists[units].extend(positions)
            if not self._is_long(node):
                return
            variants, node.lists = node.lists, defaultdict(_numbers)
        if node.sequence.strip(" ") == node.sequence:  # nobody searches for a space at an end
            for units, positions in variants.items():
                node.lists[units].extend(self._counts(positions))
        self._add_longer(node, self._continued(variants))

    def _is_long(self, node: _Node) -> bool:
        size = sum(map(len, node.lists.values()))
        return size > self._long_list and len(node.sequence) < _MAX_LENGTH and node.sequence[-1] != "\n"

    def _add_longer(self, node: _Node, lists: dict[str, array[int]]) -> None:
        """Divide ``node`` if it is not, and add lists of sequences that are longer by one."""
        groups: dict[str, dict[str, array[int]]] = defaultdict(dict)
        for units, positions in lists.items():
            groups[self._folder.unit(units[-1]).folded][units] = positions
        if node.longer is None:
            node.longer = {}
        for last, variants in groups.items():
            child = node.longer.get(last)
            if child is None:
                child = node.longer[last] = _Node(node.sequence + last)
            self._add(child, variants)

    def _continued(self, variants: dict[str, array[int]]) -> dict[str, array[int]]:
        """The lists of the sequences that are one unit longer."""
        units = self._units
        longer: dict[str, array[int]] = {}
        for sequence, positions in variants.items():
            length = len(sequence)
            by_unit: dict[str, array[int]] = defaultdict(_numbers)
            for position in positions:
                by_unit[units[position + length]].append(position)
            for unit, continued in by_unit.items():
                longer[sequence + unit] = continued
        return longer

    def _counts(self, positions: Iterable[int]) -> list[int]:
        """The counts of fields at sorted positions."""
        fields = self._fields
        counts = Counter([fields[position] for position in positions])
        return [_field_and_count(field, count) for field, count in counts.items()]

    def _entry(self, node: _Node) -> Entry:
        entry: Entry = [node.sequence, int(node.longer is not None)]
        for units, numbers in node.lists.items():
            first, last = self._folder.unit(units[0]), self._folder.unit(units[-1])
            surface = "".join(self._folder.unit(unit).surface for unit in units)
            key = str(first.starts + 2 * last.ends + 4 * first.begins_line)
            entry.append(key if surface == node.sequence else key + surface)
            listed = numbers.tolist()
            # counts are no part of the differences
            before = listed if node.longer is None else [number & ~7 for number in listed]
            entry.append(encode_numbers(map(sub, listed, chain((0,), before))))
        return entry


def _field_and_count(field: int, count: int) -> int:
    """Eight times the number of a field, and its count less 1."""
    return 8 * field + (count if count < _MAX_COUNT else _MAX_COUNT) - 1


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
