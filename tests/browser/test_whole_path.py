"""From the worksheet of a researcher to the Word form of a project, in both languages."""

from __future__ import annotations

from xml.dom.minidom import parseString

import pytest
from example_handbook import LANGUAGES
from form import Form
from form_tools import download_bytes, open_tool
from office_files import part_of
from playwright.sync_api import Page, expect
from tebiki.reading.office_xml import text_of
from test_rows import part, rows

WORKSHEET = "self-check/disclosure-worksheet.html"
PROJECT_RISK = "self-check/project-risk.html"


def table_rows(word: bytes) -> list[list[str]]:
    """The rows of the tables of a Word form, as the texts of their cells."""
    body = parseString(part_of(word, "word/document.xml"))
    return [
        ["".join(map(text_of, cell.getElementsByTagName("w:t"))) for cell in row.getElementsByTagName("w:tc")]
        for row in body.getElementsByTagName("w:tr")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_worksheet_to_the_form_of_the_project(language: str, address: str, page: Page) -> None:
    form = Form(page).open(address, language, WORKSHEET)
    form.control("label").fill("=A & B")
    form.control("add-affiliations").click()
    row = rows(form, "affiliations").first
    part(row, "organisation").fill("University <A>")
    part(row, "post").fill("Professor")
    expect(form.control("save-state")).to_have_attribute("data-kept", "kept")

    form.open(address, language, PROJECT_RISK)
    form.control("reuse-open").click()
    form.control("reuse-take-looked-at").click()
    part(rows(form, "looked-at").first, "where").fill("CV")
    form.item("project").locator("[data-content]").fill("{{name}} 計画")

    open_tool(form, "report")
    expect(form.control("report-sheet")).to_contain_text("University <A> / Professor")
    assert b"University &lt;A&gt; / Professor" in download_bytes(form, "report-save")

    open_tool(form, "fill")
    word = download_bytes(form, "fill-project-risk-word")
    cells = table_rows(word)
    assert ["{{name}} 計画"] in cells
    taken = next(row for row in cells if "CV" in row)
    assert taken[0] == "1"
    assert taken[-1] == "University <A> / Professor"
    assert "{{" not in part_of(word, "word/document.xml").replace("{{name}}", "")
