"""What is done with assessments as a whole: report, exports, comparing, merging. Held to the command line."""

from __future__ import annotations

import io
import itertools
import random
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import LANGUAGES, ROOT
from form import Form
from playwright.sync_api import Browser, Download, Page, expect
from random_results import random_record
from test_accessibility import WIDTHS
from test_forms_accessible import violations

from generator.load import load
from generator.results.compare import compare
from generator.results.export import csv_of, markdown_of
from generator.results.form import forms_of
from generator.results.merge import Decision, merge
from generator.results.page import compare_html, report_html
from generator.results.record import Record, text_of
from generator.results.view import view_of
from generator.results.xlsx import xlsx_of

PAGE = "about/workshop-plan.html"
HANDBOOK, _PROBLEMS = load(ROOT / "tests/examples/valid/minimal")
CHECKLIST = [one for one in forms_of(HANDBOOK) if one.checklist.id == "workshop-plan"][-1]


def results(folder: Path, *seeds: int) -> list[tuple[Path, Record]]:
    """A file with a random result for each seed."""
    found = []
    for seed in seeds:
        record = random_record(CHECKLIST, HANDBOOK, random.Random(seed))
        file = folder / f"{seed}.json"
        file.write_bytes(text_of(record))
        found.append((file, record))
    return found


def tool(form: Form, name: str) -> None:
    """Open the tools, if they are closed, and one of them."""
    if not form.control("hub").is_visible():
        form.control("tools").click()
    form.control(f"tool-{name}").click()


