"""Postings of the search: where each sequence of folded characters stands in the names and texts of a language.

Sequences of two characters have a posting list. Where a list becomes long, those of three and more characters that
begin with them take its place, so that a reader loads a short list for any query; the long one then only counts its
occurrences in each field, unless it ends with a space, since no query does. So do the lists of single characters. A list
that is not long is divided as well, if one more character makes a long sequence of what is behind its first one and a
space: else only long lists, or all that they are divided into, would tell where a query ends. No sequence begins with a
space. The indexer makes the lists (``search_indexer``), and ``browser/search/postings.ts`` reads them.

An entry is a list in JSON: the sequence; whether its lists count (1) or hold positions (0); then a variant and its
list, for each variant. A variant is a character, followed by what the text has instead of the sequence, if it is not
the same. The character is as many places behind the digit 0 as the sum of 1, if a word may start at the sequence, 2, if a
word may end with it, 4, if it begins a name, and 8, if it ends one. A list that counts
has for each field with occurrences eight times the difference of its number from that before, and their count less 1. A
list of positions has for each occurrence twice the difference of its position in the field; in another field than the
one before instead of it twice the difference of their numbers, and 1, and then the position.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tebiki.model.message import Message
from tebiki.site.builders import BuildError
from tebiki.site.search_folding import folded, kinds_of_code_units, normalized
from tebiki.site.search_indexer import Indexer

#: A list of more occurrences is divided.
LONG_LIST = 3000
#: In a text of more characters, that length grows with this power of them, or ever more of the text would be divided;
#: with a higher one, searches take longer.
_LARGE_TEXT, _GROWTH = 800_000, 0.75
#: About as many characters are read to find out which lists are long, from all parts of the text.
_SAMPLE = 1_000_000
#: The fields of a section.
_FIELDS = 4
#: The indexer counts positions with 27 bits.
MOST_CODES = (1 << 27) - 1
#: About as many characters are given to the indexer at a time.
_CHUNK = 1 << 18
#: Ends of English words, and what the reader's script puts in their place to find both numbers (query.ts).
_ENDINGS = (
    (re.compile(r"ies\Z"), "y"),
    (re.compile(r"(?:ss|us|is)\Z"), None),
    (re.compile(r"(?<=ch|sh|ss)es\Z|(?<=x)es\Z"), ""),
    (re.compile(r"s\Z"), ""),
    (re.compile(r"(?<=[^aeiou])y\Z"), "ies"),
)
_JOINTS = re.compile(r"[ -]+")
_ENGLISH = re.compile(r"(?:[!-~]+ )*[a-z]{4,}")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#: Writes JSON, which ``utf8`` turns into bytes.
to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Postings:
    """All postings of a language.

    Attributes:
        lengths: The lengths of the folded title, names, text and notes of each section.
        frequencies: How often each English word occurs.
        long: The sequences with long lists that no longer one begins with.
        words: The entries of English words in JSON, sorted by these.
        names: For each section whose names are counted, a list of the entries in JSON of those that none before it has.
        entries: The entries in JSON, sorted by their sequences.
    """

    lengths: list[tuple[int, ...]]
    frequencies: dict[str, int]
    long: list[str]
    words: list[bytes]
    names: list[bytes]
    entries: Iterator[bytes]


class SearchedSection(NamedTuple):
    """What is searched of a section: its fields, in this order."""

    title: str
    names: Sequence[str]
    text: str
    notes: str


def make_postings(
    sections: Sequence[SearchedSection], long_list: int = LONG_LIST, counted: Sequence[int] = ()
) -> Postings:
    """Make the postings of ``sections``.

    Args:
        sections: The sections.
        counted: The numbers of the sections whose names are counted as a whole.
        long_list: The length of a list that is not divided yet, unless the text is large.

    Raises:
        BuildError: There is more text than the indexer can take.
    """
    indexer = Indexer()
    _add_sections(indexer, sections)
    starts = indexer.read_numbers(indexer.call("fieldStarts"))
    lengths = [end - start - 1 for start, end in itertools.pairwise(starts)]
    counts = indexer.read_numbers(indexer.call("wordCounts"))
    words = _texts(indexer, "wordCodes", "wordStarts")
    long_list = int(long_list * max(1, starts[-1] / _LARGE_TEXT) ** _GROWTH)
    ranks = _sort(indexer, long_list, max(1, starts[-1] // _SAMPLE))
    return Postings(
        list(zip(*[iter(lengths)] * _FIELDS, strict=True)),
        dict(zip(words, counts, strict=True)),
        json.loads(indexer.call_for_bytes("writeLongSequences")) if ranks else [],
        _counted_words(indexer, words) if ranks else [],
        _counted_names(indexer, sections, counted, ranks),
        _entries(indexer) if ranks else iter(()),
    )


def _add_sections(indexer: Indexer, sections: Iterable[SearchedSection]) -> None:
    """Give all fields to the indexer, each with a line break at its end."""
    line_counts = array("I")
    chunks: list[bytes] = []
    fields: list[str] = []
    size = 0

    def end_chunk() -> None:
        text = normalized("".join([f"{field}\n" for field in fields]))
        chunks.append(text.encode("utf-16-le", "surrogatepass"))

    for section in sections:
        title, *others = (name.replace("\n", " ") for name in (section.title, *section.names))
        names = "\n".join(others)
        text, notes = section.text, section.notes
        line_counts.extend((1, max(1, len(others)), text.count("\n") + 1, notes.count("\n") + 1))
        fields += (title, names, text, notes)
        size += len(title) + len(names) + len(text) + len(notes)
        if size > _CHUNK:
            end_chunk()
            fields, size = [], 0
    end_chunk()

    all_codes = sum(map(len, chunks)) // 2
    if all_codes > MOST_CODES:
        raise BuildError(Message("site.build.too-much-text", count=all_codes, most=MOST_CODES))
    input_codes = indexer.new_codes(max(map(len, chunks)) // 2)
    kinds = indexer.put_bytes(kinds_of_code_units())
    indexer.call("begin", kinds, indexer.put_numbers(line_counts), all_codes, input_codes)
    for chunk in chunks:
        indexer.write(input_codes, chunk)
        indexer.call("add", len(chunk) // 2)


def _sort(indexer: Indexer, long_list: int, share: int) -> dict[str, int]:
    """Sort all positions; returns the place of each folded character among all in their order."""
    characters = _texts(indexer, "characterCodes", "characterStarts")
    if not characters:
        return {}
    folded_to = [folded(character[0]) for character in characters]
    in_order = sorted(set(folded_to))
    ranks = {character: rank for rank, character in enumerate(in_order)}
    surfaces = [
        "" if character == own else character for character, own in zip(characters, folded_to, strict=True)
    ]
    texts = [utf8(to_json(text)[1:-1]) for text in (*in_order, *surfaces)]
    ends = itertools.accumulate(map(len, texts))
    indexer.call(
        "sort",
        indexer.put_numbers([ranks[character] for character in folded_to]),
        len(in_order),
        ranks["\n"],
        ranks.get(" ", len(in_order)),
        indexer.put_numbers([*ends]),
        indexer.put_bytes(b"".join(texts)),
        long_list,
        share,
    )
    return ranks


def _counted_words(indexer: Indexer, words: list[str]) -> list[bytes]:
    """The entries of words, and of these in the other number, which people search for as well."""
    others = sorted({other for word in words if (other := _other_number(word))} - set(words))
    codes = "".join(f"{other}\n" for other in others).encode("utf-16-le")
    address = indexer.new_codes(len(codes) // 2)
    indexer.write(address, codes)
    indexer.call("addWords", address)
    words = words + others
    order = sorted(range(len(words)), key=words.__getitem__)
    indexer.call("countWords", indexer.put_numbers(order))
    return [*_written(indexer, "writeWords")]


def _counted_names(
    indexer: Indexer, sections: Sequence[SearchedSection], counted: Sequence[int], ranks: dict[str, int]
) -> list[bytes]:
    """For each of the ``counted`` sections the entries of its names, and of the other number of English ones.

    A name has one entry, which is that of the first section with it.
    """
    if not counted:
        return []
    starts = indexer.read_numbers(indexer.call("fieldStarts"))
    strings: list[int] = []
    sizes = []
    for number in counted:
        title, names = sections[number][:2]
        others = [other for name in (title, *names) if (other := _other_number(name))]
        others = [other for other in others if ranks.keys() >= set(other)]
        field = number * _FIELDS
        strings += (starts[field], starts[field + 2], len(others))
        for other in others:
            strings += (len(other), *map(ranks.__getitem__, other))
        sizes.append(1 + max(1, len(names)) + len(others))
    entries = iter(indexer.call_for_bytes("writeCounts", indexer.put_numbers(strings)).split(b"\n"))
    return [b"[%b]" % b",".join(filter(None, itertools.islice(entries, size))) for size in sizes]


def _other_number(name: str) -> str | None:
    """An English name in the singular for the plural, or the other way round; None for any other."""
    if not name.isascii():
        return None
    words = _JOINTS.sub(" ", name.lower())
    if not _ENGLISH.fullmatch(words):
        return None
    for ending, other in _ENDINGS:
        if ending.search(words):
            return None if other is None else ending.sub(other, words)
    return None


def _entries(indexer: Indexer) -> Iterator[bytes]:
    """The entries of all sequences."""
    return _written(indexer, "write")


def _written(indexer: Indexer, function: str) -> Iterator[bytes]:
    """All entries that a function of the indexer writes, some at a time."""
    while written := indexer.call_for_bytes(function):
        yield from written[:-1].split(b"\n")


def _texts(indexer: Indexer, codes: str, starts: str) -> list[str]:
    """The texts that the indexer has found."""
    all_codes = indexer.read(indexer.call(codes))
    limits = indexer.read_numbers(indexer.call(starts))
    return [
        all_codes[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        for start, end in itertools.pairwise(limits)
    ]


def utf8(text: str) -> bytes:
    """Encode JSON; halves of a character that UTF-16 divides are escaped as JSON has it."""
    return text.encode(errors="backslashreplace")


def encode_numbers(numbers: Iterable[int]) -> str:
    """Write numbers one after another: five bits in a digit, the lowest first; 32 is added where more follow."""
    return "".join(map(_encode_number, numbers))


@functools.cache
def _encode_number(number: int) -> str:
    return _DIGITS[number] if number < 32 else _DIGITS[number & 31 | 32] + _encode_number(number >> 5)
