"""Reads the rows of a table as the data of a checklist and of answer sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tebiki.interchange.cell_text import CellError, cell_value, line_values
from tebiki.interchange.columns import COLUMNS, ROW_KINDS, DataPath, is_localized
from tebiki.interchange.table import Problem, Row, Table


@dataclass(eq=False)
class Record:
    """The data of a row, with those of the rows under it."""

    kind: str
    row: int
    data: dict[str, Any]
    records: list[Record] = field(default_factory=list)

    def records_inside(self) -> Iterator[Record]:
        """Yield this record and every record under it, in the order of the rows."""
        yield self
        for record in self.records:
            yield from record.records_inside()


@dataclass
class Reading:
    """What was read from a table: the record of the checklist, those of answer sets, and what could not be read."""

    checklist: Record
    answer_sets: list[Record]
    problems: list[Problem]


def read_checklist(table: Table) -> Reading:
    """Return what the rows of a table say.

    Returns:
        The records and the problems. The data are complete only where there is no problem.
    """
    reader = _Reader(table)
    for row in table.rows:
        reader.add(row)
    return Reading(reader.checklist, reader.answer_sets, reader.problems)


def set_at(data: dict[str, Any], path: DataPath, value: Any) -> None:
    """Set the value at ``path`` in ``data``; mappings on the way are made."""
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value


class _Reader:
    def __init__(self, table: Table) -> None:
        self._table = table
        self.checklist = Record("checklist", 0, {})
        self.answer_sets: list[Record] = []
        self.problems: list[Problem] = []
        self._open: list[Record] = [self.checklist]
        self._ids: dict[tuple[str, str], int] = {}

    def add(self, row: Row) -> None:
        """Add a row to the record that it stands under."""
        kind = ROW_KINDS.get(row.kind)
        if kind is None:
            self._refuse(row, "row", "row-kind" if row.kind else "no-row-kind", kind=row.kind)
            return
        record = Record(row.kind, row.number, {})
        self._read_cells(record, row)
        if row.kind == "checklist":
            self._add_head(record, row)
            return
        if row.kind == "answer-set":
            self.answer_sets.append(record)
            self._open = [record]
        else:
            while self._open and self._open[-1].kind not in kind.under:
                self._open.pop()
            if not self._open:
                self._refuse(row, "row", "row-place", kind=row.kind, under=", ".join(kind.under))
                self._open = [self.checklist]
                return
            self._open[-1].records.append(record)
            self._open.append(record)
        self._check_id(record, row)

    def _add_head(self, record: Record, row: Row) -> None:
        if self.checklist.row:
            self._refuse(row, "row", "second-checklist", row=str(self.checklist.row))
            return
        self.checklist.row, self.checklist.data = record.row, record.data
        self._open = [self.checklist]

    def _check_id(self, record: Record, row: Row) -> None:
        """Refuse an id that another row of the same kind has, where ids tell them apart."""
        entry_id = record.data.get("id")
        if entry_id is None:
            return
        parent = self._open[-2] if len(self._open) > 1 else None
        inside = f"{parent.row}" if parent and record.kind in ("field", "answer") else ""
        kind = "question" if record.kind == "note" else record.kind
        first = self._ids.setdefault((f"{kind} {inside}", entry_id.lower()), row.number)
        if first != row.number:
            self._refuse(row, "id", "same-id", id=entry_id, row=str(first))

    def _read_cells(self, record: Record, row: Row) -> None:
        cells = ROW_KINDS[row.kind].cells
        for column in dict.fromkeys(key.partition(".")[0] for key in row.cells):
            if column in ("row", "") or column not in COLUMNS:
                continue
            if column not in cells:
                self._refuse(row, column, "not-here", kind=row.kind)
                continue
            try:
                value = self._value(column, row)
            except CellError as error:
                self._refuse(row, column, str(error))
                continue
            if value not in ({}, ""):
                set_at(record.data, cells[column], value)
        for key, text in row.cells.items():
            if key.partition(".")[0] not in COLUMNS:
                try:
                    set_at(record.data, tuple(key.split(".")), cell_value(text, "json"))
                except CellError as error:
                    self._refuse(row, key, str(error))

    def _value(self, column: str, row: Row) -> Any:
        if not is_localized(column):
            return cell_value(row.cells[column], COLUMNS[column])
        if COLUMNS[column] == "lines":
            return line_values(row.texts(column)) or ([] if any(row.texts(column).values()) else "")
        return {language: text for language, text in row.texts(column).items() if text.strip()}

    def _refuse(self, refused: Row, column: str | None, reason: str, **details: str) -> None:
        self.problems.append(Problem(refused.number, column, reason, details))


def assemble(record: Record) -> dict[str, Any]:
    """Return the complete data of a record, with the lists of what stands under it."""
    data: dict[str, Any] = {**record.data}
    for key, value in data.items():
        if isinstance(value, Mapping):
            data[key] = dict(value)
    for child in record.records:
        path = ROW_KINDS[child.kind].path
        holder = data
        for key in path[:-1]:
            holder = holder.setdefault(key, {})
        holder.setdefault(path[-1], []).append(assemble(child))
    return data
