"""The posting lists of any texts are those of a slow model, which follows each sequence by itself."""

from __future__ import annotations

import itertools
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from tebiki.site.search_postings import SearchedSection, encode_numbers, make_postings

SEPARATORS, DROPPED, MARKS = set(" -\t–"), set("ー・\u00ad"), set("\u0301\u3099")
FOLDED = {"カ": "か", "ガ": "が", "國": "国", **dict.fromkeys(SEPARATORS, " ")}
LETTERS = "abc"
ALPHANUMERIC = set(LETTERS + "1")
LONGEST = 8
LONG_LIST = 3

#: Few characters, so that sequences repeat.
CHARACTERS = "aaabbc1 \n" + "A１ー・カか國" + '-–\t\u00ad\u0301\u3099🎌\ud83c"\\'
texts = st.text(CHARACTERS, max_size=60)
names = st.text(CHARACTERS, max_size=8)
sections = st.builds(SearchedSection, names, st.lists(names, max_size=3), texts, texts)


Entry = tuple[int, dict[str, str]]


@dataclass
class Unit:
    """A character of the folded text."""

    folded: str
    surface: str
    starts: bool = True
    ends: bool = True
    begins_name: bool = False
    ends_name: bool = False


def units_of(line: str, is_name: bool) -> list[Unit]:
    """The units of a line, and its end."""
    units: list[Unit] = []
    is_dropped = False
    codes = unicodedata.normalize("NFKC", line).lower().encode("utf-16-le", "surrogatepass")
    for code in (codes[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(codes), 2)):
        is_dropped = code in DROPPED or (is_dropped and code in MARKS)
        if is_dropped or (code in SEPARATORS and (not units or units[-1].folded == " ")):
            if units:
                units[-1].surface += code
        else:
            units.append(Unit(FOLDED.get(code, code), code))
    for before, following in itertools.pairwise(units):
        if before.folded in ALPHANUMERIC and following.folded in ALPHANUMERIC:
            before.ends = following.starts = False
    if units and is_name:
        units[0].begins_name = units[-1].ends_name = True
    return [*units, Unit("\n", "\n")]


def fields_of(section: SearchedSection) -> list[list[Unit]]:
    """The units of the four fields."""
    title, *others = (name.replace("\n", " ") for name in (section.title, *section.names))
    fields = ([title], others or [""], section.text.split("\n"), section.notes.split("\n"))
    return [
        list(itertools.chain.from_iterable(units_of(line, number < 2) for line in lines))
        for number, lines in enumerate(fields)
    ]


class Model:
    """The text of some fields, and the entries of its sequences: whether they count, and each variant with its list."""

    def __init__(self, fields: Sequence[list[Unit]]) -> None:
        self.units = list(itertools.chain.from_iterable(fields))
        self.places = [
            (number, position) for number, field in enumerate(fields) for position in range(len(field))
        ]
        self.folded = "".join(unit.folded for unit in self.units)

    def entries(self) -> dict[str, Entry]:
        """The entries of all sequences; none begins with a space, and none is a character with a line break."""
        folded = self.folded
        entries = {}
        long = self.long_sequences()
        shorter = {"", *(sequence[:-1] for sequence in long)}
        sequences = {character: 1 for character in folded if character not in "\n "}
        while sequences:
            sequence, length = sequences.popitem()
            positions = self.positions(sequence)
            counts = length == 1 or sequence in long
            is_divided = counts or sequence[1:].removeprefix(" ") in shorter
            if is_divided:
                longer = {folded[at : at + length + 1]: length + 1 for at in positions}
                sequences |= {
                    text: size for text, size in longer.items() if size > 2 or not text.endswith("\n")
                }
            if not is_divided or (counts and not sequence.endswith(" ")):
                entries[with_pairs(sequence)] = self.entry(sequence, positions, is_divided=is_divided)
        return entries

    def long_sequences(self) -> set[str]:
        """The sequences of two and more characters that occur often."""
        text = self.folded
        sequences = Counter(
            text[at : at + length] for length in range(2, LONGEST + 1) for at in range(len(text) - length + 1)
        )
        return {
            sequence
            for sequence, count in sequences.items()
            if count > LONG_LIST and sequence[0] != " " and "\n" not in sequence
        }

    def counts(self, text: str) -> Entry:
        """The entry of a text that is counted as a whole: where it does not overlap itself."""
        apart: list[int] = []
        for at in self.positions(text):
            if not apart or at >= apart[-1] + len(text):
                apart.append(at)
        return self.entry(text, apart, is_divided=True)

    def positions(self, sequence: str) -> list[int]:
        return [at for at in range(len(self.folded)) if self.folded.startswith(sequence, at)]

    def entry(self, sequence: str, positions: list[int], *, is_divided: bool) -> Entry:
        variants = defaultdict(list)
        for at in positions:
            first, last = self.units[at], self.units[at + len(sequence) - 1]
            surface = "".join(unit.surface for unit in self.units[at : at + len(sequence)])
            bits = first.starts + 2 * last.ends + 4 * first.begins_name + 8 * last.ends_name
            key = chr(ord("0") + bits)
            variants[key if surface == sequence else key + surface].append(at)
        write = counts_in_fields if is_divided else positions_in_fields
        lists = {
            with_pairs(key): encode_numbers(write([self.places[at] for at in listed]))
            for key, listed in variants.items()
        }
        return int(is_divided), lists


