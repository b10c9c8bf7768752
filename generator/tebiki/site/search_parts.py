"""Writes the search index in parts, so that a reader loads only what a query needs.

Each part is a classic script, named by the digest of its content, or of that of its bunch: a page may load a script
from its own folder even where it may connect to nothing, and from disk. ``search/index.js`` lists them. ``browser/search/index-file.ts``
describes what is in each.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tebiki.files import write_or_link
from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.site.search_postings import (
    LONG_LIST,
    SearchedSection,
    encode_numbers,
    make_postings,
    to_json,
    utf8,
)

_DIGEST_LENGTH = 12
_DECODER = json.JSONDecoder()
_Entry = TypeVar("_Entry", str, bytes)
#: The sizes of parts as a multiple of the square root of what they hold together.
POSTINGS_GROWTH = 4
TEXTS_GROWTH = 2
#: Parts with texts grow to this size only, since what is shown stands in up to thirty of them.
MAX_TEXTS = 6000
#: As many parts with texts have one name, or the list of all would be half names.
BUNCH = 16
#: So many levels of length lie between a length and twice as much.
_LEVELS = 3
_NAMES = ("title", "names", "readings")
_CLASS = ("kind", "status", "superseded")
_PAGE_CLASS = ("audience", "status")
_SHOWN = (*_NAMES, "id", "text", "notes", "source")


@dataclass(frozen=True)
class PartSizes:
    """The sizes of parts before compression, in characters, of postings in bytes.

    Postings compress to a half, names to a fifth.

    Attributes:
        sections: The most sections in a part of the outline, each of which takes about one byte after compression.
        pages: Of a part with the heads of pages.
        postings: Of a part with postings, at least.
        texts: Of a part with texts, at least.
        names: Of a part with names.
        words: Of a part with words.
        long_list: The length of a posting list that is not divided yet, at least.
    """

    sections: int = 30_000
    pages: int = 4000
    postings: int = 4000
    texts: int = 4000
    names: int = 150_000
    words: int = 80_000
    long_list: int = LONG_LIST


def grown_size(size: int, growth: int, entries: Iterable[str] | Iterable[bytes]) -> int:
    """The size of parts with many ``entries``, which is more than ``size``.

    A query loads some of the parts, and the list of all: with the square root of what the parts hold, both grow alike.
    """
    return max(size, int(growth * math.sqrt(sum(len(entry) for entry in entries))))


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
    postings = make_postings(map(_searched, sections), sizes.long_list)
    outline = _Outline(sizes.sections)
    lengths = iter(postings.lengths)
    for page in pages:
        outline.add(page, list(itertools.islice(lengths, len(page["sections"]))))
    names = ([_kept(section, _NAMES) for section in page["sections"]] for page in pages)
    texts = [to_json(_kept(section, _SHOWN)) for section in sections]
    size_of_texts = min(MAX_TEXTS, grown_size(sizes.texts, TEXTS_GROWTH, texts))
    entries = list(postings.entries)
    size_of_postings = grown_size(sizes.postings, POSTINGS_GROWTH, entries)
    writer = _PartWriter((site / SEARCH_INDEX).parent, (replaced / SEARCH_INDEX).parent if replaced else None)
    head = {
        **{key: value for key, value in index.items() if key != "pages"},
        "outline": [writer.write(_digest(content), content) for content in outline.parts()],
        "pages": writer.write_bunches([to_json(_head(page)) for page in pages], sizes.pages),
        "names": [name for _, name in writer.write_parts(_parts(map(to_json, names), sizes.names))],
        "texts": writer.write_bunches(texts, size_of_texts),
        "postings": [
            (_sequence(entries[start]), name)
            for start, name in writer.write_parts(_byte_parts(entries, size_of_postings))
        ],
        "vocabulary": [
            name
            for _, name in writer.write_parts(
                _parts(map(to_json, sorted(postings.words.items())), sizes.words)
            )
        ],
        "classes": _as_objects(_CLASS, outline.classes),
        "pageClasses": _as_objects(_PAGE_CLASS, outline.page_classes),
    }
    (site / SEARCH_INDEX).write_bytes(_script(index["language"], utf8(to_json(head))))


class _PartWriter:
    """Writes parts to a folder, in which no parts of an earlier index stay."""

    def __init__(self, folder: Path, replaced: Path | None) -> None:
        for file in folder.glob("*.js"):
            file.unlink()
        self._folder = folder
        self._replaced = replaced
        self._names: set[str] = set()

    def write_parts(self, parts: Iterable[tuple[int, bytes]]) -> list[tuple[int, str]]:
        """Write parts, each with the number of its first entry; returns that number and the name of each."""
        return [(start, self.write(_digest(content), content)) for start, content in parts]

    def write_bunches(self, entries: Sequence[str], size: int) -> list[tuple[str, str]]:
        """Write parts of about ``size`` characters.

        Returns:
            The name of each bunch of parts, and how many entries each of its parts has.
        """
        parts = list(_parts(entries, size))
        starts = [*(start for start, _ in parts), len(entries)]
        bunches = []
        for first in range(0, len(parts), BUNCH):
            contents = [content for _, content in parts[first : first + BUNCH]]
            name = _digest(b"\n".join(contents))
            for number, content in enumerate(contents):
                self.write(f"{name}-{number}", content)
            limits = itertools.pairwise(starts[first : first + BUNCH + 1])
            bunches.append((name, encode_numbers(end - start for start, end in limits)))
        return bunches

    def write(self, name: str, content: bytes) -> str:
        """Write a part, which the replaced site may have already, and return its name."""
        if name not in self._names:  # two parts may hold the same
            self._names.add(name)
            file = f"{name}.js"
            earlier = self._replaced and self._replaced / file
            write_or_link(self._folder / file, _script(name, content), earlier)
        return name


def _searched(section: Mapping[str, Any]) -> SearchedSection:
    names = [*section.get("names", ()), *section.get("readings", ())]
    return SearchedSection(section["title"], names, section.get("text", ""), section.get("notes", ""))


class _Outline:
    """What ranking needs of all pages, in columns, since equal things compress well beside each other."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.page_classes: dict[tuple[Any, ...], int] = {}
        self.classes: dict[tuple[Any, ...], int] = {}
        self._columns: list[tuple[list[int], ...]] = []

    def add(self, page: Mapping[str, Any], lengths: Sequence[tuple[int, ...]]) -> None:
        """Add a page with the lengths of the fields of its sections."""
        if not self._columns or len(self._columns[-1][1]) + len(lengths) > self._size:
            self._columns.append(([], [], [], []))
        pages, classes, title_levels, levels = self._columns[-1]
        page_class = (tuple(page["audience"]), page.get("status"))
        pages += (self.page_classes.setdefault(page_class, len(self.page_classes)), len(lengths))
        for section, of_fields in zip(page["sections"], lengths, strict=True):
            properties = tuple(map(section.get, _CLASS))
            classes.append(self.classes.setdefault(properties, len(self.classes)))
            title_levels.append(_level(of_fields[0]))
            levels.append(_level(sum(of_fields) + len(of_fields)))

    def parts(self) -> Iterator[bytes]:
        """The parts, each a list of the columns."""
        return (utf8(to_json([*map(encode_numbers, columns)])) for columns in self._columns)


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


