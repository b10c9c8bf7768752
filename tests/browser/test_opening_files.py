"""Opening files, good and bad: a clear answer in the reader's language, and nothing that is there changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import in_one_language
from form import Form
from playwright.sync_api import Page, expect
from tebiki.locales import words
from tebiki.model.shared_constants import ANSWER_COLUMNS

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PAGE = "about/visitor-check.html"
PLAN = "about/workshop-plan.html"
GOOD = sorted((EXAMPLES / "valid/results").glob("*.json"))
BAD = sorted((EXAMPLES / "invalid/results").glob("*.json"))
#: These do not fit the checklist of today. The command line says so; the form opens them and loses nothing.
CARRIED_OVER = {
    "answer-not-allowed",
    "changed-checklist",
    "content-not-possible",
    "not-local",
    "unknown-item",
    "unknown-version",
}
#: A page knows only its own checklist, so it can say no more than that the file is another's; and a
#: browser's JSON reader has no limit of depth, so what is too deep for Python is merely no result here.
OTHER_MESSAGES = {"unknown-checklist.json": "other-checklist", "not-json.too-deep.json": "wrong-format"}


def page_of(file: Path) -> str:
    """The page of the checklist that a file belongs to; the shorter one where that cannot be told."""
    return PLAN if b'"workshop-plan"' in file.read_bytes() else PAGE


def begun(form: Form, path: str = PAGE) -> dict[str, dict[str, str]]:
    item, value = ("helpers", "room-unsure") if path == PLAN else ("has-card", "done")
    form.answer(item, value)
    form.write(item, "note", "書きかけ")
    return form.answers()


@pytest.mark.parametrize("path", [PAGE, PLAN])
@in_one_language
def test_bad_files_are_refused(path: str, language: str, library: str, page: Page) -> None:
    """Each with its reason, and the answers begun before stay."""
    form = Form(page).open(library, language, path)
    before = begun(form, path)
    for file in BAD:
        code = file.name.split(".")[0]
        if code in CARRIED_OVER or page_of(file) != path:
            continue
        form.control("status").evaluate("status => { status.textContent = '' }")  # of the file before
        form.load(file)
        message = words(language, "form")["errors"][OTHER_MESSAGES.get(file.name, code)]
        expect(form.control("status")).to_contain_text(message.split("{")[0].strip(" 「“(（"))
        assert form.answers() == before, file.name
    form.open(library, language, path)
    assert form.answers() == before


@pytest.mark.parametrize(
    "file", [file for file in BAD if file.name.split(".")[0] in CARRIED_OVER], ids=lambda file: file.name
)
def test_a_file_that_no_longer_fits_is_carried_over(file: Path, library: str, page: Page) -> None:
    path = page_of(file)
    form = Form(page).open(library, "ja", path)
    begun(form, path)
    form.load(file)
    code = file.name.split(".")[0]
    expect(form.control("assessment-list").locator("option")).to_have_count(2)
    if code in ("unknown-item", "content-not-possible"):
        expect(form.control("report")).to_be_visible()
    if code == "answer-not-allowed":
        expect(form.control("mark-has-card")).to_be_visible()
    form.open(library, "ja", path)
    assert any("書きかけ" in kept for kept in form.stored_entries())


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_a_good_file(file: Path, library: str, page: Page) -> None:
    """It opens as one more assessment, and nothing that stands in it is executed."""
    executed: list[str] = []
    page.on("pageerror", lambda error: executed.append(str(error)))
    form = Form(page).open(library, "ja", page_of(file))
    begun(form, page_of(file))
    page.evaluate("void (alert = () => { throw new Error('run') })")  # reported as an error of the page
    scripts = page.locator("script").count()
    form.load(file)
    expect(form.control("assessment-list").locator("option")).to_have_count(2)
    assert page.locator("script").count() == scripts
    assert page.locator("img[src='x']").count() == 0
    assert executed == []
    if file.name == "script-in-every-text.json":
        assert form.answers()["has-card"]["note"].startswith("<script>alert('x')</script>")
        assert form.control("label").input_value().startswith("<script>alert('x')</script>")


def test_a_file_of_another_checklist(address: str, page: Page, tmp_path: Path) -> None:
    """The form says which checklist the file belongs to."""
    form = Form(page).open(address, "en", "self-check/institution.html")
    form.answer("mou-review", "met")
    file, _record = form.save(tmp_path)
    form.open(address, "en")
    form.load(file)
    expect(form.control("status")).to_contain_text("institution-self-check")


def test_the_message_of_a_file_goes_with_the_next(library: str, page: Page, tmp_path: Path) -> None:
    """It is in view wherever the file was dropped, and stands neither beside another file nor behind a dialog."""
    form = Form(page).open(library, "ja", PAGE)
    refused = next(file for file in BAD if file.name.startswith("not-json"))
    status = form.control("status")
    form.answer("has-card", "done")
    page.evaluate("scrollTo(0, 0)")
    form.load(refused)
    expect(status).to_be_in_viewport()
    shown, bar = status.bounding_box(), form.control("bar").bounding_box()
    assert shown
    assert bar
    assert shown["width"] <= bar["width"]
    form.control("delete").click()
    expect(form.control("dialog-delete")).to_be_visible()
    expect(status).to_be_empty()
    form.control("dialog-cancel").click()
    form.load(refused)
    expect(status).to_have_attribute("data-kind", "refused")
    headings = words("ja", "result")["columns"]
    table = tmp_path / "table.csv"
    table.write_text(",".join(headings[column] for column in ANSWER_COLUMNS), encoding="utf-8")
    form.load(table)
    expect(form.control("import-sheet")).to_be_in_viewport()
    expect(status).to_be_empty()
    page.evaluate("scrollTo(0, 0)")
    form.load(EXAMPLES / "valid/results/complete.json")
    expect(status).to_have_attribute("data-kind", "done")
    expect(status).to_be_in_viewport()


def test_another_state_of_what_is_here(library: str, page: Page, tmp_path: Path) -> None:
    """The question tells what differs; a newer file replaces what an older file holds."""
    form = Form(page).open(library, "en", PAGE)
    form.answer("has-card", "done")
    file, _record = form.save(tmp_path)
    form.answer("has-card", "not-done")
    newer, _record = form.save(tmp_path / "newer")
    form.load(file)
    dialog = form.control("dialog")
    expect(dialog).to_contain_text("Questions with different answers: 1")
    expect(dialog).to_contain_text("This browser has the newer one.")
    expect(dialog.locator(".tf-button--main")).to_have_text("Keep both")
    form.control("dialog-replace").click()
    form.load(newer)
    expect(dialog).to_contain_text("The file is newer.")
    expect(dialog.locator(".tf-button--main")).to_have_text("Update from the file")
    form.control("dialog-replace").click()
    expect(form.item("has-card").locator('input[value="not-done"]')).to_be_checked()


def test_the_same_file_twice(library: str, page: Page) -> None:
    """A file that is already open is shown, not added again."""
    form = Form(page).open(library, "ja", PAGE)
    file = EXAMPLES / "valid/results/complete.json"
    form.load(file)
    expect(form.item("has-card").locator('input[type="radio"]:checked')).to_have_count(1)
    count = form.control("assessment-list").locator("option").count()
    form.load(file)
    page.wait_for_timeout(500)
    assert form.control("assessment-list").locator("option").count() == count
