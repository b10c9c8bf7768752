"""Writes the search index in parts, so that a reader loads only what a query needs.

Each part is a classic script, named by the digest of its content: a page may load a script from its own folder even
where it may connect to nothing, and from disk. ``search/index.js`` lists them. ``browser/search/index-file.ts``
describes what is in each.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.site.search_postings import LONG_LIST, SearchedSection, encode_numbers, make_postings

_DIGEST_LENGTH = 16
_NAMES = ("title", "names", "readings")
_CLASS = ("kind", "status", "superseded")
_SHOWN = (*_NAMES, "id", "text", "at", "notes", "source")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class PartSizes:
    """The sizes of parts before compression, in characters: postings compress to a half, names to a fifth.

    Attributes:
        postings: Of a part with postings.
        names: Of a part with names.
        words: Of a part with words.
        long_list: The length of a posting list that is not divided yet.
    """

    postings: int = 20_000
    names: int = 150_000
    words: int = 80_000
    long_list: int = LONG_LIST


def write_index(index: Mapping[str, Any], site: Path, sizes: PartSizes = PartSizes()) -> None:
    """Write a search index in parts.

    Args:
        index: The index; ``pages`` holds the pages with their sections.
        site: The site of its language.
        sizes: The sizes of its parts.
    """
    folder = (site / SEARCH_INDEX).parent
    for earlier in folder.glob("*.js"):
        earlier.unlink()
    pages = index["pages"]
    searched = [_searched(page, section) for page in pages for section in page["sections"]]
    postings = make_postings(searched, sizes.long_list)
    classes: dict[str, int] = {}
    lengths = iter(postings.lengths)
    tables = [_table(page, classes, lengths) for page in pages]
    names = ([_kept(section, _NAMES) for section in page["sections"]] for page in pages)
    head = {
        **{key: value for key, value in index.items() if key not in ("pages", "sources")},
        "pages": [_write_part(folder, text) for _, text in _parts(tables, sizes.names)],
        "names": [_write_part(folder, text) for _, text in _parts(names, sizes.names)],
        "texts": [_write_part(folder, _json(_texts(page, index["sources"]))) for page in pages],
        "postings": [
            [entry[0], _write_part(folder, text)] for entry, text in _parts(postings.entries, sizes.postings)
        ],
        "vocabulary": [
            _write_part(folder, text) for _, text in _parts(sorted(postings.words.items()), sizes.words)
        ],
        "classes": [json.loads(text) for text in classes],
    }
    _write_script(site / SEARCH_INDEX, index["language"], _json(head))


def _searched(page: Mapping[str, Any], section: Mapping[str, Any]) -> SearchedSection:
    """What is searched of ``section``; ``at`` refers to a line of another section."""
    text = section.get("text", "")
    if at := section.get("at"):
        text = page["sections"][at[0]]["text"].split("\n")[at[1]]
    names = [*section.get("names", ()), *section.get("readings", ())]
    return SearchedSection(section["title"], names, text, section.get("notes", ""))


def _table(
    page: Mapping[str, Any], classes: dict[str, int], lengths: Iterator[tuple[int, ...]]
) -> dict[str, Any]:
    """What ranking needs of a page: of each section the number of its class, and the lengths of its fields."""
    numbers: list[int] = []
    for section in page["sections"]:
        properties = json.dumps(_kept(section, _CLASS))
        numbers += (classes.setdefault(properties, len(classes)), *next(lengths))
    return {
        **_kept(page, ("path", "id", "audience", "status")),
        "title": page["sections"][0]["title"] if page["sections"] else "",
        "sections": encode_numbers(numbers),
    }


def _kept(entry: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: entry[key] for key in keys if key in entry}


def _texts(page: Mapping[str, Any], sources: list[list[str]]) -> dict[str, Any]:
    """What is loaded with the text of a page; the numbers of sources count those of the page."""
    numbers: dict[int, int] = {}

    def renumbered(entry: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
        kept = _kept(entry, keys)
        if "source" in kept:
            kept["source"] = numbers.setdefault(kept["source"], len(numbers))
        return kept

    sections = [renumbered(section, _SHOWN) for section in page["sections"]]
    own = renumbered(page, ("source",))
    return {**own, "sources": [sources[number] for number in numbers], "sections": sections}


def _parts(entries: Iterable[Any], size: int) -> Iterator[tuple[Any, str]]:
    """Divide entries, in their order, into parts of about ``size`` characters.

    Returns:
        The first entry of each part, and the part as JSON.
    """
    first: Any = None
    texts: list[str] = []
    length = 0
    for entry in entries:
        text = _json(entry)
        if texts and length + len(text) > size:
            yield first, f"[{','.join(texts)}]"
            texts, length = [], 0
        if not texts:
            first = entry
        texts.append(text)
        length += len(text)
    if texts:
        yield first, f"[{','.join(texts)}]"


def _write_part(folder: Path, text: str) -> str:
    """Write a part and return its name."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]
    _write_script(folder / f"{digest}.js", digest, text)
    return digest


def _write_script(file: Path, name: str, text: str) -> None:
    file.write_text(f"(globalThis.tebikiSearch??={{}})[{json.dumps(name)}]={text};\n", encoding="utf-8")


def _json(value: Any) -> str:
    """JSON in UTF-8; halves of a character that UTF-16 divides are escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