def _parts(entries: Iterable[str], size: int) -> Iterator[tuple[int, bytes]]:
    """Divide entries in JSON, in their order, into parts of about ``size`` characters.

    Returns:
        The number of the first entry of each part, and the part as JSON.
    """
    return ((start, utf8(f"[{','.join(part)}]")) for start, part in _divided(entries, size))


def _byte_parts(entries: Iterable[bytes], size: int) -> Iterator[tuple[int, bytes]]:
    """The same with entries in UTF-8, and about ``size`` bytes."""
    return ((start, b"[%b]" % b",".join(part)) for start, part in _divided(entries, size))


def _divided(entries: Iterable[_Entry], size: int) -> Iterator[tuple[int, list[_Entry]]]:
    start = 0
    part: list[_Entry] = []
    length = 0
    for entry in entries:
        if part and length + len(entry) > size:
            yield start, part
            start += len(part)
            part, length = [], 0
        part.append(entry)
        length += len(entry)
    if part:
        yield start, part


def _sequence(entry: bytes) -> str:
    """The sequence of an entry of the postings, which has at most ten characters."""
    sequence: str = _DECODER.raw_decode(entry[:100].decode(errors="ignore"), 1)[0]
    return sequence


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]


def _script(name: str, content: bytes) -> bytes:
    return b"(globalThis.tebikiSearch??={})[%b]=%b;\n" % (json.dumps(name).encode(), content)
