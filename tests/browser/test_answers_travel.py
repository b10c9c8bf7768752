"""Answers to one checklist, offered to questions of another: from the browser, and from a file."""

from __future__ import annotations

from pathlib import Path

from axe import violations
from form import Form
from playwright.sync_api import Page, expect
from test_rows import part, rows

WORKSHEET = "self-check/disclosure-worksheet.html"
PROJECT_RISK = "self-check/project-risk.html"


def test_the_worksheet_feeds_the_project_risk_form(address: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(address, "en", WORKSHEET)
    form.control("label").fill("Spring call")
    form.control("add-affiliations").click()
    row = rows(form, "affiliations").first
    part(row, "organisation").fill("University A")
    part(row, "post").fill("Professor")
    part(row, "sort").select_option("main-post")
    file, _ = form.save(tmp_path)

    form.open(address, "en", PROJECT_RISK)
    expect(form.control("reuse-offer")).to_contain_text("Spring call")
    assert form.answers() == {}
    form.control("reuse-open").click()
    offer = form.control("reuse-looked-at")
    expect(offer).to_contain_text("University A / Professor / Main post")
    expect(offer).to_contain_text("Spring call")
    expect(rows(form, "looked-at")).to_have_count(0)
    assert violations(page) == []
    form.control("reuse-take-looked-at").click()
    row = rows(form, "looked-at").first
    expect(part(row, "remark")).to_have_value("University A / Professor / Main post")
    expect(part(row, "matter")).to_have_value("affiliations")
    expect(part(row, "result")).to_have_value("")
    expect(form.control("reuse-none")).to_be_visible()
    expect(form.control("reuse-offer")).to_be_hidden()

    form.control("step-back").click()
    expect(rows(form, "looked-at")).to_have_count(0)
    form.load(file)  # the ordinary button for files
    expect(form.control("reuse-looked-at")).to_contain_text("University A / Professor")
    edited = tmp_path / "edited.json"
    edited.write_text(
        file.read_text(encoding="utf-8").replace("University A", "University B"), encoding="utf-8"
    )
    form.control("reuse-files").set_input_files(edited)
    expect(form.control("status")).to_contain_text("edited.json")
    expect(form.control("reuse-sheet")).not_to_contain_text("University B")
