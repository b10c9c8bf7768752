"""The counts over many results, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.model.figure_table import FigureRow
from tebiki.model.tally import Tally
from tebiki.results.check import Finding

FILE_COLUMNS = ("checklist", "version", "round", "kind", "status", "count")


@dataclass(frozen=True)
class SkippedFile:
    """A file that is not counted.

    Attributes:
        file: Its name, relative to the folder that is counted.
        findings: The reasons.
    """

    file: str
    findings: tuple[Finding, ...]


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
class JoinedCount:
    """How often one answer was given in a round by institutions that also have a result of another round.

    Attributes:
        checklist: The id of the checklist.
        first: The earlier of two rounds that follow each other.
        second: The later one.
        round: The one of these that the answers belong to.
        institutions: The number of institutions with results of both, by their identifiers.
        answer: The id of an answer, ``answered`` or ``unanswered``.
        count: The number of answers.
    """

    checklist: str
    first: str
    second: str
    round: str
    institutions: int
    answer: str
    count: int


@dataclass(frozen=True)
class Aggregate:
    """The counts over all files of a folder.

    Attributes:
        total_files: The number of files in the folder, skipped ones included.
        files: The numbers of files that are counted.
        counts: The numbers of answers.
        joined: The numbers of answers of institutions with results of two rounds.
        skipped_files: The files that are not counted.
        at_least: The fewest institutions or researchers that a figure counts.
    """

    total_files: int
    files: tuple[FileCount, ...]
    counts: tuple[FigureRow, ...]
    joined: tuple[JoinedCount, ...]
    skipped_files: tuple[SkippedFile, ...]
    at_least: int = 1

    @property
    def counted_files(self) -> int:
        """The number of files that are counted."""
        return sum(file.count for file in self.files)


def item_counts(counts: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the counts of single questions."""
    return [count for count in counts if count.item]


def section_counts(counts: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the counts to add up for sections: those of their questions, or of the section as one question."""
    whole = {(count.checklist, count.section) for count in counts if not count.item}
    return [count for count in counts if not count.item or (count.checklist, count.section) not in whole]


def totals_by(counts: Sequence[FigureRow], *attributes: str) -> dict[tuple[Any, ...], Tally]:
    """Add up counts by answer.

    Args:
        counts: The counts to add up.
        attributes: Names of attributes of ``FigureRow`` to group by, such as ``section`` and ``kind``.

    Returns:
        The totals by answer for each combination of values of the attributes.
    """
    totals: dict[tuple[Any, ...], Tally] = {}
    for count in counts:
        tally = totals.setdefault(tuple(getattr(count, name) for name in attributes), Tally())
        tally.add(count.answer, count.count, count.withheld)
    return totals
