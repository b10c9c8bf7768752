"""Plans what a table of items changes, row by row: the files to write, and the rows that are refused."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tebiki.files import temporary_folder, write_files
from tebiki.history.state import plain_data
from tebiki.interchange.cell_text import CellError, cell_value
from tebiki.interchange.item_columns import ItemColumn, item_columns
from tebiki.interchange.item_table import Entry, entries_of
from tebiki.interchange.table import Problem, Row, Table
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW
from tebiki.model.message import Message
from tebiki.reading.load import load
from tebiki.reading.source_files import list_files
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document, parse_yaml
from tebiki.rules import check
from tebiki.writing.yaml_form import edited_yaml, yaml_text

#: Problems that an editor mends in the handbook after the import.
_TO_DO_RULES = frozenset(("fill-in", "translation-missing", "translation-stale", "placement"))


@dataclass(frozen=True)
class RowChange:
    """A row that differs from the handbook.

    Attributes:
        row: The number of the row.
        name: What it is about: an id, and in a comparison the dimension.
        before: The data in the handbook; None for a new entry.
        after: The data of the row.
        file: The file that it is written to.
    """

    row: int
    name: tuple[str, str]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    file: str


@dataclass
class TablePlan:
    """What an import would do.

    Attributes:
        changes: The rows that are taken.
        refused: Why a row is not, by its number; 0 for the whole table, of which nothing is taken then.
        same: How many rows say what the handbook says.
        kept: How many entries of the handbook are not in the table, and stay.
        files: The texts of the files to write, by name.
    """

    changes: list[RowChange] = field(default_factory=list)
    refused: dict[int, list[Problem | Message]] = field(default_factory=dict)
    same: int = 0
    kept: int = 0
    files: dict[str, str] = field(default_factory=dict)

    def refuse(self, row: int, reason: Problem | Message) -> None:
        """Take nothing from a row."""
        self.refused.setdefault(row, []).append(reason)


def plan_items(
    root: Path, handbook: Handbook, kind: str, table: Table, problems: Sequence[Problem]
) -> TablePlan:
    """Return what the import of a table of items would do; nothing is written.

    Args:
        root: The folder of the handbook.
        handbook: The handbook in ``root``, without problems of form.
        kind: The kind of the items.
        table: The table.
        problems: What the reading of the file has reported.
    """
    plan = TablePlan()
    for problem in problems:
        if problem.row:
            plan.refuse(problem.row, problem)
    columns = [
        column
        for column in item_columns(kind, handbook.languages, handbook.languages[0])
        if column.key in table.columns
    ]
    known = {(entry.id, entry.dimension): entry for entry in entries_of(handbook, kind)}
    _read_rows(plan, kind, table, columns, known)
    baseline = {_identity(problem) for problem in check(handbook)}
    while plan.changes:
        plan.files = _edited_files(root, handbook, kind, plan.changes)
        new_problems = list(_new_problems(root, kind, plan.files, baseline))
        if not new_problems:
            return plan
        _refuse_rows(plan, kind, new_problems)
        plan.changes = [change for change in plan.changes if not {change.row, 0} & plan.refused.keys()]
    plan.files = {}
    return plan


def _read_rows(
    plan: TablePlan,
    kind: str,
    table: Table,
    columns: Sequence[ItemColumn],
    known: Mapping[tuple[str, str], Entry],
) -> None:
    rows: dict[tuple[str, str], Row] = {}
    file = next(iter(known.values())).file if known else f"content/{kind}s.yml"
    items = {entry.id: entry.file for entry in known.values()}
    for row in table.rows:
        name = (row.cells.get("id", "").strip(), row.cells.get("dimension", "").strip())
        if not name[0] or (kind == COMPARISON_ROW and not name[1]):
            plan.refuse(row.number, Message("tables.no-id", row=row.number))
            continue
        if other := rows.get(name):
            for number in (row.number, other.number):
                plan.refuse(number, Message("tables.same-id", row=number, id=name[0], other=other.number))
            continue
        rows[name] = row
        entry = known.get(name)
        file = items.get(name[0], file)
        if kind == COMPARISON_ROW and name[0] not in items:
            plan.refuse(row.number, Message("tables.no-subject", id=name[0]))
            continue
        before = plain_data(entry.data) if entry else None
        after = _row_data(plan, row, table, columns, before or {})
        if row.number in plan.refused:
            continue
        if after == before:
            plan.same += 1
        else:
            plan.changes.append(RowChange(row.number, name, before, after, file))
    plan.changes = [change for change in plan.changes if change.row not in plan.refused]
    plan.kept = len(known.keys() - rows.keys())


def _row_data(
    plan: TablePlan, row: Row, table: Table, columns: Sequence[ItemColumn], before: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the data of a row: what the handbook has, with the cells that differ from it."""
    data = copy.deepcopy(dict(before))
    for column in columns:
        text = row.cells.get(column.key, "")
        if text.rstrip("\n") == column.text(before):
            continue
        if not text.strip():
            _remove(data, column.path)
            continue
        try:
            value = cell_value(text, column.codec)
        except CellError as error:
            problem = Problem(row.number, column.key, str(error), {"heading": column.heading})
            plan.refuse(row.number, problem)
            continue
        earlier = column.value(before)
        if column.codec == "text" and isinstance(earlier, str) and earlier.endswith("\n"):
            value = value.rstrip("\n") + "\n"
        *steps, last = column.path
        inside = data
        for step in steps:
            inside = inside.setdefault(step, {})
        inside[last] = value
    return data


