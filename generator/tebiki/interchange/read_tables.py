"""Reads a table of a checklist from a workbook (XLSX) or a text (CSV) that a spreadsheet program saved."""

from __future__ import annotations

import datetime
import importlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tebiki.interchange.headings import row_headings, table_of
from tebiki.interchange.table import Problem, Table, TableError
from tebiki.model.spreadsheet_columns import column_letters
from tebiki.model.spreadsheet_text import without_formula_escapes
from tebiki.reading.office_file import MAX_BYTES as MAX_UNPACKED_BYTES
from tebiki.reading.office_file import MAX_PARTS
from tebiki.results.table_file import NoTableError, comparable_heading, read_table

#: The most bytes of a file.
MAX_BYTES = 20_000_000
_MAX_COLUMNS = 300
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*\bref=[\"']([A-Z0-9:]+)[\"']")
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: What Excel makes of a number such as 1-2 in a CSV file.
_DATE_TEXT = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


def read_content(file: Path) -> bytes:
    """Return the content of a file of at most ``MAX_BYTES``.

    Raises:
        TableError: It is larger.
    """
    with file.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TableError("large", most=str(MAX_BYTES // 1_000_000))
    return raw


def read_csv(raw: bytes, languages: Sequence[str]) -> tuple[Table, list[Problem]]:
    """Return the table in a CSV file, and what is not taken from it.

    Raises:
        TableError: The file is no such table.
    """
    table, problems = table_of(csv_rows(raw, row_headings(languages)), languages)
    for row in table.rows:
        if _DATE_TEXT.fullmatch(row.cells.get("number", "").strip()):
            problems.append(Problem(row.number, "number", "date", {"text": row.cells["number"]}))
    return table, problems


def csv_rows(raw: bytes, headings: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the texts of each row of a CSV file.

    UTF-8, UTF-16 and CP932 (Shift_JIS) are read, separated by commas, semicolons or tabs.

    Args:
        raw: The content of the file.
        headings: The first row has one of these.

    Raises:
        TableError: The file is no table.
    """
    rows: list[list[str]] = []
    for name in headings:
        try:
            rows = read_table(raw, [name])
        except NoTableError as error:
            raise TableError("kind", kind=str(error)) from error
        if rows and comparable_heading(name) in map(comparable_heading, rows[0]):
            break
    texts = ([without_formula_escapes(text.replace("\r\n", "\n")) for text in row] for row in rows)
    return enumerate(texts, 1)


def read_workbook(raw: bytes, languages: Sequence[str]) -> tuple[Table, list[Problem]]:
    """Return the table in a workbook, and what is not taken from it.

    Raises:
        TableError: The file is no such workbook.
    """
    return read_sheet(raw, row_headings(languages), lambda rows: table_of(rows, languages))


def read_sheet(
    raw: bytes,
    headings: Iterable[str],
    read: Callable[[Iterator[tuple[int, list[str]]]], tuple[Table, list[Problem]]],
) -> tuple[Table, list[Problem]]:
    """Return what ``read`` makes of the first sheet whose first row has one of the ``headings``.

    Args:
        raw: The content of a workbook.
        headings: The headings.
        read: Makes a table of the number and the texts of each row.

    Raises:
        TableError: The file is no such workbook.
    """
    _check_package(raw)
    try:
        openpyxl: Any = importlib.import_module("openpyxl")
    except ImportError as error:
        raise TableError("no-package", package="openpyxl") from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        wanted = {comparable_heading(name) for name in headings}
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            first = next(sheet.iter_rows(max_row=1, max_col=_MAX_COLUMNS, values_only=True), ())
            if wanted & {comparable_heading(str(value)) for value in first if value is not None}:
                if merged := _merged_cells(raw, sheet.title):
                    raise TableError("merged", merged)
                problems: list[Problem] = []
                table, unknown = read(_sheet_rows(sheet, problems))
                taken = set(table.places.values())
                return table, [*unknown, *(problem for problem in problems if problem.column in taken)]
        names = ", ".join(sheet.title for sheet in book.worksheets)
    except TableError:
        raise
    except Exception as error:  # the library ends on a broken file in many ways
        raise TableError("broken") from error
    raise TableError("no-sheet", sheets=names)


def _check_package(raw: bytes) -> None:
    """Refuse a file that is no ZIP archive, or that holds more than is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise TableError("large", most=str(MAX_UNPACKED_BYTES // 1_000_000))
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise TableError("macros")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        if _DECLARATION.search(stream.read(1000)):
                            raise TableError("broken")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("broken") from error


def _merged_cells(raw: bytes, title: str) -> str:
    """The first merged range of the sheet with this title, such as ``A3:B4``; "" if there is none."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        for sheet in book.iterfind(".//{*}sheet"):
            if sheet.get("name") == title:
                key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
                target = targets[key].lstrip("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                match = _MERGED.search(package.read(part))
                return match[1].decode() if match else ""
    return ""


def _sheet_rows(sheet: Any, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The texts of each row; a cell that holds no text is left empty, and added to ``problems`` with its column."""
    for number, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS), 1):
        texts = []
        for index, cell in enumerate(row):
            text, reason = _cell_text(cell)
            if reason:
                letters = column_letters(index)
                details = {"cell": f"{letters}{number}", "text": str(cell.value)[:60]}
                problems.append(Problem(number, letters, reason, details))
            texts.append(text)
        yield number, texts


def _cell_text(cell: Any) -> tuple[str, str]:
    """The text of a cell, and the reason where it has none that can be taken."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", "formula"
    if cell.data_type == "e":
        return "", "error-value"
    match value:
        case bool():
            return ("true" if value else "false"), ""
        case int():
            return str(value), ""
        case float():
            return (str(int(value)) if value.is_integer() else repr(value)), ""
        case datetime.date() | datetime.time() | datetime.timedelta():
            return "", "date"
        case _:
            text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
            return text.replace("\r\n", "\n"), ""
