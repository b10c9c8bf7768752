"""Writes the search index in parts, so that a reader loads only what a query needs.

Each part is a classic script, named by the digest of its content, or of that of its bunch: a page may load a script
from its own folder even where it may connect to nothing, and from disk. ``search/index.js`` lists them. ``browser/search/index-file.ts``
describes what is in each.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.site.search_part_files import Directory, PartWriter, parts_of, script
from tebiki.site.search_postings import (
    LONG_LIST,
    SearchedSection,
    encode_numbers,
    make_postings,
    to_json,
    utf8,
)

#: Writes what is well-formed text; the list of parts has sequences that end with half a character.
_json = msgspec.json.Encoder().encode
#: As many parts with names there are at most, since some queries need them all.
NAMES_PARTS = 4
#: So many levels of length lie between a length and twice as much.
_LEVELS = 2
_NAMES = ("title", "names", "readings", "id")
_CLASS = ("kind", "status", "superseded")
_PAGE_CLASS = ("audience", "status")
_SHOWN = (*_NAMES, "text", "notes", "source")


@dataclass(frozen=True)
class PartSizes:
    """The sizes of parts before compression, in bytes.

    Postings compress to a half, names to a fifth.

    Attributes:
        sections: The most sections in a part of the outline, each of which takes about one byte after compression.
        pages: Of a part with the heads of pages.
        postings: Of a part with postings, at least.
        piece: Of a file with postings, at most: 40 kB after compression. A part is longer if a list is.
        texts: Of a part with texts: what is shown stands in up to thirty of them.
        names: Of a part with names. The first one comes before anything else.
        counts: Of a part with counted names.
        words: Of a part with words.
        postings_growth: The least size of a part with postings, as a multiple of the cube root of what all hold together.
        words_growth: The same for parts with postings of words.
        listed: The number of parts with postings in a list.
        long_list: The length of a posting list that is not divided yet, at least.
    """

    sections: int = 30_000
    pages: int = 1500
    postings: int = 7000
    piece: int = 50_000
    texts: int = 11_000
    names: int = 45_000
    counts: int = 8_000
    words: int = 12_000
    postings_growth: int = 52
    words_growth: int = 60
    listed: int = 64
    long_list: int = LONG_LIST


def write_index(
    index: Mapping[str, Any], site: Path, sizes: PartSizes = PartSizes(), replaced: Path | None = None
) -> None:
    """Write a search index in parts.

    Args:
        index: The index; ``pages`` holds the pages with their sections. The ``source`` of a section is title and date.
        site: The site of its language.
        sizes: The sizes of its parts.
        replaced: The site of its language that this one replaces.
    """
    pages = index["pages"]
    sections = [section for page in pages for section in page["sections"]]
    names, counted = _names(pages, sizes.names)
    postings = make_postings([*map(_searched, sections)], sizes.long_list, counted)
    outline = _Outline(sizes.sections)
    lengths = iter(postings.lengths)
    for page in pages:
        outline.add(page, list(itertools.islice(lengths, len(page["sections"]))))
    texts = [_json(_kept(section, _SHOWN)) for section in sections]
    writer = PartWriter((site / SEARCH_INDEX).parent, (replaced / SEARCH_INDEX).parent if replaced else None)
    head = {
        **{key: value for key, value in index.items() if key != "pages"},
        "outline": [writer.write(content) for content in outline.parts()],
        "pages": writer.write_bunches([_json(_head(page)) for page in pages], sizes.pages),
        "names": [writer.write(content) for content in names],
        "counts": writer.write_bunches(postings.names, sizes.counts),
        "texts": writer.write_bunches(texts, sizes.texts),
        "postings": write_postings(writer, list(postings.entries), sizes.postings_growth, sizes),
        "long": postings.long,
        "wordPostings": write_postings(writer, postings.words, sizes.words_growth, sizes),
        "vocabulary": [writer.write_words(order, sizes.words) for order in _vocabulary(postings.frequencies)],
        "classes": _as_objects(_CLASS, outline.classes),
        "pageClasses": _as_objects(_PAGE_CLASS, outline.page_classes),
    }
    (site / SEARCH_INDEX).write_bytes(script(index["language"], utf8(to_json(head))))


def write_postings(writer: PartWriter, entries: Sequence[bytes], growth: int, sizes: PartSizes) -> Directory:
    """Write parts with postings.

    A query loads some of them, lists of these, and the list of lists: with the cube root of what the parts hold together,
    all three grow alike.
    """
    size = max(sizes.postings, int(growth * math.cbrt(sum(map(len, entries)))))
    return writer.write_postings(entries, size, sizes.piece, sizes.listed)


def _vocabulary(frequencies: Mapping[str, int]) -> Iterator[list[tuple[str, bytes]]]:
    """The English words with how often each occurs, in both orders in which a reader looks for similar ones.

    Each is what it is sorted by, and its entry in JSON; words are letters of ASCII.
    """
    entries = [(word, f'["{word}",{count}]'.encode()) for word, count in frequencies.items()]
    yield sorted(entries)
    yield sorted((word[::-1], entry) for word, entry in entries)


def _names(pages: Iterable[Mapping[str, Any]], size: int) -> tuple[list[bytes], list[int]]:
    """Divide names by section into parts, those first that are searched for most.

    These are the names of sections with readings, such as terms, then of pages and of sections with other names. Those
    of all other sections are in parts behind them. Names for which there is no space in as many parts as a reader may
    load are left out; they are found by their text.

    Returns:
        The parts, and the numbers of the sections in the first one.
    """
    groups: tuple[list[tuple[int, Mapping[str, Any]]], ...] = ([], [], [])
    numbers = itertools.count()
    for page in pages:
        for index, section in enumerate(page["sections"]):
            group = 0 if "readings" in section else 1 if index == 0 or "names" in section else 2
            groups[group].append((next(numbers), section))
    known = [*groups[0], *groups[1]]
    parts: list[tuple[int, bytes]] = []
    for ordered in (known, groups[2]):
        entries = (_json((number, _kept(section, _NAMES))) for number, section in ordered)
        parts += itertools.islice(parts_of(entries, size), NAMES_PARTS - len(parts))
    first = known[: parts[1][0] or None] if len(parts) > 1 else known
    return [content for _, content in parts], [number for number, _ in first]


def _searched(section: Mapping[str, Any]) -> SearchedSection:
    names = [*section.get("names", ()), *section.get("readings", ())]
    return SearchedSection(section["title"], names, section.get("text", ""), section.get("notes", ""))


class _Outline:
    """What ranking needs of all pages, in columns, since equal things compress well beside each other."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.page_classes: dict[tuple[Any, ...], int] = {}
        self.classes: dict[tuple[Any, ...], int] = {}
        self._columns: list[_Columns] = []

    def add(self, page: Mapping[str, Any], lengths: Sequence[tuple[int, ...]]) -> None:
        """Add a page with the lengths of the fields of its sections."""
        if not self._columns or len(self._columns[-1].classes) + len(lengths) > self._size:
            self._columns.append(_Columns())
        columns = self._columns[-1]
        page_class = (tuple(page["audience"]), page.get("status"))
        columns.pages += (self.page_classes.setdefault(page_class, len(self.page_classes)), len(lengths))
        for section, of_fields in zip(page["sections"], lengths, strict=True):
            properties = tuple(map(section.get, _CLASS))
            number = self.classes.setdefault(properties, len(self.classes))
            columns.classes.append(number)
            columns.title_levels[number].append(_level(of_fields[0]))
            columns.levels[number].append(_level(sum(of_fields) + len(of_fields)))

    def parts(self) -> Iterator[bytes]:
        """The parts, each a list of the columns."""
        for columns in self._columns:
            levels = [
                encode_numbers(by_class[number])
                for by_class in (columns.title_levels, columns.levels)
                for number in range(len(self.classes))
            ]
            yield _json([encode_numbers(columns.pages), encode_numbers(columns.classes), levels])


@dataclass
class _Columns:
    """A part of the outline; lengths are apart by class, whose sections are about as long."""

    pages: list[int] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    title_levels: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    levels: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


@functools.cache
def _level(length: int) -> int:
    """A length as a small number, which ranking takes for all lengths that are about as long."""
    return round(_LEVELS * math.log2(1 + length))


def _as_objects(names: tuple[str, ...], classes: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Classes with the names of their properties."""
    return [
        {key: value for key, value in zip(names, properties, strict=True) if value is not None}
        for properties in classes
    ]


def _head(page: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of a page."""
    return {**_kept(page, ("path", "id")), "title": page["sections"][0]["title"] if page["sections"] else ""}


def _kept(entry: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: entry[key] for key in keys if key in entry}
