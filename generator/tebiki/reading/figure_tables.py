"""Reads the tables of published figures, which may come from anybody."""

from __future__ import annotations

import importlib
import posixpath
from collections.abc import Iterable, Sequence
from typing import Any

from tebiki.files import temporary_folder
from tebiki.model.content_file import ContentFile, ending_of
from tebiki.model.figure_table import (
    FIGURE_COLUMNS,
    FigureRow,
    FigureTable,
    FigureTableError,
    figure_rows,
    other_columns,
    read_figure_table,
)
from tebiki.model.message import Message

#: The most rows of a Parquet file: a small one can hold billions.
MAX_ROWS = 100_000
_MAX_CELL = 200  # characters: no id is longer
#: Nothing is downloaded, and nothing written to disk.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "256MB",
    "temp_directory": "",
    "threads": 1,
}
_TEXT = ("VARCHAR",)
_NUMBER = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_TYPES = {"rev": _NUMBER, "count": _NUMBER, "withheld": ("BOOLEAN",), "at_least": _NUMBER}


def read_figure_tables(files: Iterable[ContentFile]) -> list[FigureTable]:
    """Return the tables in ``files``; one that cannot be read has no rows, but its problem."""
    tables: dict[str, FigureTable] = {}
    for file in files:
        name = posixpath.splitext(file.path)[0]
        if name in tables:
            message = Message("rules.figures.same-name", other=tables[name].at.file)
            tables[name] = FigureTable(name, file.at, problem=(1, message))
        else:
            tables[name] = _read(name, file)
    return list(tables.values())


def _read(name: str, file: ContentFile) -> FigureTable:
    parquet = ending_of(file.path) == "parquet"
    try:
        rows = read_parquet_table(file.raw) if parquet else read_figure_table(file.raw)
    except FigureTableError as error:
        return FigureTable(name, file.at, problem=(error.line, error.message))
    return FigureTable(name, file.at, tuple(rows), first_line=1 if parquet else 2)


def read_parquet_table(raw: bytes) -> list[FigureRow]:
    """Return the rows of a table of figures in Parquet.

    Args:
        raw: The content of the file, with the columns of ``FigureRow``, in their order.

    Raises:
        FigureTableError: The file has other columns, too many rows, or a value that its column cannot have; it is no
            Parquet file; or the package that reads Parquet is missing.
    """
    try:
        duckdb = importlib.import_module("duckdb")  # only who has a Parquet file needs it
    except ImportError as error:
        raise FigureTableError(Message("rules.figures.package", package="duckdb"), 1) from error
    try:
        cells = _parquet_cells(duckdb, raw)
    except duckdb.Error as error:
        raise FigureTableError(Message("rules.figures.parquet"), 1) from error
    if len(cells) > MAX_ROWS:
        raise FigureTableError(Message("rules.figures.rows", most=MAX_ROWS), MAX_ROWS + 1)
    return list(figure_rows(cells, 1))


def _parquet_cells(duckdb: Any, raw: bytes) -> Sequence[Sequence[str]]:
    """The cells of each row as text, and no more of a row or of the file than a table may have."""
    with temporary_folder() as scratch, duckdb.connect(config=_CONFIG) as database:
        file = scratch / "figures.parquet"
        file.write_bytes(raw)
        columns = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
        types = {name: type_ for name, type_, *_rest in columns}
        if tuple(types) != FIGURE_COLUMNS:
            raise other_columns(1)
        for name, type_ in types.items():
            if type_ not in _TYPES.get(name, _TEXT):
                raise FigureTableError(Message("rules.figures.type", column=name), 1)
        cells = ", ".join(f"left(coalesce(CAST({name} AS VARCHAR), ''), {_MAX_CELL})" for name in types)
        rows = f"SELECT {cells} FROM read_parquet(?) LIMIT {MAX_ROWS + 1}"
        result: Sequence[Sequence[str]] = database.execute(rows, [str(file)]).fetchall()
        return result
