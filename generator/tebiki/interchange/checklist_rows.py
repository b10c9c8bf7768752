"""Writes the data of a checklist as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tebiki.interchange.cell_text import cell_text, line_cells
from tebiki.interchange.columns import COLUMNS, ROW_KINDS, DataPath, column_keys, is_localized, row_kind_of
from tebiki.interchange.table import Row, Table

_MISSING = object()


def checklist_table(
    checklist: Mapping[str, Any], answer_sets: Iterable[Mapping[str, Any]], languages: Sequence[str]
) -> Table:
    """Return a table of a checklist and the answer sets that it uses.

    Args:
        checklist: The data of the checklist.
        answer_sets: The data of the answer sets.
        languages: The languages of the handbook, the original one first.

    Returns:
        A table with all columns. What a checklist has besides stands in columns of its own, as JSON.
    """
    cells = list(_rows("checklist", checklist, languages))
    for answer_set in answer_sets:
        cells += _rows("answer-set", answer_set, languages)
    known = column_keys(languages)
    others = sorted({key for row in cells for key in row} - set(known))
    return Table((*known, *others), tuple(Row(number, row) for number, row in enumerate(cells, 2)))


def _rows(kind: str, data: Mapping[str, Any], languages: Sequence[str]) -> Iterator[dict[str, str]]:
    """The cells of the row of ``data``, and of the rows under it."""
    lists = {row.path for row in ROW_KINDS.values() if kind in row.under}
    cells = {"row": kind}
    known = {path: column for column, path in ROW_KINDS[kind].cells.items()}
    for path, value in _leaves(data, known, lists):
        if path in known:
            cells |= _cells(known[path], value, languages)
        elif path != ("kind",):
            cells[".".join(path)] = cell_text(value, "json")
    yield cells
    for path in sorted(lists, key=_order):
        for entry in _at(data, path, ()):
            yield from _rows(row_kind_of(kind, entry, path), entry, languages)


def _order(path: DataPath) -> int:
    """Rows of this path stand in the order of ``ROW_KINDS``."""
    return [row.path for row in ROW_KINDS.values()].index(path)


def _leaves(
    data: Mapping[str, Any], known: Mapping[DataPath, str], lists: set[DataPath], before: DataPath = ()
) -> Iterator[tuple[DataPath, Any]]:
    """The values of ``data`` that stand in one cell, or in one for each language."""
    inner = {path[0] for path in (*known, *lists) if len(path) > 1}
    for key, value in data.items():
        path = (*before, key)
        if path in lists:
            continue
        if not before and key in inner and isinstance(value, Mapping):
            yield from _leaves(value, known, lists, path)
        else:
            yield path, value


def _cells(column: str, value: Any, languages: Sequence[str]) -> dict[str, str]:
    if not is_localized(column):
        return {column: cell_text(value, COLUMNS[column])}
    texts = line_cells(value, languages) if COLUMNS[column] == "lines" else value
    return {f"{column}.{language}": text for language, text in texts.items() if text}


def _at(data: Mapping[str, Any], path: DataPath, default: Any) -> Any:
    value: Any = data
    for key in path:
        value = value.get(key, _MISSING) if isinstance(value, Mapping) else _MISSING
    return default if value is _MISSING else value
