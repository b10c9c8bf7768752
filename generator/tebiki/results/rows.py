"""The rows of results, without any text of an answer, as the tables of a lake."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable

import msgspec

from tebiki.results.aggregate_values import SkippedFile


class AssessmentRow(msgspec.Struct, gc=False):
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


class LeftOutRow(msgspec.Struct, gc=False, frozen=True, order=True):
    """A reason why a file is left out: its number among those of the file, its code, details as JSON, and hint."""

    file: str
    number: int
    reason: str
    details: str
    hint: str


def left_out_rows(skipped_files: Iterable[SkippedFile]) -> list[LeftOutRow]:
    """Return the rows of files that are left out, one for each reason."""
    return [
        LeftOutRow(
            skipped.file,
            number,
            finding.code,
            json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True),
            finding.hint,
        )
        for skipped in skipped_files
        for number, finding in enumerate(skipped.findings)
    ]


def comparable_time(updated: str) -> str:
    """Return a time of a result with six digits after the second; empty if no calendar has it."""
    try:
        datetime.datetime.fromisoformat(updated)
    except ValueError:
        return ""
    seconds, _point, digits = updated.removesuffix("Z").partition(".")
    return "" if seconds[11:13] == "24" else f"{seconds}.{digits:0<6}Z"
