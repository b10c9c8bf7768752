"""Answers to an earlier version of another checklist: what still fits is offered, the rest is named with what to do."""

from __future__ import annotations

import json
from pathlib import Path

from example_handbook import PROJECT
from form import Form
from playwright.sync_api import Page, expect
from tebiki.results.record import with_digest

OLDER = PROJECT / "tests" / "golden" / "strengthening-measures-1.0.0.json"
MEASURES = "self-check/strengthening.html"
SURVEY = "self-check/follow-up.html"


def test_answers_to_an_earlier_version(address: str, page: Page, tmp_path: Path) -> None:
    record = json.loads(OLDER.read_text(encoding="utf-8"))
    record["answers"]["case-training"]["value"] = "met"
    file = tmp_path / "older.json"
    file.write_text(json.dumps(with_digest(record), ensure_ascii=False), encoding="utf-8")
    kept = page.locator("[data-testid=save-state][data-kept=kept]")

    form = Form(page).open(address, "en", MEASURES)
    form.answer("case-training", "unmet")
    expect(kept).to_be_visible()
    form.open(address, "en", SURVEY)
    form.answer("q4-1", "not-yet")
    expect(kept).to_be_visible()
    before = sorted(form.stored_entries())
    assert len(before) == 2

    form.load(file)
    expect(form.control("reuse-version")).to_contain_text("This assessment answers version 1.0.0")
    # a question that has changed since: nothing to take, and what to do
    expect(form.control("reuse-q3-1")).to_contain_text("was answered before it changed. Confirm the answer")
    expect(form.control("reuse-take-q3-1")).to_have_count(0)
    # the other assessments of this browser stay, and so does this one, until an answer is taken
    expect(form.control("reuse-q1-1")).to_contain_text("2026年度 第1回")
    assert form.answers() == {"q4-1": {"value": "not-yet"}}
    assert sorted(form.stored_entries()) == before

    form.control("reuse-take-q1-1").click()
    expect(form.item("q1-1").locator("input[value=implementing]")).to_be_checked()
    assert form.answers()["q4-1"] == {"value": "not-yet"}
    expect(kept).to_be_visible()
    after = form.stored_entries()
    assert len([entry for entry in after if entry in before]) == 1, "that of the other checklist"
