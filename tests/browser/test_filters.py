"""Who answered what, what is shown of a form, and forms before and without their script."""

from __future__ import annotations

import json
from pathlib import Path

from example_handbook import PROJECT, in_one_language
from examples.make_results import answer, handbook, json_bytes, seal
from form import Form
from playwright.sync_api import Page, Route, expect
from tebiki.model.digest import digest
from test_rows import PAGE, check_result, part, rows, tasks

MINIMAL = PROJECT / "tests/examples/valid/minimal"


@in_one_language
def test_who_answered_what(language: str, library: str, page: Page, tmp_path: Path) -> None:
    """From the researcher to the office and back: each answer and row says who gave it."""
    form = Form(page).open(library, language, PAGE)
    form.control("respondent").fill("企画係")
    form.item("guests").locator("[data-content]").fill("12")
    form.control("add-helpers").click()
    part(rows(form, "helpers").first, "task").fill("受付")
    file, first = form.save(tmp_path)
    form.control("delete").click()
    form.control("dialog-delete").click()
    expect(rows(form, "helpers")).to_have_count(0)
    form.load(file)
    expect(rows(form, "helpers")).to_have_count(1)
    assert form.control("respondent").input_value() == ""  # whoever opens it is someone else
    expect(form.control("role-question")).to_be_in_viewport()
    form.control("role").fill("総務係")
    form.control("role").press("Enter")
    expect(form.control("respondent")).to_have_value("総務係")
    expect(form.control("role-question")).to_have_count(0)
    form.control("add-helpers").click()
    part(rows(form, "helpers").last, "task").fill("片付け")
    expect(form.control("given-guests")).to_contain_text("企画係")
    expect(form.control("given-helpers")).to_contain_text("総務係")
    file, record = form.save(tmp_path)
    form.load(file)
    expect(form.control("status")).to_contain_text(file.name)
    expect(form.control("role-question")).to_have_count(0)  # asked once
    assert record["answers"]["guests"] == first["answers"]["guests"]
    assert [row["respondent"] for row in record["answers"]["helpers"]["content"]] == ["企画係", "総務係"]
    assert check_result(file).returncode == 0


def older_result() -> bytes:
    """A result of version 1.0.0, in which one question was other than now and one did not exist."""
    older = next(
        checklist
        for checklist in handbook().checklists
        if (checklist.id, checklist.version) == ("workshop-plan", "1.0.0")
    )
    record = json.loads((MINIMAL.parent / "results/complete.json").read_text(encoding="utf-8"))
    record["checklist"] = {"id": older.id, "version": older.version, "digest": digest(older.head.data)}
    record["answers"] = {
        "rooms": {**answer(""), "content": ["hall"]},
        "day": {**answer(""), "content": "2026-05-01"},
        "guests": {**answer(""), "content": "12"},
    }
    record.update(format_version="1.1.0", status="in-progress", computed={"total": {}, "sections": {}})
    return json_bytes(seal(record))


@in_one_language
def test_filters(language: str, library: str, page: Page, tmp_path: Path) -> None:
    """Only what is unanswered, and only what has changed since the version that was answered."""
    file = tmp_path / "older.json"
    file.write_bytes(older_result())
    assert check_result(file).returncode == 0, check_result(file).stdout
    form = Form(page).open(library, language, PAGE)
    expect(form.control("filter-changed")).to_be_hidden()
    form.load(file)
    expect(form.control("filter-changed")).to_be_visible()

    def shown() -> list[str]:
        numbers: list[str] = page.evaluate(
            "[...document.querySelectorAll('fieldset[data-item]')].filter(one => one.offsetParent).map(one => one.id)"
        )
        return numbers

    assert shown() == ["rooms", "day", "guests", "purpose", "helpers", "notices", "contact"]
    form.control("filter-changed").check()
    assert shown() == ["rooms", "contact"]
    expect(form.control("status")).to_contain_text("2")
    form.control("filter-changed").uncheck()
    form.control("filter-unanswered").check()
    assert shown() == ["rooms", "purpose", "helpers", "notices", "contact"]
    form.item("purpose").locator("[data-content]").fill("x")
    assert "purpose" in shown()  # nothing goes away under the hands
    form.item("purpose").locator("[data-content]").blur()
    form.item("rooms").locator('input[value="studio"]').check()
    form.control("filter-unanswered").uncheck()
    form.control("filter-unanswered").check()
    assert shown() == ["helpers", "notices", "contact"]
    _file, record = form.save(tmp_path)
    assert record["checklist"]["carried_from"] == "1.0.0"
    page.goto(f"{library}/{language}/{PAGE}#guests")
    page.reload()
    form.ready()
    form.control("filter-unanswered").check()
    assert "guests" not in shown()
    page.evaluate("location.hash = ''")
    page.evaluate("location.hash = 'guests'")
    expect(form.item("guests")).to_be_visible()


def test_counts_and_time_left(library: str, page: Page) -> None:
    """Each section says how many are answered and how long the rest takes, from the checklist's minutes."""
    form = Form(page).open(library, "en", PAGE)
    expect(form.control("progress-basics")).to_contain_text("0")
    before = form.control("remaining-people").inner_text()
    form.control("add-notices").click()
    part(rows(form, "notices").first, "sort").select_option("closed")
    part(rows(form, "notices").first, "wording").fill("Closed.")
    expect(form.control("progress-people")).to_contain_text("1")
    assert form.control("remaining-people").inner_text() != before
    expect(form.control("remaining-total")).to_be_visible()


@in_one_language
def test_without_scripts(language: str, library: str, page: Page) -> None:
    """Every field can be read and printed, with what there is to choose from."""
    assert page.context.browser
    plain = page.context.browser.new_context(java_script_enabled=False)
    still = plain.new_page()
    still.goto(f"{library}/{language}/{PAGE}")
    assert still.locator("[data-row]").count() == 2
    still.emulate_media(media="print")
    expect(still.locator(".tf-paper").first).to_be_visible()
    plain.close()


def test_what_was_typed_before_the_script_came(library: str, page: Page) -> None:
    """A row begun while the script was still on its way is taken over."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/checklist.js", hold)
    with page.expect_request("**/checklist.js"):
        page.goto(f"{library}/ja/{PAGE}", wait_until="commit")
    part(page.locator('fieldset[data-item="helpers"] [data-row]'), "task").fill("受付")
    page.locator('fieldset[data-item="rooms"] input[value="hall"]').check()
    held[0].continue_()
    form = Form(page).ready()
    assert tasks(form) == ["受付"]
    expect(form.item("rooms").locator('input[value="hall"]')).to_be_checked()