def counts_in_fields(places: Sequence[tuple[int, int]]) -> Iterator[int]:
    """For each field with occurrences eight times the difference of its number, and their count less 1."""
    before = 0
    for field, count in Counter(field for field, _position in places).items():
        yield 8 * (field - before) + min(count, 8) - 1
        before = field


def positions_in_fields(places: Sequence[tuple[int, int]]) -> Iterator[int]:
    """For each occurrence twice the difference of its position; in another field that of its number, and its position."""
    field_before, position_before = -1, 0
    for field, position in places:
        if field == field_before:
            yield 2 * (position - position_before)
        else:
            yield 2 * (field - max(field_before, 0)) + 1
            yield position
        field_before, position_before = field, position


def with_pairs(text: str) -> str:
    """The text with one character for two code units that stand for one, as JSON is read."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def code_units(text: str) -> bytes:
    """What scripts sort texts by."""
    return text.encode("utf-16-be", "surrogatepass")


def read_entry(entry: bytes) -> tuple[str, Entry]:
    """An entry as the model has it."""
    sequence, is_divided, *lists = json.loads(entry)
    variants: dict[str, Any] = dict(zip(lists[::2], lists[1::2], strict=True))
    return sequence, (is_divided, variants)


@given(st.lists(sections, max_size=4))
@example([])
@example([SearchedSection("", (), "", "")])
@example([SearchedSection("abab", ("カー", "ｶ"), "ab" * 40 + "\n - a", "")] * 3)
def test_postings_are_those_of_the_model(sections: list[SearchedSection]) -> None:
    fields = [field for section in sections for field in fields_of(section)]
    model = Model(fields)
    postings = make_postings(sections, LONG_LIST, range(len(sections)))
    entries = [read_entry(entry) for entry in postings.entries]
    expected = model.entries()
    long = [*map(code_units, postings.long)]
    assert {units[:end] for units in long for end in range(4, len(units) + 1, 2)} == {
        *map(code_units, model.long_sequences())
    }
    assert not {units[:-2] for units in long} & {*long}
    assert dict(entries) == expected
    assert [sequence for sequence, _ in entries] == sorted(expected, key=code_units)
    assert [*itertools.chain(*postings.lengths)] == [len(field) - 1 for field in fields]
    letters = "".join(letter if letter in LETTERS else " " for letter in model.folded)
    words = [word for word in letters.split() if len(word) >= 4]
    assert postings.frequencies == Counter(words)
    assert [read_entry(entry) for entry in postings.words] == [
        (word, model.counts(word)) for word in sorted(set(words))
    ]
    earlier: set[str] = set()
    for number, counted in enumerate(postings.names):
        names = "".join(unit.folded for field in fields[4 * number : 4 * number + 2] for unit in field)
        lines = [line for line in dict.fromkeys(names[:-1].split("\n")) if with_pairs(line) not in earlier]
        earlier.update(string for string, *_ in json.loads(counted))
        assert [read_entry(json.dumps(entry).encode()) for entry in json.loads(counted)][: len(lines)] == [
            (with_pairs(line), model.counts(line) if len(line) >= 3 else (1, {})) for line in lines
        ]
