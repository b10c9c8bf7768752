"""This year's assessment, begun with last year's answers: from a file, and from one in the browser."""

from __future__ import annotations

import json
from pathlib import Path

from axe import violations
from example_handbook import in_one_language
from form import Form
from playwright.sync_api import Page, expect
from test_filters import older_result
from test_rows import PAGE, check_result


def start_tool(form: Form) -> None:
    form.control("tools").click()
    form.control("tool-start").click()


@in_one_language
def test_from_last_years_file(language: str, library: str, page: Page, tmp_path: Path) -> None:
    """A newer checklist and an old file: a new assessment says what was kept, is to be confirmed, and is new."""
    old = tmp_path / "last-year.json"
    old.write_bytes(older_result())
    before = json.loads(old.read_text(encoding="utf-8"))
    form = Form(page).open(library, language, PAGE)
    start_tool(form)
    form.control("source-files").set_input_files(old)
    expect(form.control("start-from")).not_to_have_value("")
    form.control("start-begin").click()
    report = form.control("start-report").locator("li")
    expect(report.first).to_be_visible()
    expect(form.control("report")).to_contain_text("1.0.0")
    expect(form.control("save-state")).to_have_attribute("data-file", "never")
    expect(page.locator("[data-standing=to-confirm]")).not_to_have_count(0)
    assert violations(page) == []
    file, record = form.save(tmp_path)
    assert record["id"] != before["id"]
    assert record["checklist"]["carried_from"] == "1.0.0"
    assert set(record["answers"]) | set(record["orphans"]) >= set(before["answers"])
    assert check_result(file).returncode == 0, check_result(file).stdout
    assert old.read_bytes() == older_result()
    assert len(form.stored_entries()) == 1, "the file was only looked at"


def test_from_an_assessment_in_the_browser(library: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(library, "en", "about/visitor-check.html")
    form.control("label").fill("Round 2026")
    form.answer("has-card", "done")
    form.write("has-card", "note", "as every year")
    _file, first = form.save(tmp_path)
    start_tool(form)
    form.control("start-begin").click()
    expect(form.control("assessment-list").locator("option")).to_have_count(2)
    expect(form.control("label")).to_have_value("Round 2027")
    assert form.answers() == {"has-card": {"value": "done", "note": "as every year"}}
    form.answer("has-card", "partly")
    _second_file, second = form.save(tmp_path)
    assert second["id"] != first["id"]
    assert "carried_from" not in second["checklist"]
    # the earlier one is as it was
    form.control("assessment-list").select_option(first["id"])
    assert form.answers() == {"has-card": {"value": "done", "note": "as every year"}}
    _third_file, third = form.save(tmp_path)
    assert third == first
    # after the last answer, the form says what to do next
    expect(form.control("complete")).to_be_hidden()
    form.answer("address-current", "done")
    form.answer("returns-in-time", "done")
    form.control("next-report").click()
    expect(form.control("tool-report")).to_be_focused()
    expect(form.control("report-sheet")).to_be_in_viewport()
    form.control("next-start").click()
    expect(form.control("tool-start")).to_be_focused()