def _remove(data: dict[str, Any], path: Sequence[str]) -> None:
    first, *rest = path
    if rest and isinstance(data.get(first), dict):
        _remove(data[first], rest)
        if data[first]:
            return
    data.pop(first, None)


def _edited_files(root: Path, handbook: Handbook, kind: str, changes: Sequence[RowChange]) -> dict[str, str]:
    files: dict[str, str] = {}
    for file in dict.fromkeys(change.file for change in changes):
        path = root / file
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n") if path.exists() else ""
        document = parse_yaml(text, file) if text else None
        data: dict[str, Any] = plain_data(document.data) if document else {"kind": kind, "items": []}
        items = {item["id"]: item for item in data["items"]}
        for change in changes:
            if change.file == file:
                _apply(data["items"], items, change)
        files[file] = (
            edited_yaml(text, data, kind, handbook.languages)
            if text
            else yaml_text(data, kind, handbook.languages)
        )
    return files


def _apply(entries: list[Any], items: dict[str, Any], change: RowChange) -> None:
    item_id, dimension = change.name
    if dimension:
        cell = {key: value for key, value in change.after.items() if key != "id"}
        cells = items[item_id]["cells"]
        index = next((i for i, present in enumerate(cells) if present["dimension"] == dimension), len(cells))
        cells[index : index + 1] = [cell]
    elif item_id in items:
        comment = {key: value for key, value in items[item_id].items() if key == "comment"}
        items[item_id].clear()
        items[item_id].update({**change.after, **comment})
    else:
        items[item_id] = dict(change.after)
        entries.append(items[item_id])


def _new_problems(
    root: Path, kind: str, files: Mapping[str, str], baseline: set[tuple[str, str]]
) -> Iterator[tuple[Diagnostic, Document | None]]:
    """Yield what is wrong with the planned files, each with its document; first what their schema refuses."""
    documents = {file: parse_yaml(text, file) for file, text in files.items()}
    is_formed = True
    for document in documents.values():
        assert document is not None
        for _path, diagnostic in validate(document, kind):
            is_formed = False
            yield diagnostic, document
    if not is_formed:
        return
    with temporary_folder() as folder:
        for path, file in list_files(root, []):
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        write_files(folder, files)
        handbook, problems = load(folder, base=root)
        new_problems = [
            problem
            for problem in sorted({*problems, *check(handbook)})
            if problem.rule not in _TO_DO_RULES and _identity(problem) not in baseline
        ]
        # what other files lack follows from what is wrong in these
        inside = [problem for problem in new_problems if problem.place.file in documents]
        for problem in inside or new_problems:
            yield problem, documents.get(problem.place.file)


def _identity(problem: Diagnostic) -> tuple[str, str]:
    return problem.rule, str(problem.message)


def _refuse_rows(plan: TablePlan, kind: str, problems: Sequence[tuple[Diagnostic, Document | None]]) -> None:
    """Refuse the rows that ``problems`` stand in; the whole table where that cannot be told."""
    rows = {(change.file, *change.name): change.row for change in plan.changes}
    for problem, document in problems:
        name = _entry_at(document, problem, kind) if document else ("", "")
        row = rows.get((problem.place.file, *name), 0)
        plan.refuse(
            row,
            problem.message
            if isinstance(problem.message, Message)
            else Message("common.text", text=problem.message),
        )


def _entry_at(document: Document, problem: Diagnostic, kind: str) -> tuple[str, str]:
    """Return the id and the dimension of the entry that a problem stands in."""
    place = (problem.place.line, problem.place.column)
    name = ("", "")
    for index, item in enumerate(document.data["items"]):
        paths: list[tuple[tuple[str | int, ...], str]] = [(("items", index), "")]
        if kind == COMPARISON_ROW:
            cells = item.get("cells", ())
            paths += [
                (("items", index, "cells", i), cell.get("dimension", "")) for i, cell in enumerate(cells)
            ]
        for path, dimension in paths:
            start = document.place(path)
            if (start.line, start.column) <= place:
                name = (item.get("id", ""), dimension)
    return name
