"""Taking steps back, earlier states, and what becomes of them: nothing is lost, and nothing stays that should not."""

from __future__ import annotations

import datetime
import json

import pytest
from example_handbook import in_one_language
from form import Form
from playwright.sync_api import BrowserContext, Page, expect

PAGE = "about/visitor-check.html"
NOON = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def kept(form: Form) -> None:
    expect(form.control("save-state")).to_have_attribute("data-kept", "kept")


def history(form: Form) -> None:
    """Open the list of earlier states."""
    form.control("tools").click()
    form.control("tool-history").click()


def at(page: Page, minutes: float) -> None:
    page.clock.set_fixed_time(NOON + datetime.timedelta(minutes=minutes))


@in_one_language
def test_steps_back_and_forth(language: str, library: str, page: Page) -> None:
    form = Form(page).open(library, language, PAGE)
    back, forth = form.control("step-back"), form.control("step-forth")
    expect(back).to_have_attribute("aria-disabled", "true")
    form.answer("has-card", "done")
    form.answer("returns-in-time", "partly")
    back.click()
    assert form.answers() == {"has-card": {"value": "done"}}
    expect(form.control("status")).to_contain_text("3")  # the number of the question
    forth.click()
    assert form.answers() == {"has-card": {"value": "done"}, "returns-in-time": {"value": "partly"}}
    expect(forth).to_have_attribute("aria-disabled", "true")
    forth.press("Enter")  # there is nothing: it says so and changes nothing
    expect(form.control("status")).not_to_be_empty()
    # by keyboard, with the focus on an answer
    form.item("returns-in-time").locator("input[value=partly]").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert form.answers() == {}
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+y")
    assert form.answers() == {"has-card": {"value": "done"}, "returns-in-time": {"value": "partly"}}


def test_the_browsers_own_undo_stays_in_texts(library: str, page: Page) -> None:
    form = Form(page).open(library, "en", PAGE)
    form.answer("has-card", "done")
    form.field("has-card", "note").click()
    page.keyboard.type("lent to me")
    page.keyboard.press("Control+z")
    assert form.answers()["has-card"].get("note", "") != "lent to me"
    assert form.answers()["has-card"]["value"] == "done", "only the text went back"


@pytest.mark.fresh_profile
@in_one_language
def test_an_earlier_state_is_restored_after_a_reload(language: str, library: str, page: Page) -> None:
    at(page, 0)
    form = Form(page).open(library, language, PAGE)
    form.answer("has-card", "done")
    form.write("has-card", "note", "first")
    kept(form)
    at(page, 5)
    form.answer("has-card", "not-done")
    form.answer("returns-in-time", "done")
    kept(form)
    page.reload()
    form.ready()
    history(form)
    states = form.control("history").locator("li")
    expect(states).to_have_count(1)
    at(page, 20)
    states.get_by_role("button").click()
    assert form.answers() == {"has-card": {"value": "done", "note": "first"}}
    kept(form)
    form.control("step-back").click()
    assert form.answers() == {
        "has-card": {"value": "not-done", "note": "first"},
        "returns-in-time": {"value": "done"},
    }
    kept(form)
    page.reload()
    assert form.ready().answers()["returns-in-time"] == {"value": "done"}


@pytest.mark.fresh_profile
def test_a_clock_that_is_set_back_loses_nothing(library: str, page: Page) -> None:
    at(page, 0)
    form = Form(page).open(library, "en", PAGE)
    form.answer("has-card", "done")
    kept(form)
    at(page, -60 * 24 * 400)
    form.answer("returns-in-time", "done")
    kept(form)
    page.reload()
    everything = {"has-card": {"value": "done"}, "returns-in-time": {"value": "done"}}
    assert form.ready().answers() == everything
    at(page, -60 * 24 * 400 + 5)
    form.answer("has-card", "partly")
    kept(form)
    history(form)
    # in the order in which they were made, not in that of the clock
    expect(form.control("history").locator("li")).to_have_count(2)
    form.control("history").get_by_role("button").last.click()
    assert form.answers() == {"has-card": {"value": "done"}}


@pytest.mark.fresh_profile
@pytest.mark.parametrize("way", ["keep-off", "delete", "delete-all"])
def test_nothing_is_left(way: str, library: str, page: Page) -> None:
    """Not in IndexedDB, earlier states included, nor anywhere else that a page can write to."""
    at(page, 0)
    form = Form(page).open(library, "en", PAGE)
    for minute in range(3):
        at(page, minute * 2)
        form.write("has-card", "note", f"secret {minute}")
        kept(form)
    assert (
        sum("secret" in entry for entry in form.stored_entries()) == 3
    )  # what is now, and two earlier states
    if way == "keep-off":
        form.control("keep-off").check()
        expect(form.control("save-state")).to_have_attribute("data-kept", "not-kept")
        form.write("has-card", "note", "secret, and not kept")
        page.wait_for_timeout(800)  # longer than an autosave waits
        history(form)
        expect(form.control("history-none")).to_be_visible()
    else:
        form.control(way).click()
        form.control("dialog-delete").click()
        expect(form.control("save-state")).to_have_attribute("data-kept", "blank")
    assert form.stored_entries() == []
    elsewhere = page.evaluate(
        """async () => [window.name, document.cookie, sessionStorage.length, Object.keys(localStorage).filter(key =>
             localStorage[key].includes("secret")), await caches.keys().catch(() => [])]"""
    )
    assert "secret" not in json.dumps(elsewhere)
    assert elsewhere[2] == 0
    if way != "keep-off":
        page.reload()
        assert form.ready().answers() == {}


