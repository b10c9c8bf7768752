"""Writes the search index in parts, so that a reader loads only what a query needs.

Each part is a classic script, named by the digest of its content: a page may load a script from its own folder even
where it may connect to nothing, and from disk. ``search/index.js`` lists them. ``browser/search/index-file.ts``
describes what is in each.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
#: The size of parts as a multiple of the square root of what they hold together. A query shows texts of many parts.
TEXTS_GROWTH = 2
POSTINGS_GROWTH = 4
_NAMES = ("title", "names", "readings")
_CLASS = ("kind", "status", "superseded")
_SHOWN = (*_NAMES, "id", "text", "notes", "source")


@dataclass(frozen=True)
class PartSizes:
    """The sizes of parts before compression, in characters: postings compress to a half, names to a fifth.

    Attributes:
        postings: Of a part with postings, at least.
        texts: Of a part with texts, at least.
        names: Of a part with names.
        words: Of a part with words.
        long_list: The length of a posting list that is not divided yet, at least.
    """

    postings: int = 4000
    texts: int = 4000
    names: int = 150_000
    words: int = 80_000
    long_list: int = LONG_LIST


def grown_size(size: int, growth: int, entries: Iterable[str]) -> int:
    """The size of parts with many ``entries``, which is more than ``size``.

    A query loads some of the parts, and the list of all: with the square root of what the parts hold, both grow alike.
    """
    return max(size, int(growth * math.sqrt(sum(map(len, entries)))))


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
    folder = (site / SEARCH_INDEX).parent
    for file in folder.glob("*.js"):
        file.unlink()
    earlier = (replaced / SEARCH_INDEX).parent if replaced else None
    written_names: set[str] = set()
    pages = index["pages"]
    sections = [section for page in pages for section in page["sections"]]
    postings = make_postings(map(_searched, sections), sizes.long_list)
    classes: dict[tuple[Any, ...], int] = {}
    lengths = iter(postings.lengths)
    tables = [_table(page, classes, lengths) for page in pages]
    names = ([_kept(section, _NAMES) for section in page["sections"]] for page in pages)
    entries = list(postings.entries)
    texts = [to_json(_kept(section, _SHOWN)) for section in sections]

    def write_parts(written: Iterable[str], size: int) -> list[tuple[int, str]]:
        """Write parts of about ``size`` characters; returns the number of the first entry of each, and its name."""
        return [(start, write_part(utf8(text))) for start, text in _parts(written, size)]

    def write_part(content: bytes) -> str:
        """Write a part, which the replaced site may have already, and return its name."""
        name = hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]
        if name not in written_names:  # two parts may hold the same
            written_names.add(name)
            file = f"{name}.js"
            write_or_link(folder / file, _script(name, content), earlier and earlier / file)
        return name

    head = {
        **{key: value for key, value in index.items() if key != "pages"},
        "pages": [name for _, name in write_parts(map(to_json, tables), sizes.names)],
        "names": [name for _, name in write_parts(map(to_json, names), sizes.names)],
        "texts": write_parts(texts, grown_size(sizes.texts, TEXTS_GROWTH, texts)),
        "postings": [
            (_DECODER.raw_decode(entries[start], 1)[0], name)  # its sequence
            for start, name in write_parts(entries, grown_size(sizes.postings, POSTINGS_GROWTH, entries))
        ],
        "vocabulary": [
            name for _, name in write_parts(map(to_json, sorted(postings.words.items())), sizes.words)
        ],
        "classes": [
            {key: value for key, value in zip(_CLASS, properties, strict=True) if value is not None}
            for properties in classes
        ],
    }
    (site / SEARCH_INDEX).write_bytes(_script(index["language"], utf8(to_json(head))))


def _searched(section: Mapping[str, Any]) -> SearchedSection:
    names = [*section.get("names", ()), *section.get("readings", ())]
    return SearchedSection(section["title"], names, section.get("text", ""), section.get("notes", ""))


def _table(
    page: Mapping[str, Any], classes: dict[tuple[Any, ...], int], lengths: Iterator[tuple[int, ...]]
) -> dict[str, Any]:
    """What ranking needs of a page: of each section the number of its class, and the lengths of its fields."""
    numbers: list[int] = []
    for section in page["sections"]:
        properties = tuple(map(section.get, _CLASS))
        numbers += (classes.setdefault(properties, len(classes)), *next(lengths))
    return {
        **_kept(page, ("path", "id", "audience", "status")),
        "title": page["sections"][0]["title"] if page["sections"] else "",
        "sections": encode_numbers(numbers),
    }


def _kept(entry: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: entry[key] for key in keys if key in entry}


def _parts(entries: Iterable[str], size: int) -> Iterator[tuple[int, str]]:
    """Divide entries in JSON, in their order, into parts of about ``size`` characters.

    Returns:
        The number of the first entry of each part, and the part as JSON.
    """
    start = 0
    part: list[str] = []
    length = 0
    for entry in entries:
        if part and length + len(entry) > size:
            yield start, f"[{','.join(part)}]"
            start += len(part)
            part, length = [], 0
        part.append(entry)
        length += len(entry)
    if part:
        yield start, f"[{','.join(part)}]"


def _script(name: str, content: bytes) -> bytes:
    return b"(globalThis.tebikiSearch??={})[%b]=%b;\n" % (json.dumps(name).encode(), content)
