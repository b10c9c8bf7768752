"""Workbooks and CSV files that were exported, filled in with another program, and opened again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from axe import violations
from example_handbook import PROJECT
from form import Form
from form_tools import PAGE, download_bytes, open_tool
from playwright.sync_api import Page, expect
from tebiki.model.shared_constants import MAX_RESULT_BYTES

Change = Callable[[Any], object]
SPREADSHEETS = PROJECT / "tests" / "vectors" / "spreadsheets"
NOTE, ANSWER, QUESTION, ID = "F", "D", "C", "K"


def filled_in(form: Form, folder: Path, change: Change) -> Path:
    """The workbook of the assessment in front, with ``change`` made to its first sheet."""
    open_tool(form, "export")
    book = openpyxl.load_workbook(io.BytesIO(download_bytes(form, "export-xlsx")))
    change(book.worksheets[0])
    file = folder / "filled in.xlsx"
    book.save(file)
    return file


def test_a_workbook_filled_in_elsewhere_is_shown_first_and_taken_row_by_row(
    library: str, page: Page, tmp_path: Path
) -> None:
    def fill_in(sheet: Any) -> None:
        sheet[f"{ANSWER}3"] = 25
        sheet[f"{NOTE}3"] = "＝ about that\nmany"
        sheet[f"{ANSWER}4"] = "=1+1"
        sheet[f"{NOTE}5"] = "part of a merger"
        sheet.merge_cells(f"{NOTE}5:G5")
        sheet[f"{ANSWER}6"] = "Whatever"
        sheet[f"{ID}2"] = "not-here"

    form = Form(page).open(library, "en", PAGE)
    file = filled_in(form, tmp_path, fill_in)
    form.load(file)
    sheet = form.control("import-sheet")
    expect(sheet).to_contain_text("Rows to be taken: 1. Rows refused: 4.")
    refused = form.control("import-refused").locator("li").all_inner_texts()
    assert [text[:6] for text in refused] == ["Row 2:", "Row 4:", "Row 5:", "Row 6:"]
    assert "“not-here” is not the id of a question" in refused[0]
    assert "There is a formula under “Answer”" in refused[1]
    assert "merged cells" in refused[2]
    assert "cannot be changed from a table" in refused[3]
    assert violations(page) == []
    assert form.answers() == {}, "nothing is taken before it is confirmed"
    form.control("import-take").press("Enter")
    expect(form.control("status")).to_contain_text("Rows taken from “filled in.xlsx”: 1.")
    expect(form.control("tools")).to_be_focused()
    _file, record = form.save(tmp_path)
    assert record["answers"].keys() == {"guests"}
    assert record["answers"]["guests"]["content"] == "25"
    assert record["answers"]["guests"]["note"] == "＝ about that\nmany"


def test_tables_open_as_spreadsheet_programs_save_them(library: str, page: Page) -> None:
    form = Form(page).open(library, "ja", PAGE)
    sheet = form.control("import-sheet")
    for name, texts in {
        "cp932.csv": ["26"],
        "excel-date-and-note.csv": ["2026-04-01", "会場は予約済み"],
        "date-cell.xlsx": ["2026-05-20"],
        "note-date.xlsx": ["2026-05-20"],
        "sheetbefore.xlsx": ["26"],
        "bool.xlsx": ["質問 3 の「TRUE」"],
    }.items():
        form.load(SPREADSHEETS / name)
        expect(sheet).to_contain_text(name)
        for text in texts:
            expect(sheet).to_contain_text(text)
        form.control("import-cancel").click()


def test_a_csv_file_opens_again_whatever_divides_and_encodes_it(
    library: str, page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(library, "ja", PAGE)
    open_tool(form, "export")
    text = download_bytes(form, "export-csv").decode()
    file = tmp_path / "a.csv"
    filled = text.replace('"何人来ますか。",""', '"何人来ますか。","40"').replace('","', '"\t"')
    file.write_bytes(filled.encode("utf-16"))
    form.load(file)
    expect(form.control("import-sheet")).to_contain_text("何人来ますか。")
    form.control("import-take").click()
    expect(form.item("guests").locator("[data-content]")).to_have_value("40")


def workbook(folder: Path, sheets: int, sheet: str) -> Path:
    """A workbook in which all sheets are the same part."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    names = "".join(f'<sheet name="s{i}" sheetId="{i + 1}" r:id="rId1"/>' for i in range(sheets))
    file = folder / "workbook.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}">{sheet}</worksheet>')
    return file


def shared_part(folder: Path) -> Path:
    row = "<row>" + '<c t="inlineStr"><is><t>a</t></is></c>' * 11 + "</row>"
    return workbook(folder, 30, f"<sheetData>{row * 2000}</sheetData>")


def many_sheets(folder: Path) -> Path:
    return workbook(folder, 51, "<sheetData/>")


def many_cells(folder: Path) -> Path:
    return workbook(folder, 1, f"<sheetData>{('<row>' + '<c/>' * 100 + '</row>') * 2001}</sheetData>")


def many_rows(folder: Path) -> Path:
    return workbook(folder, 1, '<sheetData><row r="20001"/></sheetData>')


def many_merges(folder: Path) -> Path:
    merges = '<mergeCell ref="A1:A20000"/>' * 20_000
    return workbook(folder, 1, f"<sheetData/><mergeCells>{merges}</mergeCells>")


def old_workbook(folder: Path) -> Path:
    file = folder / "old.xls"
    file.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500))
    return file


def bomb(folder: Path) -> Path:
    """A workbook of a few kilobytes whose sheet unpacks to 15 MB."""
    file = folder / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 15_000_000)
    return file


def other_headings(form: Form, folder: Path) -> Path:
    return filled_in(form, folder, lambda sheet: sheet.__setitem__("D1", "My answer"))


def large(folder: Path) -> Path:
    file = folder / "large.csv"
    file.write_bytes(b"," * (MAX_RESULT_BYTES + 1))
    return file


def broken(folder: Path) -> Path:
    file = folder / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    return file


REFUSED: dict[Callable[[Path], Path], str] = {
    bomb: "unpacks to more than 100 times its size",
    shared_part: "cannot be read as a table",
    many_sheets: "more than 50 sheets",
    many_cells: "more than 200000 cells",
    many_rows: "more than 20000 rows",
    many_merges: "more than 10000 merged cells",
    large: "too large",
    broken: "cannot be read as a table",
    old_workbook: "an Excel workbook of the old kind (.xls), or one with a password",
}


def test_what_is_no_table_of_a_form_is_refused_with_the_reason(
    library: str, page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(library, "en", PAGE)
    form.answer("guests", "room-unsure")
    for make, message in REFUSED.items():
        form.load(make(tmp_path))
        expect(form.control("status")).to_contain_text(message)
    assert form.answers() == {"guests": {"value": "room-unsure"}}


def test_changed_headings_are_refused_with_the_headings(library: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(library, "en", PAGE)
    form.load(other_headings(form, tmp_path))
    expect(form.control("status")).to_contain_text("Missing, or there twice: Answer.")
    expect(form.control("import-sheet")).to_have_count(0)
