"""Items of a kind as a table, for spreadsheet programs: a row for each item, or for each cell of a comparison."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.interchange.item_columns import ItemColumn, item_columns
from tebiki.interchange.read_tables import csv_rows, read_content, read_sheet
from tebiki.interchange.table import Problem, Row, Table, TableError
from tebiki.interchange.write_tables import new_workbook
from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW
from tebiki.model.shared_constants import MAX_CELL_LENGTH
from tebiki.model.spreadsheet_columns import column_letters
from tebiki.model.spreadsheet_text import rows_to_csv
from tebiki.results.table_file import comparable_heading

#: The most rows that are read.
MAX_ROWS = 10_000
_WIDTHS = {"text": 48, "sources": 36}


@dataclass(frozen=True)
class Entry:
    """What a row shows.

    Attributes:
        id: The id of the item.
        dimension: Of a comparison, the dimension of the cell; "" otherwise.
        data: The data of the item or the cell, with ``id``.
        file: The file of the item.
    """

    id: str
    dimension: str
    data: dict[str, Any]
    file: str


def entries_of(handbook: Handbook, kind: str) -> list[Entry]:
    """Return the entries of the handbook's own items of a kind, in the order of the files."""
    entries = []
    for item in handbook.items:
        if item.kind != kind or item.at.upstream:
            continue
        if kind == COMPARISON_ROW:
            for cell in item.data["cells"]:
                entries.append(Entry(item.id, cell["dimension"], {"id": item.id, **cell}, item.at.file))
        else:
            entries.append(Entry(item.id, "", dict(item.data), item.at.file))
    return entries


def table_rows(handbook: Handbook, kind: str, language: str) -> Iterator[list[str]]:
    """Yield the texts of the headings and of each row."""
    columns = item_columns(kind, handbook.languages, language)
    yield [column.heading for column in columns]
    for entry in entries_of(handbook, kind):
        yield [column.text(entry.data) for column in columns]


def table_file(handbook: Handbook, kind: str, language: str, suffix: str) -> bytes:
    """Return the table as a file.

    Args:
        handbook: The handbook.
        kind: The kind of the items.
        language: The language of the headings.
        suffix: ``.xlsx`` or ``.csv``.

    Raises:
        TableError: A text is longer than a cell of a workbook holds, or a package is missing.
    """
    rows = list(table_rows(handbook, kind, language))
    if suffix == ".csv":
        return rows_to_csv(rows)
    for row in rows:
        if any(len(text) > MAX_CELL_LENGTH for text in row):
            raise TableError("too-long", id=row[0], most=str(MAX_CELL_LENGTH))
    stream = io.BytesIO()
    book = new_workbook(stream)
    sheet = book.add_worksheet(kind)
    plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
    title, body = book.add_format({**plain, "bold": True, "bg_color": "#E8EAF6"}), book.add_format(plain)
    for index, column in enumerate(item_columns(kind, handbook.languages, language)):
        sheet.set_column(index, index, _WIDTHS.get(column.codec, 20), body)
    for number, row in enumerate(rows):
        for index, text in enumerate(row):
            sheet.write_string(number, index, text, body if number else title)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    book.close()
    return stream.getvalue()


def read_item_table(
    file: Path, kind: str, languages: Sequence[str], language: str
) -> tuple[Table, list[Problem]]:
    """Return the table in a workbook or a CSV file, and the cells and columns that cannot be taken.

    Raises:
        TableError: The file is no such table.
    """
    raw = read_content(file)
    by_heading: dict[str, ItemColumn] = {}
    for code in dict.fromkeys(["en", *languages, language]):
        for column in item_columns(kind, languages, code):
            by_heading[comparable_heading(column.heading).lower()] = column
            by_heading[column.key.lower()] = column
    headings = ["id", *(column.heading for column in by_heading.values() if column.key == "id")]

    def read(rows: Iterator[tuple[int, list[str]]]) -> tuple[Table, list[Problem]]:
        return _table_of(rows, by_heading)

    return read_sheet(raw, headings, read) if raw.startswith(b"PK\x03\x04") else read(csv_rows(raw, headings))


def _table_of(
    rows: Iterator[tuple[int, list[str]]], by_heading: dict[str, ItemColumn]
) -> tuple[Table, list[Problem]]:
    headings = next(rows, (1, []))[1]
    columns = [by_heading.get(comparable_heading(text).lower()) for text in headings]
    keys = [column.key if column else "" for column in columns]
    problems = [
        Problem(0, None, "unknown-heading", {"heading": text.strip(), "cell": f"{column_letters(index)}1"})
        for index, text in enumerate(headings)
        if text.strip() and not keys[index]
    ]
    for index, key in enumerate(keys):
        if key and key in keys[:index]:
            raise TableError("same-heading", f"{column_letters(index)}1", heading=headings[index])
    needed = {column.key: column for column in by_heading.values() if column.key in ("id", "dimension")}
    if missing := [column.heading for key, column in needed.items() if key not in keys]:
        raise TableError("no-heading", "1", headings=", ".join(missing))
    content: list[Row] = []
    for number, texts in rows:
        cells = {key: text for key, text in zip(keys, texts, strict=False) if key and text.strip()}
        if not cells:
            continue
        if len(content) == MAX_ROWS:
            raise TableError("too-many-rows", str(number), most=str(MAX_ROWS))
        content.append(Row(number, cells))
    if not content:
        raise TableError("no-rows", "2")
    places = {key: column_letters(index) for index, key in enumerate(keys) if key}
    return Table(tuple(places), tuple(content), places), problems
