"""The table of a checklist is read from what spreadsheet programs save, and what cannot be read is refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from tebiki.interchange.checklist_data import read_checklist
from tebiki.interchange.headings import MAX_ROWS
from tebiki.interchange.read_tables import read_csv, read_workbook
from tebiki.interchange.table import TableError
from tebiki.reading.office_file import MAX_BYTES

LANGUAGES = ("ja", "en")


def csv_of(*rows: str, encoding: str = "utf-8", separator: str = ",") -> bytes:
    return "\r\n".join(separator.join(row.split("|")) for row in rows).encode(encoding)


HEAD = "行の種類|ID|見出し・質問 (ja)"


def test_shift_jis_semicolons_and_full_width_parentheses_are_read() -> None:
    raw = csv_of(
        "行の種類|ID|見出し・質問（ja）", "区分|s|区分", "質問|q|質問", encoding="cp932", separator=";"
    )
    table, problems = read_csv(raw, LANGUAGES)
    assert problems == []
    assert [row.cells for row in table.rows] == [
        {"row": "section", "id": "s", "title.ja": "区分"},
        {"row": "question", "id": "q", "title.ja": "質問"},
    ]
    assert table.cell_name(3, "title") == "C3"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (csv_of("行の種類|ID|題", "質問|q|x"), "no-heading"),
        (csv_of(f"{HEAD}|ID", "質問|q|x|q"), "same-heading"),
        (csv_of(HEAD), "no-rows"),
        (csv_of(HEAD, *(f"質問|q{number}|x" for number in range(MAX_ROWS + 1))), "too-many-rows"),
        (b"%PDF-1.7", "kind"),
        (b"\xff\xff\x00", "kind"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_csv(raw, LANGUAGES)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("row", "reason", "cell"),
    [
        ("表題|q2|x|", "row-kind", "A4"),
        ("|q2|x|", "no-row-kind", "A4"),
        ("選択肢|q2|x|", "row-place", "A4"),
        ("質問|q|x|", "same-id", "B4"),
        ("区分|s2|x|q is yes", "not-here", "D4"),
        ("質問|q2|x|q is", "condition", "D4"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_cell(row: str, reason: str, cell: str) -> None:
    table, _problems = read_csv(csv_of(f"{HEAD}|尋ねる条件", "区分|s|x|", "質問|q|x|", row), LANGUAGES)
    (problem,) = read_checklist(table).problems
    assert (problem.reason, table.cell_name(problem.row, problem.column)) == (reason, cell)


def test_scores_and_unknown_columns_are_named_and_not_taken() -> None:
    table, problems = read_csv(csv_of(f"{HEAD}|配点|Remarks", "区分|s|x|5|y"), LANGUAGES)
    assert [(problem.reason, problem.details["cell"]) for problem in problems] == [
        ("score", "D1"),
        ("unknown-heading", "E1"),
    ]
    assert "5" not in table.rows[0].cells.values()


def test_a_number_that_excel_made_a_date_of_is_refused() -> None:
    _table, problems = read_csv(csv_of(f"{HEAD}|番号", "質問|q|x|1月2日"), LANGUAGES)
    assert [problem.reason for problem in problems] == ["date"]


def workbook(rows: list[list[Any]], merge: str = "", note: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if note:
        sheet.title = "note"
        sheet.merge_cells("A1:C3")
        sheet = book.create_sheet("list")
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEADINGS = ["Kind of row", "ID", "Heading or question (ja)", "No.", "Score"]


def test_a_workbook_may_have_another_sheet_in_front_and_values_of_other_kinds() -> None:
    rows = [HEADINGS, ["Section", "s", "S"], [], ["Question", 7, "Q", 1.0, "=A1"]]
    table, problems = read_workbook(workbook(rows, note=True), LANGUAGES)
    assert [problem.reason for problem in problems] == [
        "score"
    ]  # a formula in a column that is not taken is no matter
    assert [(row.number, row.cells["id"]) for row in table.rows] == [(2, "s"), (4, "7")]
    assert table.rows[1].cells["number"] == "1"


def test_formulas_and_dates_in_a_workbook_are_refused_with_their_cells() -> None:
    rows = [HEADINGS, ["Section", "=B9", "S"], ["Question", "q", "Q", datetime.date(2026, 1, 2)]]
    _table, problems = read_workbook(workbook(rows), LANGUAGES)
    assert [(problem.reason, problem.details.get("cell")) for problem in problems[1:]] == [
        ("formula", "B2"),
        ("date", "D3"),
    ]


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (workbook([HEADINGS, ["Section", "s", "S"]], merge="A2:A3"), "merged"),
        (workbook([["a", "b"]]), "no-sheet"),
        (b"PK\x03\x04 and no more", "broken"),
        (packed(a=b""), "broken"),
        (packed(**{"a.xml": b" " * (MAX_BYTES + 1)}), "large"),
        (packed(**{"xl/vbaProject.bin": b"x"}), "macros"),
        (packed(**{"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'a'>]><x/>"}), "broken"),
    ],
    ids=["merged", "no-sheet", "cut", "empty", "bomb", "macros", "entities"],
)
def test_a_hostile_workbook_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_workbook(raw, LANGUAGES)
    assert refusal.value.reason == reason
