"""Filling a form changes its marks, and nothing else."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from english import raises
from office_files import docx, inline, paragraph, part_of, table, xlsx
from tebiki.model.content_file import ContentFile
from tebiki.model.diagnostics import Place
from tebiki.model.form_template import FormTemplate
from tebiki.results.excel_cells import TextTooLong
from tebiki.results.fill_form import fill_form, filled_texts
from tebiki.results.form_values import FormDocument

AT = Place("templates/any/form.yml")
ROWS = {"task": {"question": "helpers", "field": "task"}, "name": {"question": "purpose"}}


def filled(
    form: bytes, texts: dict[str, str], rows: list[dict[str, str]] | None = None, kind: str = "docx",
    numbers: frozenset[str] = frozenset(),
) -> bytes:  # fmt: skip
    template = FormTemplate("any", {"marks": ROWS}, AT, (ContentFile(f"any/form.{kind}", form, AT),))
    return fill_form(template, "en", FormDocument(texts, {"helpers": rows or [{"task": ""}]}, numbers))


def words(form: bytes, *arguments: Any) -> str:
    """The XML of the body of a filled Word form."""
    return part_of(filled(form, *arguments), "word/document.xml").partition("<w:body>")[2]


def workbook(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_a_split_mark_stands_where_it_begins() -> None:
    assert filled_texts(["a {{na", "me", "}} b {{x}}", "c"], {"name": "N", "x": "X"}) == [
        "a N",
        "",
        " b X",
        "c",
    ]


def test_a_text_has_the_format_of_the_first_run_of_its_mark() -> None:
    xml = words(docx(paragraph("To: {{na", "me}}", ".")), {"name": "Tanaka"})
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">To: Tanaka</w:t>' in xml
    assert xml.count("<w:r>") == 3


def test_texts_are_escaped_and_not_filled_again() -> None:
    xml = words(docx(paragraph("{{name}}")), {"name": "<w:p/> & {{name}} \x00\ud800"})
    assert "&lt;w:p/&gt; &amp; {{name}} \ufffd\ufffd" in xml


def test_lines_stay_lines() -> None:
    xml = words(docx(paragraph("{{name}}")), {"name": "one\r\ntwo\nthree"})
    assert xml.count("<w:br/>") == 2
    assert "\n" not in xml


def test_a_row_is_repeated_for_each_row() -> None:
    form = docx(table(["No", "Task"], ["{{name}}", "{{task}}"], ["end", ""]))
    xml = words(form, {"name": "N"}, [{"task": "one"}, {"task": "two"}])
    assert xml.count("<w:tr>") == 4
    assert xml.index("one") < xml.index("two") < xml.index("end")
    assert xml.count(">N<") == 2


def test_without_rows_one_empty_row_stays() -> None:
    xml = words(docx(table(["Task"], ["{{task}}"])), {"name": ""})
    assert xml.count("<w:tr>") == 2
    assert "{{" not in xml


def test_copies_of_a_row_share_no_identity() -> None:
    marked = '<w:tbl><w:tr w14:paraId="1"><w:tc><w:p><w:bookmarkStart w:id="0" w:name="a"/><w:r><w:t>{{task}}</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p></w:tc></w:tr></w:tbl>'
    xml = words(docx(marked), {}, [{"task": "one"}, {"task": "two"}])
    assert xml.count("w14:paraId") == xml.count("bookmarkStart") == 1


def test_header_and_other_parts() -> None:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    more = {
        "word/header1.xml": f"<w:hdr {namespace}>{paragraph('{{name}}')}</w:hdr>",
        "word/media/a.png": b"\x89PNG",
    }
    raw = filled(docx(paragraph("-"), more), {"name": "N"})
    assert ">N<" in part_of(raw, "word/header1.xml")
    assert raw == filled(docx(paragraph("-"), more), {"name": "N"})


def test_shared_texts_of_excel_in_two_formats() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>'
    sheet = workbook(filled(xlsx(rows), {"name": "=1+1"}, None, "xlsx")).active
    assert [cell.value for cell in sheet[1]] == ["=1+1", "=1+1!"]
    assert [(cell.data_type, cell.quotePrefix) for cell in sheet[1]] == [("s", True), ("s", True)]
    assert sheet["B1"].alignment is not None


@pytest.mark.parametrize(("text", "value"), [("12.5", 12.5), ("-3", -3), ("007", "007"), ("1e9", "1e9")])
def test_the_answer_to_a_question_for_a_number_is_a_number(text: str, value: object) -> None:
    form = xlsx(f'<row r="1">{inline("A1", "{{name}}")}{inline("B1", "{{name}} kg")}</row>')
    sheet = workbook(filled(form, {"name": text}, None, "xlsx", frozenset({"name"}))).active
    assert [cell.value for cell in sheet[1]] == [value, f"{text} kg"]


def test_an_empty_answer_leaves_an_empty_cell() -> None:
    sheet = workbook(filled(xlsx(f'<row r="1">{inline("A1", "{{name}}")}</row>'), {"name": ""}, None, "xlsx"))
    assert sheet.active["A1"].value is None


def test_rows_of_excel_move_what_is_below() -> None:
    rows = (
        f'<row r="1">{inline("A1", "{{task}}")}{inline("B1", "x")}</row>'
        f'<row r="3">{inline("A3", "end")}</row>'
    )
    around = '<mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="A3:C3"/></mergeCells>'
    names = '<definedName name="_xlnm.Print_Area" localSheetId="0">Plan!$A$1:$C$3</definedName>'
    tasks = [{"task": task} for task in ("one", "two", "three")]
    book = workbook(filled(xlsx(rows, around, names), {}, tasks, "xlsx"))
    sheet = book["Plan"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["one", "two", "three", None, "end"]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"B1:C1", "B2:C2", "B3:C3", "A5:C5"}
    assert sheet.print_area == "'Plan'!$A$1:$C$5"


def test_rows_and_cells_without_references() -> None:
    rows = "<row><c/><c t='inlineStr'><is><t>{{task}}</t></is></c></row><row><c t='inlineStr'><is><t>end</t></is></c></row>"
    sheet = workbook(filled(xlsx(rows), {}, [{"task": "one"}, {"task": "two"}], "xlsx")).active
    assert [sheet["B1"].value, sheet["B2"].value, sheet["A3"].value] == ["one", "two", "end"]


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with raises(TextTooLong, "cell A1"):
        filled(xlsx(f'<row r="1">{inline("A1", "{{name}}")}</row>'), {"name": "a" * 32_768}, None, "xlsx")


def test_a_coded_character_stays_as_it_was_entered() -> None:
    form = xlsx(f'<row r="1">{inline("A1", "{{name}}")}</row>')
    assert ">_x005F_x0041_<" in part_of(
        filled(form, {"name": "_x0041_"}, None, "xlsx"), "xl/worksheets/sheet1.xml"
    )
