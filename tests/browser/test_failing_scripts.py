"""Pages whose scripts are missing or fail, and browsers that block the data of a site: the page says so, and works."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import in_one_language
from form import Form
from playwright.sync_api import Locator, Page, Route, expect
from tebiki.locales import words
from test_search import box, complaints_of, look_for, results

RESEARCHER = "self-check/researcher.html"
#: What comes instead of a script: nothing, a page of a proxy, a script cut off.
FAULTS = {
    "missing": lambda route: route.fulfill(status=404, body=""),
    "proxy": lambda route: route.fulfill(
        body="<!doctype html><title>Log in</title>", content_type="text/html"
    ),
    "cut-off": lambda route: route.fulfill(body="(()=>{", content_type="text/javascript"),
}
BLOCKED_STORAGE = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(window, name, {
      configurable: true,
      get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
    });"""


@in_one_language
def test_a_form_whose_script_fails_says_that_nothing_is_kept(language: str, address: str, page: Page) -> None:
    """The notice is part of the page, stays beside the fields, and goes once answers are kept."""
    message = page.get_by_text(words(language, "form")["paper"]["unready"])
    for fault in FAULTS.values():
        page.route("**/checklist.js", fault)
        page.goto(f"{address}/{language}/{RESEARCHER}")
        expect(message).to_be_in_viewport()
        page.locator("fieldset[data-item] textarea:visible").last.click()
        expect(message).to_be_in_viewport()
        page.unroute("**/checklist.js")

    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/checklist.js", hold)
    with page.expect_request("**/checklist.js"):
        page.goto(f"{address}/{language}/{RESEARCHER}", wait_until="commit")
    form = Form(page)
    form.item("mou-review").locator('input[value="met"]').check()
    expect(message).to_be_visible()
    waiting[0].continue_()
    form.ready()
    expect(message).to_have_count(0)
    assert form.answers() == {"mou-review": {"value": "met"}}


def test_tools_that_fail_say_so_and_can_be_tried_again(address: str, page: Page) -> None:
    """Each of their scripts may be missing, or come as something else."""
    page.goto(f"{address}/en/{RESEARCHER}")
    form = Form(page).started()
    form.answer("mou-review", "met")
    panel = form.control("panel").locator("summary").first

    def fail(script: str, opener: Locator) -> None:
        for fault in FAULTS.values():
            page.route(f"**/{script}", fault)
            opener.click()
            expect(form.control("status")).to_contain_text("could not be loaded")
            form.control("status-close").click()
            page.unroute(f"**/{script}")
            if opener is panel:
                panel.click()

    fail("form-words.js", panel)
    page.reload()
    form.started()
    fail("checklist-panel.js", panel)
    form.ready()
    fail("checklist-tools.js", form.control("tools"))
    form.control("tools").click()
    form.control("tool-export").click()
    table = {"name": "table.xlsx", "mimeType": "", "buffer": b"PK\x03\x04"}
    for fault in FAULTS.values():
        page.route("**/checklist-xlsx.js", fault)
        form.control("export-xlsx").click()
        expect(form.control("status")).to_contain_text("could not be loaded")
        form.control("status-close").click()
        form.control("file-input").set_input_files(table)
        expect(form.control("status")).to_contain_text("could not be loaded")
        form.control("status-close").click()
        page.unroute("**/checklist-xlsx.js")
    with page.expect_download():
        form.control("export-xlsx").click()


def test_a_file_is_saved_without_what_reads_files_and_opened_only_with_it(
    address: str, page: Page, tmp_path: Path
) -> None:
    """A save needs no network; the page says that the file was not read back. Opening can be tried again."""
    form = Form(page).open(address, "en")
    form.answer("mou-review", "met")
    for fault in FAULTS.values():
        page.route("**/checklist-files.js", fault)
        file, record = form.save(tmp_path)
        assert record["answers"].keys() == {"mou-review"}
        expect(form.control("status")).to_contain_text("could not be read back")
        form.control("file-input").set_input_files(file)
        expect(form.control("status")).to_contain_text("could not be loaded")
        page.unroute("**/checklist-files.js")
    form.load(file)
    expect(form.control("status")).to_contain_text("holds the same")


def test_a_search_whose_scripts_fail_says_so(address: str, page: Page) -> None:
    """It does not promise for ever that it is about to begin."""
    message = words("ja", "search")["unready"]
    for fault in FAULTS.values():
        page.route("**/page.js", fault)
        page.goto(f"{address}/ja/index.html")
        box(page).click()
        expect(page.locator(".md-search-result__meta")).to_have_text(message)
        page.unroute("**/page.js")
        # without the script of the theme, nothing opens the search
        page.route("**/assets/javascripts/bundle.*.js", fault)
        page.goto(f"{address}/ja/index.html")
        expect(box(page)).not_to_be_visible()
        page.unroute("**/assets/javascripts/bundle.*.js")


@pytest.mark.fresh_profile
def test_a_browser_that_blocks_the_data_of_a_site(address: str, page: Page) -> None:
    """Search, colours and form work as everywhere; only the form says that it cannot keep anything."""
    complaints = complaints_of(page)
    page.add_init_script(BLOCKED_STORAGE)
    form = Form(page).open(address, "en")
    expect(form.control("storage-notice")).to_be_visible()
    form.answer("mou-review", "met")
    assert form.answers() == {"mou-review": {"value": "met"}}
    with page.expect_download():
        form.control("save-file").click()
    page.goto(f"{address}/ja/index.html")
    page.locator(".tb-dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    look_for(page, "デューデリ")
    expect(results(page).first).to_be_visible()
    assert complaints == []
