"""Reads the search index of a built site, and puts its parts together."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

_NAME_LENGTH = 12
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def read_index(site: Path, language: str) -> dict[str, Any]:
    """Read the search index of ``site`` in ``language``; its pages have all that is known of their sections."""
    folder = site / language / "search"
    index = read_part(folder, "index")
    heads, texts = (
        [entry for name in part_names(index[kind]) for entry in read_part(folder, name)]
        for kind in ("pages", "texts")
    )
    next_text = iter(texts)
    next_head = iter(heads)
    pages = []
    for name in index["outline"]:
        of_pages, classes = map(decode_numbers, read_part(folder, name)[:2])
        next_class = iter(classes)
        for page_class, count in zip(of_pages[::2], of_pages[1::2], strict=True):
            of_sections = itertools.islice(next_class, count)
            sections = [{**next(next_text), **index["classes"][number]} for number in of_sections]
            pages.append({**next(next_head), **index["pageClasses"][page_class], "sections": sections})
    return {**index, "pages": pages}


def part_names(bunches: list[list[str]]) -> list[str]:
    """The names of the parts in some bunches."""
    return [f"{name}-{number}" for name, counts in bunches for number in range(len(decode_numbers(counts)))]


def parts_of_kind(folder: Path, kind: str) -> list[str]:
    """The names of the parts of a kind, which is the name of their list in ``search/index.js``."""
    entries = read_part(folder, "index")[kind]
    if kind in ("pages", "texts", "counts"):
        return part_names(entries)
    if kind in ("postings", "wordPostings"):
        return [
            *list_names(folder, kind),
            *(file for _, *part in parts_with_postings(folder, kind) for file in files_of(*part)),
        ]
    if kind == "vocabulary":
        return [name for order in entries for _, name, _ in _listed(order)]
    return entries


def list_names(folder: Path, kind: str) -> list[str]:
    """The names of the parts that list those with postings."""
    return [name for _, name, _ in _listed(read_part(folder, "index")[kind])]


def parts_with_postings(folder: Path, kind: str) -> list[tuple[str, str, int]]:
    """The first sequence of each part, its name, and the number of its pieces, 0 if it is not in pieces."""
    return [part for name in list_names(folder, kind) for part in _listed(read_part(folder, name))]


def _listed(directory: list[Any]) -> list[tuple[str, str, int]]:
    sequences, names, pieces = directory
    starts = range(0, len(names), _NAME_LENGTH)
    counts = decode_numbers(pieces) or [0] * len(sequences)
    return list(
        zip(sequences, [names[start : start + _NAME_LENGTH] for start in starts], counts, strict=True)
    )


def files_of(name: str, pieces: int) -> list[str]:
    """The names of the files with a part of the postings."""
    return [f"{name}-{number}" for number in range(pieces)] if pieces else [name]


def read_postings(folder: Path, name: str, pieces: int) -> list[list[Any]]:
    """Read a part of the postings."""
    contents = [read_part(folder, file) for file in files_of(name, pieces)]
    entries: list[list[Any]] = json.loads("".join(contents)) if pieces else contents[0]
    return entries


def read_part(folder: Path, name: str) -> Any:
    """Read one part of an index."""
    script = (folder / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(script.partition("]=")[2].rstrip().removesuffix(";"))


def decode_numbers(text: str) -> list[int]:
    numbers, number, shift = [], 0, 0
    for digit in map(_DIGITS.index, text):
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(number)
            number, shift = 0, 0
    return numbers
