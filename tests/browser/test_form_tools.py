"""Comparing, merging and planning in the form, held to the command line; and what all its tools share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe import violations
from form import Form
from form_tools import CHECKLIST, HANDBOOK, PAGE, differences, download_bytes, open_tool, write_results
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tebiki.results.assessment_view import assessment_view
from tebiki.results.compare import compare
from tebiki.results.html_report import compare_html
from tebiki.results.merge import Decision, merge
from tebiki.results.record import latest_credible_time
from test_pages import DESKTOP, PHONE


def test_comparing_tells_what_the_command_line_tells(library: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(library, "en", PAGE)
    (first, before), (second, after) = write_results(tmp_path, 13, 14)
    open_tool(form, "compare")
    form.control("source-files").set_input_files([first, second])
    form.control("compare-before").select_option("file-0")
    form.control("compare-after").select_option("file-0")
    expect(form.control("compare-notice")).to_contain_text("The same result is chosen on both sides")
    form.control("compare-after").select_option("file-1")
    views = [assessment_view(record, CHECKLIST, HANDBOOK, "en") for record in (before, after)]
    wanted = compare_html(views[0], views[1], compare(before, after, CHECKLIST))
    assert differences(download_bytes(form, "compare-save"), wanted) == []
    assert form.stored_entries() == [], "files that are only looked at are not kept"


def test_merging_records_what_was_settled_on_with_its_reason(
    library: str, page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(library, "en", PAGE)
    files = write_results(tmp_path, 15, 16)
    open_tool(form, "merge")
    form.control("source-files").set_input_files([file for file, _record in files])
    expect(form.control("merge-source")).to_have_count(2)
    for box in form.control("merge-source").all():
        box.check()
    entered = files[1][1]["answers"]
    item = next(
        name
        for name in CHECKLIST.answer_specs
        if form.control(f"decide-{name}").is_visible() and "content" in entered.get(name, {})
    )
    value = form.control(f"decide-{item}").locator("option").last.get_attribute("value")
    assert value == "#2", "what the second entered"
    form.control(f"decide-{item}").select_option(value)
    form.control("merge-label").fill("All of us")
    form.control("merge-make").click()
    expect(form.control("status")).to_contain_text("has no reason")
    expect(form.control(f"reason-{item}")).to_be_focused()
    form.control(f"reason-{item}").fill("They met")
    form.control("merge-make").click()
    expect(form.control("status")).to_contain_text("decided 1")
    expect(form.control("merge-make")).to_be_focused()
    decisions = {item: Decision(value, "They met")}
    wanted, _joined = merge(
        [record for _file, record in files],
        CHECKLIST,
        decisions,
        "All of us",
        "Agreed answer, because: ",
        latest_credible_time(),
    )
    _file, record = form.save(tmp_path)
    same = record == wanted
    assert same
    form.control("merge-make").click()
    expect(form.control("dialog")).to_contain_text("All of us")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(form.control("dialog")).to_have_count(0)


def test_plan_kind_and_round_are_kept_like_answers(address: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(address, "en")
    item = "consult-on-risk"
    form.answer(item, "unknown")
    form.control("kind").select_option("university")
    form.control("round").fill("2026-13")
    expect(page.locator("#tebiki-round-error")).to_contain_text("2026-04")
    form.control("round").fill("2026-04")
    open_tool(form, "plan")
    form.control("plan-from").select_option(item)
    form.control("plan-add").press("Enter")
    expect(form.control("action-text")).to_be_focused()
    page.keyboard.type("ask the office")
    form.control("action-due").fill("2027-03-31")
    form.control("action-state").select_option("started")
    form.control("plan-add").click()
    form.control("action-text").nth(1).fill("of no use")
    form.control("action-remove").nth(1).click()
    expect(form.control("plan-add")).to_be_focused()
    expect(form.control("save-state")).to_contain_text("Autosaved")
    form.control("tool-report").click()
    expect(form.control("report-sheet")).to_contain_text("ask the office")
    _file, record = form.save(tmp_path)
    action = {"item": item, "text": "ask the office", "owner": "", "due": "2027-03-31", "state": "started"}
    assert record["actions"] == [action]
    assert record["subject"] == {"label": "", "kind": "university", "round": "2026-04"}
    page.reload()
    form.ready()
    assert form.save(tmp_path)[1] == record
    open_tool(form, "plan")
    expect(form.control("action-text")).to_have_value("ask the office")


def test_the_tools_are_asked_for_only_when_they_are_used(library: str, page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.goto(f"{library}/en/{PAGE}")
    form = Form(page).started()
    page.on("request", lambda request: asked.append(request.url.removeprefix(library)))
    form.answer("guests", "room-unsure")
    assert asked == []
    form.ready()
    assert sorted(asked) == ["/en/assets/bundles/checklist-panel.js", "/en/assets/form-words.js"]
    asked.clear()
    file, record = form.save(tmp_path)
    form.load(file)
    assert asked == ["/en/assets/bundles/checklist-files.js"]
    page.route("**/checklist-tools.js", lambda route: route.abort())
    form.control("tools").click()
    expect(form.control("status")).to_contain_text("could not be loaded")
    page.unroute("**/checklist-tools.js")
    asked.clear()
    form.control("tools").focus()
    page.keyboard.press("Enter")
    expect(form.control("hub")).to_be_visible()
    assert asked == ["/en/assets/bundles/checklist-tools.js"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form.control("report-sheet")).to_be_visible()
    expect(form.control("tool-report")).to_have_attribute("aria-selected", "true")
    for key, name in (("ArrowRight", "plan"), ("End", "history"), ("ArrowRight", "report")):
        page.keyboard.press(key)
        expect(form.control(f"tool-{name}")).to_be_focused()
    form.control("tools").press("Enter")
    expect(form.control("hub")).not_to_be_visible()
    assert record["answers"].keys() == {"guests"}


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("en", PHONE, "dark"), ("ja", DESKTOP, "light")],
    ids=["phone", "desktop"],
)
def test_no_tool_has_a_violation(
    language: str, size: ViewportSize, scheme: Any, library: str, chromium: Browser, tmp_path: Path
) -> None:
    with chromium.new_context(color_scheme=scheme, viewport=size) as context:
        form = Form(context.new_page()).open(library, language, PAGE)
        files = [file for file, _record in write_results(tmp_path, 17, 18)]
        form.load(files[0])
        for name in ("report", "plan", "export", "compare", "merge", "start", "history"):
            open_tool(form, name)
            if name in ("compare", "merge", "start"):
                form.control("source-files").set_input_files(files)
                expect(form.control("status")).to_have_attribute("data-kind", "done")
            if name == "plan":
                form.control("plan-add").click()
            for box in form.control("merge-source").all():
                box.check()
            # the rest of the page stays as it was with the first tool
            part = "html" if name == "report" else "[role=tabpanel]"
            assert violations(form.page, part) == [], name
            assert form.page.evaluate("document.scrollingElement.scrollWidth") <= size["width"], name
