"""Two tabs on one assessment: each field is kept, and "do not keep" holds for both."""

from __future__ import annotations

import pytest
from example_handbook import LANGUAGES
from form import Form
from playwright.sync_api import BrowserContext, Page, expect

PAGE = "about/visitor-check.html"


def kept(form: Form) -> None:
    expect(form.control("save-state")).to_have_attribute("data-kept", "kept")


def test_undo_leaves_alone_what_the_other_tab_changed(library: str, context: BrowserContext) -> None:
    """Both begin blank and are one assessment; the first undoes its note after the second has answered."""
    first, second = (Form(context.new_page()).open(library, language, PAGE) for language in LANGUAGES)
    first.page.bring_to_front()
    first.write("has-card", "note", "by the first")
    second.page.bring_to_front()
    expect(second.field("has-card", "note")).to_have_value("by the first")
    second.answer("has-card", "done")
    second.write("has-card", "evidence", "by the second")
    first.page.bring_to_front()
    expect(first.field("has-card", "evidence")).to_have_value("by the second")
    first.control("step-back").click()
    expect(second.field("has-card", "note")).to_have_value("")
    left = {"has-card": {"value": "done", "evidence": "by the second"}}
    for form in (first, second):
        kept(form)
        assert form.answers() == left
    assert len([entry for entry in first.stored_entries() if '"savedAt"' in entry]) == 1
    # nothing of the step is left to undo once the other tab has changed it
    first.answer("has-card", "partly")
    expect(second.item("has-card").locator("input[value=partly]")).to_be_checked()
    second.answer("has-card", "not-done")
    expect(first.item("has-card").locator("input[value=not-done]")).to_be_checked()
    first.control("step-back").click()
    expect(first.control("status")).not_to_be_empty()
    assert first.answers()["has-card"]["value"] == "not-done"


def type_and_leave(page: Page, text: str) -> None:
    """Types a text in the moment in which the page is unloaded: only a write without an answer is possible."""
    page.evaluate(
        """text => {
          const area = document.querySelector('fieldset[data-item="has-card"] textarea[data-field="note"]');
          area.value = text;
          area.dispatchEvent(new Event('input', { bubbles: true }));
          dispatchEvent(new Event('pagehide'));
        }""",
        text,
    )
    page.close()


def test_a_page_that_is_left_overwrites_no_field_of_the_other(library: str, context: BrowserContext) -> None:
    first = Form(context.new_page()).open(library, "en", PAGE)
    first.answer("has-card", "done")
    kept(first)
    deaf = context.new_page()
    deaf.add_init_script("delete window.BroadcastChannel")
    second = Form(deaf).open(library, "en", PAGE)
    first.write("has-card", "evidence", "by the first")
    kept(first)
    type_and_leave(second.page, "typed last")
    form = Form(context.new_page()).open(library, "ja", PAGE)
    assert form.answers() == {"has-card": {"value": "done", "note": "typed last", "evidence": "by the first"}}


@pytest.mark.parametrize("way", ["types", "leaves"])
def test_not_kept_holds_for_a_tab_that_has_not_heard_of_it(
    way: str, library: str, context: BrowserContext
) -> None:
    first = Form(context.new_page()).open(library, "en", PAGE)
    first.write("has-card", "note", "secret")
    kept(first)
    deaf = context.new_page()
    deaf.add_init_script("delete window.BroadcastChannel")
    second = Form(deaf).open(library, "en", PAGE)
    first.control("keep-off").check()
    expect(first.control("save-state")).to_have_attribute("data-kept", "not-kept")
    expect(first.control("keep-off-limit")).to_be_visible()
    if way == "types":
        second.write("has-card", "note", "secret, typed on")
        expect(second.control("save-state")).to_have_attribute("data-kept", "not-kept")
        assert second.answers() == {"has-card": {"note": "secret, typed on"}}
    else:
        type_and_leave(second.page, "secret, typed last")
    third = Form(context.new_page()).open(library, "ja", PAGE)
    expect(third.control("keep-off")).to_be_checked()
    third.write("has-card", "note", "secret, typed later")
    third.page.wait_for_timeout(600)  # longer than an autosave waits
    assert third.stored_entries() == []
    third.control("keep-off").uncheck()
    kept(third)
    expect(first.control("keep-off")).not_to_be_checked()