def test_two_tabs_on_one_assessment(library: str, context: BrowserContext) -> None:
    """Both write at once, again and again; both show everything, and all of it is there afterwards."""
    first = Form(context.new_page()).open(library, "en", PAGE)
    first.answer("has-card", "done")
    kept(first)
    second = Form(context.new_page()).open(library, "ja", PAGE)
    assert second.answers() == first.answers()
    for turn in range(5):
        first.field("has-card", "note").type("a" if turn else "one a")
        second.field("returns-in-time", "note").type("b" if turn else "two b")
    wanted = {"has-card": {"value": "done", "note": "one aaaaa"}, "returns-in-time": {"note": "two bbbbb"}}
    for form in (first, second):
        kept(form)
        form.page.bring_to_front()
        expect(form.field("returns-in-time", "note")).to_have_value("two bbbbb")
        assert form.answers() == wanted
    first.page.close()
    second.page.close()
    assert Form(context.new_page()).open(library, "en", PAGE).answers() == wanted


@pytest.mark.fresh_profile
def test_a_full_disk_takes_earlier_states_before_answers(library: str, page: Page) -> None:
    """The quota is met in the middle of a save: what is there now is kept, at the cost of what was."""
    page.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
          if (window.isFull && (this.name === "states" || !window.roomMade)) throw new DOMException("full", "QuotaExceededError");
          return put.apply(this, given);
        };
        const remove = IDBObjectStore.prototype.delete;
        IDBObjectStore.prototype.delete = function (range) {
          window.roomMade ||= this.name === "states";
          return remove.call(this, range);
        };"""
    )
    form = Form(page).open(library, "en", PAGE)
    form.answer("has-card", "done")
    kept(form)
    page.evaluate("window.isFull = true")
    form.answer("returns-in-time", "partly")
    kept(form)
    expect(form.control("storage-notice")).to_be_hidden()
    page.reload()
    assert form.ready().answers() == {"has-card": {"value": "done"}, "returns-in-time": {"value": "partly"}}


@pytest.mark.fresh_profile
def test_a_blocked_database_of_states_does_not_stop_saving(library: str, page: Page) -> None:
    page.add_init_script(
        """const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (name, ...given) {
          if (name === "tebiki-states") throw new DOMException("no", "SecurityError");
          return open.call(this, name, ...given);
        };"""
    )
    form = Form(page).open(library, "en", PAGE)
    form.answer("has-card", "done")
    kept(form)
    page.reload()
    assert form.ready().answers() == {"has-card": {"value": "done"}}


@pytest.mark.fresh_profile
@in_one_language
def test_a_reminder_after_a_week_without_a_file(language: str, library: str, page: Page) -> None:
    at(page, 0)
    form = Form(page).open(library, language, PAGE)
    form.answer("has-card", "done")
    kept(form)
    at(page, 60 * 24 * 6)
    page.reload()
    form.ready()
    expect(form.control("status")).to_be_empty()
    at(page, 60 * 24 * 8)
    page.reload()
    form.ready()
    expect(form.control("status")).to_have_attribute("data-kind", "done")
    with page.expect_download():
        form.control("save-file").click()
    page.reload()
    form.ready()
    expect(form.control("status")).to_be_empty()


@in_one_language
def test_a_file_is_dropped_on_the_page(language: str, library: str, page: Page) -> None:
    """The page says that it takes the file while it is held over it, and opens it."""
    form = Form(page).open(library, language, PAGE)
    form.answer("has-card", "partly")
    with page.expect_download() as download:
        form.control("save-file").click()
    text = download.value.path().read_text(encoding="utf-8")
    form.control("delete-all").click()
    form.control("dialog-delete").click()
    expect(form.control("save-state")).to_have_attribute("data-kept", "blank")
    held = page.evaluate_handle(
        """text => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "result.json", { type: "application/json" }));
          return transfer;
        }""",
        text,
    )
    page.dispatch_event("form", "dragover", {"dataTransfer": held})
    words = page.evaluate("getComputedStyle(document.documentElement, '::after').content")
    assert len(words) > 10
    page.dispatch_event("form", "dragleave", {"dataTransfer": held})
    assert page.evaluate("'drop' in document.documentElement.dataset") is False
    page.dispatch_event("form", "dragover", {"dataTransfer": held})
    page.dispatch_event("form", "drop", {"dataTransfer": held})
    kept(form)
    assert form.answers() == {"has-card": {"value": "partly"}}
    assert page.evaluate("'drop' in document.documentElement.dataset") is False
