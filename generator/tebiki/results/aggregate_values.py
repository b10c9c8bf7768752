"""The counts over many results, as values."""

from __future__ import annotations

from dataclasses import dataclass

from tebiki.model.figure_table import FigureRow
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
        count: The number of answers; if ``withheld`` is true, the least that it can be.
        withheld: Whether others gave this answer, or may have, who are counted under ``withheld`` or not at all.
    """

    checklist: str
    first: str
    second: str
    round: str
    institutions: int
    answer: str
    count: int
    withheld: bool


@dataclass(frozen=True)
class ChecklistCount:
    """How the results of one checklist are counted.

    Attributes:
        checklist: The id of the checklist.
        of_institutions: Whether institutions answer it, and not persons.
        at_least: The fewest of them that a figure counts; with 1 none is withheld.
        withheld_files: The number of results that no figure counts, because too few are of the same version and round.
    """

    checklist: str
    of_institutions: bool
    at_least: int
    withheld_files: int


@dataclass(frozen=True)
class Aggregate:
    """The counts over all files of a folder.

    Attributes:
        checklists: How the results of each checklist are counted that has any.
        files: The numbers of files that are counted.
        counts: The numbers of answers.
        joined: The numbers of answers of institutions with results of two rounds.
        skipped_files: The files that are skipped.
    """

    checklists: tuple[ChecklistCount, ...]
    files: tuple[FileCount, ...]
    counts: tuple[FigureRow, ...]
    joined: tuple[JoinedCount, ...]
    skipped_files: tuple[SkippedFile, ...]

    @property
    def counted_files(self) -> int:
        """The number of files that are counted."""
        return sum(file.count for file in self.files)

    @property
    def withheld_files(self) -> int:
        """The number of results of which no figure is shown; it is not published either."""
        return sum(checklist.withheld_files for checklist in self.checklists)

    @property
    def total_files(self) -> int:
        """The number of all files."""
        return self.counted_files + self.withheld_files + len(self.skipped_files)
