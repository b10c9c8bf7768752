"""The comments of a YAML file, by the value that they belong to."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from tebiki.reading.yaml_reader import yaml_events

#: The keys and indices that lead to a value.
Path = tuple[str | int, ...]
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_ONLY_DASHES = re.compile(r"[-\s]*")


@dataclass
class Comments:
    """The comments of an entry of a mapping or a list; those of the document have the path ``()``.

    Attributes:
        before: The lines of comments before the entry, without indentation.
        beside: The comment behind the entry, on the same line.
        after: For the document, the lines at its end.
    """

    before: list[str] = field(default_factory=list)
    beside: str = ""
    after: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    """Where an entry begins, from 0, and whether it is a mapping or list that is not written in brackets."""

    line: int
    path: Path
    is_block: bool


def read_comments(text: str) -> dict[Path, Comments]:
    """Return the comments of ``text``, which is YAML as ``yaml_reader`` reads it.

    Those before the first entry belong to the document: they stay at its beginning.
    """
    if "#" not in text:
        return {}
    entries, texts = _entries_and_texts(text)
    first_lines = [entry.line for entry in entries]
    comments: dict[Path, Comments] = {}
    for number, line in enumerate(text.split("\n")):
        start = _comment_start(line, texts.get(number, []))
        if start is None:
            continue
        comment, rest = line[start:].rstrip(), line[:start]
        if _ONLY_DASHES.fullmatch(rest):
            following = bisect.bisect_right(first_lines, number)
            if following == len(entries):
                comments.setdefault((), Comments()).after.append(comment)
            else:
                path = entries[following].path if following else ()
                comments.setdefault(path, Comments()).before.append(comment)
        else:
            first, following = (
                bisect.bisect_left(first_lines, number),
                bisect.bisect_right(first_lines, number),
            )
            entry = _described_entry(entries[first:following] or entries[max(first - 1, 0) : first])
            comments.setdefault(entry.path, Comments()).beside = comment
    return comments


def _described_entry(entries: list[_Entry]) -> _Entry:
    """Return the one of the ``entries`` on a line that a comment at its end describes."""
    return next((entry for entry in entries if not entry.is_block), entries[-1])


def _comment_start(line: str, texts: list[tuple[int, float]]) -> int | None:
    """Return the column of the comment in ``line``, which has texts in the columns ``texts``."""
    for match in _COMMENT.finditer(line):
        if not any(start <= match.start() < end for start, end in texts):
            return match.start()
    return None


def _entries_and_texts(text: str) -> tuple[list[_Entry], dict[int, list[tuple[int, float]]]]:
    """Return all entries in their order, outer ones first, and the columns of texts by line."""
    entries: list[_Entry] = []
    texts: dict[int, list[tuple[int, float]]] = {}
    path: list[str | int] = []  # for each open mapping or list, the key or index that comes next
    is_mapping: list[bool] = []
    key_line: int | None = None  # of a mapping, while its value is awaited
    event: Any
    for event in yaml_events(text):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _add_text(texts, event)
        if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            is_mapping.pop()
            path.pop()
            _step(path, is_mapping)
        elif kind is yaml.ScalarEvent and is_mapping and is_mapping[-1] and key_line is None:
            path[-1], key_line = event.value, event.start_mark.line
        elif kind in (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent):
            if is_mapping:
                line = event.start_mark.line if key_line is None else key_line
                is_block = kind is not yaml.ScalarEvent and not event.flow_style
                entries.append(_Entry(line, tuple(path), is_block))
            key_line = None
            if kind is yaml.ScalarEvent:
                _step(path, is_mapping)
            else:
                is_mapping.append(kind is yaml.MappingStartEvent)
                path.append("" if is_mapping[-1] else 0)
    return entries, texts


def _step(path: list[str | int], is_mapping: list[bool]) -> None:
    """Move ``path`` to the next entry of the list that it leads into."""
    if is_mapping and not is_mapping[-1]:
        index = path[-1]
        assert isinstance(index, int)
        path[-1] = index + 1


def _add_text(texts: dict[int, list[tuple[int, float]]], event: Any) -> None:
    start, end = event.start_mark, event.end_mark
    if event.style in ("|", ">"):
        texts.setdefault(start.line, []).append((start.column, start.column + 1))
    else:
        last = end.column if end.line == start.line else float("inf")
        texts.setdefault(start.line, []).append((start.column, last))
    for number in range(start.line + 1, end.line):
        texts.setdefault(number, []).append((0, float("inf")))
    if end.line > start.line and event.style not in ("|", ">"):
        texts.setdefault(end.line, []).append((0, end.column))
