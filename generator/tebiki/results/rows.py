"""The rows of results, without any text of an answer, as the tables of a lake."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tebiki.results.aggregate_values import SkippedFile
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.parquet_columns import (
    Column,
    Dictionary,
    Repetition,
    column_of_booleans,
    column_of_indices,
    column_of_values,
)
from tebiki.results.status_codes import NOT_ASKED, StatusCodes

#: The columns of an assessment that its answers have too.
_SHARED_COLUMNS = ("assessment", "checklist", "version", "digest", "institution")


class AssessmentRow(NamedTuple):
    """A result; ``codes`` has the status of every question (see ``StatusCodes``)."""

    file: str
    assessment: str
    digest: str
    checklist: str
    version: str
    kind: str
    round: str
    institution: str
    handbook: str
    status: str
    updated: str
    codes: str


class Questions:
    """The places of a code text of one checklist version, and the statuses that they can have.

    Attributes:
        statuses: The status that each code stands for.
    """

    def __init__(self, version: ChecklistVersion) -> None:
        codes = StatusCodes(version)
        self.statuses: Mapping[str, str] = codes.meanings
        self._cells: list[tuple[str, str, int, bool]] = []
        for section, question in codes.places:
            item = version.questions.get(question)
            # a section that is one question has no revision, and is never an institution's own
            self._cells.append((section, question, item.rev if item else 0, item.local if item else False))
        self._all = Asked(self._cells)
        self._asked: dict[str, Asked] = {}
        self._is_asked = {ord(code): "x" for code in codes.meanings}

    def asked(self, codes: str) -> Asked:
        """Return the questions that are asked in an assessment."""
        if NOT_ASKED not in codes:
            return self._all
        pattern = codes.translate(self._is_asked)
        if pattern not in self._asked:
            cells = zip(self._cells, codes, strict=True)
            self._asked[pattern] = Asked([cell for cell, code in cells if code != NOT_ASKED])
        return self._asked[pattern]


class Asked:
    """Questions that many assessments are asked in the same order, by column."""

    def __init__(self, cells: Sequence[tuple[str, str, int, bool]]) -> None:
        self.section = [section for section, _item, _rev, _own in cells]
        self.item = [item for _section, item, _rev, _own in cells]
        self.rev = [rev for _section, _item, rev, _own in cells]
        self.own = bytes(own for _section, _item, _rev, own in cells)


VersionQuestions = Mapping[tuple[str, str], Questions]


def assessment_and_answer_columns(
    rows: Sequence[AssessmentRow], states: Sequence[int], questions: VersionQuestions
) -> tuple[list[Column], list[Column]]:
    """Return the columns of the tables ``assessments`` and ``answers``.

    Args:
        rows: The results, at least one.
        states: The number of each.
        questions: The questions of every checklist version, by id and version.

    Returns:
        The columns; those of answers have no rows if no question is asked.
    """
    values = dict(zip(AssessmentRow._fields, zip(*rows, strict=True), strict=True))
    shared = {"state": Dictionary(states, wide=True)}
    shared |= {name: Dictionary(values[name]) for name in _SHARED_COLUMNS}
    own = {name: Dictionary(values[name]) for name in ("handbook", "status", "updated", "file")}
    assessments = [column_of_values(name, column) for name, column in (shared | own).items()]
    asked = [questions[row.checklist, row.version].asked(row.codes) for row in rows]
    repetition = Repetition([len(of_row.item) for of_row in asked])
    answers = [repetition.column(name, dictionary) for name, dictionary in shared.items()]
    runs = [(of_rows, len(list(group))) for of_rows, group in itertools.groupby(asked)]
    answers += [_column_of_questions(name, runs) for name in ("section", "item", "rev")]
    answers.append(column_of_booleans("own", b"".join([of_rows.own * length for of_rows, length in runs])))
    answers.append(_status_column(rows, questions))
    return assessments, answers


def _column_of_questions(name: str, runs: Sequence[tuple[Asked, int]]) -> Column:
    values = {of_rows: getattr(of_rows, name) for of_rows, _length in runs}
    dictionary = Dictionary(itertools.chain.from_iterable(values.values()))
    indices = iter(dictionary.indices)
    encoded = {
        of_rows: dictionary.encode(itertools.islice(indices, len(texts))) for of_rows, texts in values.items()
    }
    return column_of_indices(
        name, dictionary, b"".join([encoded[of_rows] * length for of_rows, length in runs])
    )


def _status_column(rows: Sequence[AssessmentRow], questions: VersionQuestions) -> Column:
    versions = [(row.checklist, row.version) for row in rows]
    statuses = {version: questions[version].statuses for version in dict.fromkeys(versions)}
    dictionary = Dictionary(
        itertools.chain.from_iterable(of_version.values() for of_version in statuses.values())
    )
    indices = iter(dictionary.indices)
    encoded: list[str] = []
    index_of: dict[tuple[str, str], dict[int, str | None]] = {
        version: {ord(code): chr(next(indices)) for code in of_version} | {ord(NOT_ASKED): None}
        for version, of_version in statuses.items()
    }
    for version, of_version in itertools.groupby(rows, key=lambda row: (row.checklist, row.version)):
        encoded.append("".join([row.codes for row in of_version]).translate(index_of[version]))
    encoding = "latin-1" if dictionary.width == 1 else "utf-16-le"  # an index is one character
    return column_of_indices("status", dictionary, "".join(encoded).encode(encoding))


def left_out_columns(skipped_files: Sequence[SkippedFile]) -> list[Column]:
    """Return the columns of the table ``left_out``, with a row for each reason."""
    rows = list(left_out_rows(skipped_files))
    names = ("file", "number", "reason", "details", "hint")
    return [
        column_of_values(name, Dictionary(values))
        for name, values in zip(names, zip(*rows, strict=True), strict=True)
    ]


def left_out_rows(skipped_files: Sequence[SkippedFile]) -> Iterable[tuple[str, int, str, str, str]]:
    """Yield the file, the number of the reason, its code, its details as JSON, and its hint."""
    for skipped in skipped_files:
        for number, finding in enumerate(skipped.findings):
            details = json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True)
            yield skipped.file, number, finding.code, details, finding.hint


def comparable_time(updated: str) -> str:
    """Return a time of a result with six digits after the second; empty if no calendar has it."""
    try:
        datetime.datetime.fromisoformat(updated)
    except ValueError:
        return ""
    seconds, _point, digits = updated.removesuffix("Z").partition(".")
    return "" if seconds[11:13] == "24" else f"{seconds}.{digits:0<6}Z"
