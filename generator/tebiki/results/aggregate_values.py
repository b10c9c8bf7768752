"""What counting over many results gives, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.results.check import Finding

COUNT_COLUMNS = ("checklist", "round", "kind", "section", "item", "rev", "answer", "count")
FILE_COLUMNS = ("checklist", "version", "round", "kind", "status", "count")


@dataclass(frozen=True)
class SkippedFile:
    """A file that is not counted: its name below the folder, and the reasons."""

    file: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Count:
    """How many assessments of one round and kind gave one answer to one revision of a question.

    ``answer`` is the id of an answer, ``answered`` (in another way than by a choice) or
    ``unanswered``. ``round`` and ``kind`` are empty where the files do not state them. Without an
    ``item`` it counts a section that is one question in several parts, each assessment once.
    """

    checklist: str
    round: str
    kind: str
    section: str
    item: str
    rev: int
    answer: str
    count: int


@dataclass(frozen=True)
class FileCount:
    """How many files of one version, round, kind and status are counted."""

    checklist: str
    version: str
    round: str
    kind: str
    status: str
    count: int


@dataclass(frozen=True)
class Aggregate:
    """All that is counted, and the files that are not. ``read`` is the number of files met."""

    read: int
    files: tuple[FileCount, ...]
    counts: tuple[Count, ...]
    skipped_files: tuple[SkippedFile, ...]


def item_counts(counts: Sequence[Count]) -> list[Count]:
    """The counts of single questions."""
    return [one for one in counts if one.item]


def section_counts(counts: Sequence[Count]) -> list[Count]:
    """The counts to add up for sections: those of their questions, or of the section as one question."""
    whole = {(one.checklist, one.section) for one in counts if not one.item}
    return [one for one in counts if not one.item or (one.checklist, one.section) not in whole]


def totals_by(counts: Sequence[Count], *by: str) -> dict[tuple[Any, ...], Mapping[str, int]]:
    """The counts by answer, for each combination of what is named in ``by`` ("section", "kind" …)."""
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for one in counts:
        tally = found.setdefault(tuple(getattr(one, name) for name in by), {})
        tally[one.answer] = tally.get(one.answer, 0) + one.count
    return dict(found)
