"""The researcher self-check, from the first answer to the file on the desk, in both languages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from example_handbook import PROJECT, in_one_language
from form import Form
from playwright.sync_api import BrowserContext, Page, expect

OTHER = {"ja": "en", "en": "ja"}
NOTE = '規程を改正中です。<b>太字</b> & "quotes" 🙂\n2行目'


def fill_in(form: Form) -> dict[str, dict[str, str]]:
    """Answer some questions in every way there is; returns what was typed."""
    form.answer("consult-on-risk", "met")
    form.write("consult-on-risk", "note", NOTE)
    form.write("consult-on-risk", "evidence", "規程第5条")
    form.answer("report-transparency-information", "partial")
    form.answer("mou-review", "unmet")
    form.answer("technology-provision-check", "unknown")
    form.answer("counterpart-identity-purpose", "not-applicable")
    form.write("counterpart-identity-purpose", "justification", "海外との連携はありません")
    return {
        "consult-on-risk": {"value": "met", "note": NOTE, "evidence": "規程第5条"},
        "report-transparency-information": {"value": "partial"},
        "mou-review": {"value": "unmet"},
        "technology-provision-check": {"value": "unknown"},
        "counterpart-identity-purpose": {
            "value": "not-applicable",
            "justification": "海外との連携はありません",
        },
    }


def check_result(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tebiki", "--root", str(PROJECT), "result", "check", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@in_one_language
def test_the_whole_path(
    language: str, address: str, context: BrowserContext, page: Page, tmp_path: Path
) -> None:
    """Answer, reload, switch the language, close, reopen, save, clear, open: nothing is lost or changed."""
    form = Form(page).open(address, language)
    typed = fill_in(form)
    assert form.answers() == typed

    # a busy browser may drop what is written while a page is left
    expect(form.control("save-state")).to_have_attribute("data-kept", "kept")
    page.reload()
    form.ready()
    assert form.answers() == typed
    assert any("規程第5条" in kept for kept in form.stored_entries())

    form.switch_language()
    assert f"/{OTHER[language]}/" in page.url
    assert form.answers() == typed
    form.switch_language()

    page.close()
    form = Form(context.new_page()).open(address, language)
    assert form.answers() == typed

    file, record = form.save(tmp_path)
    empty = {"value": "", "note": "", "evidence": "", "justification": ""}
    saved = {key: {name: answer[name] for name in empty} for key, answer in record["answers"].items()}
    assert {key: answer for key, answer in saved.items() if answer != empty} == {
        key: {**empty, **answer} for key, answer in typed.items()
    }
    assert record["computed"]["total"]["met"] == 1
    assert record["computed"]["total"]["unanswered"] == 1

    form.control("delete").click()
    form.control("dialog-delete").click()
    # deleting goes on after the dialog has closed: the blank form is what says that it is done
    expect(form.page.locator("fieldset[data-item] input:checked")).to_have_count(0)
    assert form.answers() == {}
    assert not any("規程第5条" in kept for kept in form.stored_entries())

    form.load(file)
    expect(form.item("mou-review").locator('input[value="unmet"]')).to_be_checked()
    assert form.answers() == typed
    again, record_again = form.save(tmp_path)
    assert record_again == record
    checked = check_result(again)
    assert checked.returncode == 0, checked.stdout


def test_two_assessments_stand_side_by_side(address: str, page: Page) -> None:
    """A new assessment begins empty; the first is there when it is chosen again."""
    form = Form(page).open(address, "ja")
    form.control("label").fill("2025年度")
    form.answer("mou-review", "met")
    form.control("new").click()
    expect(form.item("mou-review").locator('input[value="met"]')).not_to_be_checked()
    form.control("label").fill("2026年度")
    form.answer("mou-review", "unmet")
    form.control("assessment-list").select_option(label=_option(form, "2025年度"))
    expect(form.item("mou-review").locator('input[value="met"]')).to_be_checked()
    form.control("assessment-list").select_option(label=_option(form, "2026年度"))
    expect(form.item("mou-review").locator('input[value="unmet"]')).to_be_checked()


def _option(form: Form, words: str) -> str:
    labels = form.control("assessment-list").locator("option").all_inner_texts()
    return next(label for label in labels if words in label)


def test_progress_is_counted_by_section_and_is_no_score(address: str, page: Page) -> None:
    """The count goes up with each answer; 'not applicable' counts once its reason is there."""
    form = Form(page).open(address, "en")
    total = form.control("progress-total")
    expect(total).to_contain_text("0")
    form.answer("mou-review", "met")
    expect(total).to_contain_text("1")
    form.answer("counterpart-identity-purpose", "not-applicable")
    expect(form.control("progress-counterpart")).to_contain_text("0")
    form.write("counterpart-identity-purpose", "justification", "No partners abroad")
    expect(form.control("progress-counterpart")).to_contain_text("1")
    assert "%" not in total.inner_text()


@in_one_language
def test_not_kept_on_this_computer(language: str, address: str, page: Page, tmp_path: Path) -> None:
    """Nothing stays in the browser, yet switching the language keeps the answers and a file can be saved."""
    form = Form(page).open(address, language)
    form.answer("mou-review", "met")
    form.control("keep-off").check()
    typed = fill_in(form)
    page.wait_for_timeout(800)  # longer than an autosave waits
    assert form.stored_entries() == []
    form.switch_language()
    assert form.answers() == typed
    assert form.stored_entries() == []
    assert page.evaluate("window.name") == ""
    file, _record = form.save(tmp_path)
    assert check_result(file).returncode == 0


@pytest.mark.fresh_profile
@in_one_language
@pytest.mark.parametrize("fault", ["missing", "refused", "full"])
def test_storage_that_does_not_work(
    fault: str, language: str, address: str, page: Page, tmp_path: Path
) -> None:
    """The form says so at once; answering, switching the language and saving to a file still work."""
    page.add_init_script(
        {
            "missing": "Object.defineProperty(window, 'indexedDB', {value: undefined})",
            "refused": "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }",
            "full": "IDBObjectStore.prototype.put = IDBObjectStore.prototype.add ="
            " () => { throw new DOMException('full', 'QuotaExceededError') }",
        }[fault]
    )
    form = Form(page).open(address, language)
    if fault == "full":
        form.answer("mou-review", "met")
    expect(form.control("storage-notice")).to_be_visible()
    typed = fill_in(form)
    form.switch_language()
    assert form.answers() == typed
    file, _record = form.save(tmp_path)
    assert check_result(file).returncode == 0


@pytest.mark.fresh_profile
def test_while_the_storage_opens_nothing_half_made_is_shown(address: str, page: Page) -> None:
    """Lists without a title, or counts of nothing: the questions stand there as they came, until it is known."""
    page.add_init_script("IDBFactory.prototype.open = () => ({})")  # it never answers
    page.goto(f"{address}/ja/self-check/researcher.html")
    form = Form(page)
    form.wait_for_paint()
    form.wait_for_paint()
    assert page.locator("tebiki-checklist[data-ready]").count() == 0
    assert page.locator("tebiki-checklist summary:empty, .tf-left, .tf-tally").count() == 0
    form.ready()
    expect(form.control("storage-notice")).to_be_visible()
    expect(form.control("left")).to_be_visible()


@pytest.mark.fresh_profile
def test_a_storage_whose_reading_never_ends_does_not_hold_the_form_up(address: str, page: Page) -> None:
    """The form then works without a storage, with what was entered before, and says so."""
    page.add_init_script("IDBIndex.prototype.getAll = () => ({})")
    page.clock.install()
    page.goto(f"{address}/ja/self-check/researcher.html")
    form = Form(page)
    form.answer("mou-review", "met")
    assert page.locator("tebiki-checklist[data-ready]").count() == 0
    page.clock.fast_forward(8_000)
    form.ready()
    expect(form.control("storage-notice")).to_be_visible()
    assert form.answers() == {"mou-review": {"value": "met"}}


@in_one_language
def test_without_scripts(language: str, address: str, context: BrowserContext) -> None:
    """Every question can be read, answered on the screen and printed; nothing is offered that cannot work."""
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/{language}/self-check/researcher.html")
    items = page.locator("fieldset[data-item]")
    assert items.count() == 6
    for item in items.all():
        expect(item.locator("legend")).to_be_visible()
        assert item.locator('input[type="radio"]').count() >= 4
    expect(page.get_by_test_id("save-file")).to_have_count(0)
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    plain.close()


@in_one_language
def test_only_the_file_reader_is_requested_once_the_page_is_there(
    language: str, address: str, context: BrowserContext, page: Page, tmp_path: Path
) -> None:
    """From the first answer to the opened file one script of the site is requested, and nothing else."""
    form = Form(page).open(address, language)
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    fill_in(form)
    file, _record = form.save(tmp_path)
    form.load(file)
    page.wait_for_timeout(500)
    outside = [url for url in requests if not url.startswith("blob:")]
    assert outside == [f"{address}/{language}/assets/bundles/checklist-files.js"]