def saved(form: Form, button: str) -> bytes:
    """What a button hands over as a file; the form has to say so where the person sees it."""
    with form.page.expect_download() as download:
        form.control(button).click()
    expect(form.control("status")).to_contain_text(download.value.suggested_filename)
    expect(form.control("status")).to_be_in_viewport()
    return content(download.value)


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def cells(workbook: bytes) -> dict[str, list[list[tuple[str, object] | None]]]:
    """The type and the value of every cell, by sheet; None where it is empty."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {
        sheet.title: [
            [(cell.data_type, cell.value) if cell.value else None for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }


class _Outline(HTMLParser):
    """Tags with their classes, and texts, below <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        told = sorted(
            f"{name}={value}" for name, value in attrs if name in ("class", "id", "aria-label", "scope")
        )
        if self._inside:
            self.found.append(" ".join([f"<{tag}", *told]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._inside and text:
            self.found.append(text)


def outline(html: bytes) -> list[str]:
    parser = _Outline()
    parser.feed(html.decode())
    return parser.found


def differences(one: bytes, other: bytes) -> list[tuple[str | None, str | None]]:
    """The first parts in which two pages differ."""
    pairs = itertools.zip_longest(outline(one), outline(other))
    return [pair for pair in pairs if pair[0] != pair[1]][:4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_exports_and_report_are_those_of_the_command_line(
    language: str, library: str, page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(library, language, PAGE)
    (file, record), *_rest = results(tmp_path, 11)
    view = view_of(record, CHECKLIST, HANDBOOK, language)
    form.load(file)
    tool(form, "export")
    assert saved(form, "export-csv") == csv_of(view)
    assert saved(form, "export-md") == markdown_of(view)
    assert cells(saved(form, "export-xlsx")) == cells(xlsx_of(view))
    tool(form, "report")
    report = saved(form, "report-save")
    assert differences(report, report_html(view)) == []


def test_a_report_saved_as_a_file_loads_and_runs_nothing(library: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(library, "ja", PAGE)
    form.load(results(tmp_path, 12)[0][0])
    tool(form, "report")
    file = tmp_path / "report.html"
    file.write_bytes(saved(form, "report-save"))
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.locator("main h1").evaluate("one => getComputedStyle(one).lineHeight !== 'normal'")
    assert (told, asked) == ([], [file.as_uri()])
    assert violations(page) == []


def test_the_report_follows_the_answers_and_is_printed_alone(library: str, page: Page) -> None:
    form = Form(page).open(library, "en", PAGE)
    tool(form, "report")
    sheet = form.control("report-sheet")
    expect(sheet).to_contain_text("Not answered (5)")
    form.answer("guests", "room-unsure")
    expect(sheet).to_contain_text("To find out (1)")
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(form.item("guests")).not_to_be_visible()
    expect(form.control("label")).not_to_be_visible()
    page.emulate_media(media="screen")
    tool(form, "report")
    page.emulate_media(media="print")
    expect(form.item("guests")).to_be_visible()


def test_comparing_tells_what_the_command_line_tells(library: str, page: Page, tmp_path: Path) -> None:
    form = Form(page).open(library, "en", PAGE)
    (one, before), (two, after) = results(tmp_path, 13, 14)
    tool(form, "compare")
    form.control("source-files").set_input_files([one, two])
    form.control("compare-before").select_option("file-0")
    form.control("compare-after").select_option("file-1")
    views = [view_of(record, CHECKLIST, HANDBOOK, "en") for record in (before, after)]
    wanted = compare_html(views[0], views[1], compare(before, after, CHECKLIST))
    assert differences(saved(form, "compare-save"), wanted) == []
    assert form.kept() == [], "files that are only looked at are not kept"


def test_merging_records_what_was_settled_on_with_its_reason(
    library: str, page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(library, "en", PAGE)
    files = results(tmp_path, 15, 16)
    tool(form, "merge")
    form.control("source-files").set_input_files([file for file, _record in files])
    expect(form.control("merge-source")).to_have_count(2)
    for box in form.control("merge-source").all():
        box.check()
    entered = files[1][1]["answers"]
    item = next(
        name
        for name in CHECKLIST.answer_forms
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
    tool(form, "plan")
    form.control("kind").select_option("university")
    form.control("round").fill("2026-13")
    expect(page.locator("#tebiki-round-error")).to_contain_text("2026-04")
    form.control("round").fill("2026-04")
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
    expect(form.control("save-state")).to_contain_text("Kept")
    form.control("tool-report").click()
    expect(form.control("report-sheet")).to_contain_text("ask the office")
    _file, record = form.save(tmp_path)
    action = {"item": item, "text": "ask the office", "owner": "", "due": "2027-03-31", "state": "started"}
    assert record["actions"] == [action]
    assert record["subject"] == {"label": "", "kind": "university", "round": "2026-04"}
    page.reload()
    form.ready()
    assert form.save(tmp_path)[1] == record
    tool(form, "plan")
    expect(form.control("action-text")).to_have_value("ask the office")


def test_the_tools_are_asked_for_only_when_they_are_used(library: str, page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    form = Form(page).open(library, "en", PAGE)
    page.on("request", lambda request: asked.append(request.url.removeprefix(library)))
    form.answer("guests", "room-unsure")
    file, record = form.save(tmp_path)
    form.load(file)
    assert asked == []
    page.route("**/checklist-tools.js", lambda route: route.abort())
    form.control("tools").click()
    expect(form.control("status")).to_contain_text("could not be loaded")
    page.unroute("**/checklist-tools.js")
    asked.clear()
    form.control("tools").focus()
    page.keyboard.press("Enter")
    expect(form.control("hub")).to_be_visible()
    assert asked == ["/en/assets/bundles/checklist-tools.js", "/en/assets/form-words.js"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form.control("report-sheet")).to_be_visible()
    expect(form.control("tool-report")).to_have_attribute("aria-expanded", "true")
    form.control("tools").press("Enter")
    expect(form.control("hub")).not_to_be_visible()
    assert record["answers"].keys() == {"guests"}


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tool_has_a_violation(
    language: str, width: str, scheme: Any, library: str, chromium: Browser, tmp_path: Path
) -> None:
    wide, high = WIDTHS[width]
    with chromium.new_context(color_scheme=scheme, viewport={"width": wide, "height": high}) as context:
        form = Form(context.new_page()).open(library, language, PAGE)
        files = [file for file, _record in results(tmp_path, 17, 18)]
        form.load(files[0])
        for name in ("report", "plan", "export", "compare", "merge", "start", "history"):
            tool(form, name)
            if name in ("compare", "merge", "start"):
                form.control("source-files").set_input_files(files)
                expect(form.control("status")).to_have_attribute("data-kind", "done")
            if name == "plan":
                form.control("plan-add").click()
            for box in form.control("merge-source").all():
                box.check()
            assert violations(form.page) == [], name
            assert form.page.evaluate("document.scrollingElement.scrollWidth") <= wide, name
