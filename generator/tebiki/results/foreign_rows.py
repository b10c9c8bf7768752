"""Rows that packing with the handbook does not write: a digest is no signature, and anybody can make a lake."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from tebiki.results.check import Finding
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.lake_error import LakeError
from tebiki.results.withhold import Figures

_MAX_SHOWN = 100  # characters of a value: it may be anything


def refuse_empty_cells(database: duckdb.DuckDBPyConnection) -> None:
    """Raise LakeError for a row without one of the values that every row has.

    Of answers, which are many, only the figures are looked at, by ``refuse_foreign_figures``.
    """
    for table in ("assessments", "left_out"):
        columns = [column for column, *_type in database.table(table).description]
        empty = " OR ".join(f"{column} IS NULL" for column in columns)
        row = database.execute(f"SELECT * FROM {table} WHERE {empty} LIMIT 1").fetchone()
        if row:
            raise _foreign(table, row)


def refuse_foreign_figures(figures: Figures, versions: Iterable[ChecklistVersion]) -> None:
    """Raise LakeError for figures of a checklist version, section or question that the handbook does not have."""
    known = {
        (version.checklist.id, version.checklist.version): {
            *version.questions,
            *(f"section {section.id}" for section in version.checklist.sections),
        }
        for version in versions
    }
    for group, cells in figures.statuses.items():
        if group[:2] not in known:
            raise _foreign("assessments", (*group, *cells))
    for row, cells in figures.rows.items():
        group, section, item, rev = row
        place = item or f"section {section}"
        if group not in figures.statuses or place not in known[group[:2]] or None in (item, rev, *cells):
            raise _foreign("answers", (*group, section, item, rev, *cells))


def left_out_finding(texts: Mapping[str, Any], reason: str, details: str, hint: str) -> Finding:
    """Return why a file is left out.

    Args:
        texts: The messages that there are.
        reason: The code of the finding.
        details: Its details as JSON.
        hint: Its hint.

    Raises:
        LakeError: There is no message for them.
    """
    try:
        finding = Finding(reason, json.loads(details), hint)
        finding.message(texts)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise _foreign("left_out", (reason, details, hint)) from error
    return finding


def _foreign(table: str, row: Iterable[object]) -> LakeError:
    return LakeError("other-rows", table=table, row=", ".join(str(value)[:_MAX_SHOWN] for value in row))
