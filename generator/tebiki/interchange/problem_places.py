"""Names the cells of a table for the problems that were found in the YAML made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tebiki.interchange.checklist_data import Record
from tebiki.interchange.columns import ROW_KINDS, DataPath
from tebiki.interchange.table import Problem, Table
from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.yaml_reader import Document


def cell_problems(
    diagnostics: Sequence[Diagnostic], document: Document, record: Record, table: Table
) -> Iterator[Problem]:
    """Yield the problems of a checklist with the cells that they come from.

    Args:
        diagnostics: The problems, with places in ``document``.
        document: The file made of ``record``.
        record: The record of the checklist.
        table: The table.
    """
    lines = sorted(_lines(document, record, ()), key=lambda entry: entry[0])
    for diagnostic in diagnostics:
        position = (diagnostic.place.line, diagnostic.place.column)
        row, column = next(
            ((row, column) for place, row, column in reversed(lines) if place <= position), (0, None)
        )
        cell = table.cell_name(row, column) if row else document.file
        yield Problem(row, column, "rule", {"cell": cell}, diagnostic.message)


def _lines(
    document: Document, record: Record, path: DataPath | tuple[str | int, ...]
) -> Iterator[tuple[tuple[int, int], int, str | None]]:
    """The place of each record and each of its cells, with the row and the column."""
    place = document.place(path)
    yield (place.line, place.column), record.row, None
    for column, inner in ROW_KINDS[record.kind].cells.items():
        value = document.place((*path, *inner))
        if value != document.place((*path, *inner[:-1])):
            yield (value.line, value.column), record.row, column
    counts: dict[DataPath, int] = {}
    for child in record.records:
        inside = ROW_KINDS[child.kind].path
        index = counts.get(inside, 0)
        counts[inside] = index + 1
        yield from _lines(document, child, (*path, *inside, index))
