"""Reports and exports made in the form: the same as on the command line, and safe as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import violations
from example_handbook import LANGUAGES
from form import Form
from form_tools import CHECKLIST, HANDBOOK, PAGE, cells, differences, download_bytes, open_tool, write_results
from playwright.sync_api import Page, expect
from tebiki.results.assessment_view import assessment_view
from tebiki.results.check import read_result
from tebiki.results.export import to_csv, to_markdown
from tebiki.results.html_report import report_html
from tebiki.results.local_time import local_time
from tebiki.results.xlsx import to_xlsx


@pytest.mark.parametrize("language", LANGUAGES)
def test_exports_and_report_are_those_of_the_command_line(
    language: str, library: str, page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(library, language, PAGE)
    (file, record), *_rest = write_results(tmp_path, 11)
    view = assessment_view(record, CHECKLIST, HANDBOOK, language)
    form.load(file)
    open_tool(form, "export")
    assert download_bytes(form, "export-csv") == to_csv(view)
    assert download_bytes(form, "export-md") == to_markdown(view)
    assert cells(download_bytes(form, "export-xlsx")) == cells(to_xlsx(view))
    open_tool(form, "report")
    report = download_bytes(form, "report-save")
    assert differences(report, report_html(view)) == []
    assert read_result(report, HANDBOOK).record == record
    shown = report.decode().partition("<script")[0]  # the record keeps UTC
    assert record["updated"] not in shown
    assert local_time(record["updated"]) in shown


def test_a_report_saved_as_a_file_loads_and_runs_nothing(library: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(library, "ja", PAGE)
    form.load(write_results(tmp_path, 12)[0][0])
    open_tool(form, "report")
    file = tmp_path / "report.html"
    file.write_bytes(download_bytes(form, "report-save"))
    messages: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.locator("main h1").evaluate("one => getComputedStyle(one).lineHeight !== 'normal'")
    assert (messages, asked) == ([], [file.as_uri()])
    assert violations(page) == []
    form.open(library, "ja", PAGE).load(file)
    expect(form.control("status")).to_contain_text("report.html")
    expect(form.control("status")).to_contain_text("すでにある点検と同じ内容")


def test_the_report_follows_the_answers_and_is_printed_alone(library: str, page: Page) -> None:
    form = Form(page).open(library, "en", PAGE)
    open_tool(form, "report")
    sheet = form.control("report-sheet")
    expect(sheet).to_contain_text("Not answered (5)")
    form.answer("guests", "room-unsure")
    expect(sheet).to_contain_text("To find out (1)")
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(form.item("guests")).not_to_be_visible()
    expect(form.control("label")).not_to_be_visible()
    page.emulate_media(media="screen")
    form.control("tools").click()  # closes them
    page.emulate_media(media="print")
    expect(form.item("guests")).to_be_visible()
