"""A self-assessment form in Firefox: answers, reloads, undo, languages, rows, dialogs."""

from __future__ import annotations

from driven_form import DrivenForm, control, question
from marionette import Firefox

PLAN = "about/workshop-plan.html"
NOTE = '規程を改正中です。<b>太字</b> & "quotes"'
TASKS = '[...document.querySelectorAll(\'[data-item="helpers"] [data-row] [data-part="task"]\')].map((input) => input.value)'


def tasks(page: Firefox) -> list[str]:
    return list(page.run(f"return {TASKS}"))


def test_answers_stay_over_a_reload(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "ja")
    form.answer("consult-on-risk", "met")
    form.write("consult-on-risk", "note", NOTE)
    form.answer("counterpart-identity-purpose", "not-applicable")
    form.write("counterpart-identity-purpose", "justification", "海外との連携はありません")
    answers = form.answers()
    assert answers == {
        "consult-on-risk": {"value": "met", "note": NOTE},
        "counterpart-identity-purpose": {
            "value": "not-applicable",
            "justification": "海外との連携はありません",
        },
    }
    form.wait_until_kept()
    page.reload()
    assert form.ready().answers() == answers


def test_answers_follow_into_the_other_language_and_back(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "ja")
    form.answer("mou-review", "unmet")
    form.write("mou-review", "note", NOTE)
    form.switch_language()
    assert "/en/" in page.url()
    assert form.answers() == {"mou-review": {"value": "unmet", "note": NOTE}}
    form.switch_language()
    assert "/ja/" in page.url()
    assert form.answers() == {"mou-review": {"value": "unmet", "note": NOTE}}


def test_undo_and_redo_by_button(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "en")
    form.answer("mou-review", "met")
    form.answer("consult-on-risk", "partial")
    form.click("step-back")
    form.wait_for_paint()
    assert form.answers() == {"mou-review": {"value": "met"}}
    form.click("step-forth")
    form.wait_for_paint()
    assert form.answers() == {"mou-review": {"value": "met"}, "consult-on-risk": {"value": "partial"}}


def test_undo_and_redo_by_keys(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "en")
    form.answer("mou-review", "met")
    page.press("Control+z")
    form.wait_for_paint()
    assert form.answers() == {}
    page.press("Control+Shift+z")
    form.wait_for_paint()
    assert form.answers() == {"mou-review": {"value": "met"}}


def test_progress_counts_an_answer_once_its_reason_is_there(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "en")
    form.answer("counterpart-identity-purpose", "not-applicable")
    assert "0" in page.text(control("progress-counterpart"))
    form.write("counterpart-identity-purpose", "justification", "No partners abroad")
    page.wait_for_text(control("progress-counterpart"), "1")


def test_nothing_is_stored_when_nothing_is_to_be_kept(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "ja")
    form.answer("mou-review", "met")
    form.click("keep-off")
    form.write("mou-review", "note", NOTE)
    form.switch_language()
    assert form.answers() == {"mou-review": {"value": "met", "note": NOTE}}
    assert form.stored_entries() == []


def test_the_dialog_of_deleting_gives_the_focus_back(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "ja")
    form.answer("mou-review", "met")
    form.click("delete")
    page.wait_for("document.querySelector('dialog:modal')")
    page.press("Escape")
    page.wait_for("!document.querySelector('dialog:modal')")
    assert page.is_focused(control("delete"))
    assert form.answers() == {"mou-review": {"value": "met"}}
    form.click("delete")
    form.click("dialog-delete")
    page.wait_for("!document.querySelector('fieldset[data-item] input:checked')")
    assert form.answers() == {}


def test_two_assessments_stand_side_by_side(address: str, page: Firefox) -> None:
    form = DrivenForm(page).open(address, "ja")
    form.answer("mou-review", "met")
    form.click("new")
    page.wait_for("!document.querySelector('fieldset[data-item] input:checked')")
    form.answer("mou-review", "unmet")
    assert page.count(f"{control('assessment-list')} option") == 2
    page.run("document.querySelector(arguments[0]).focus()", control("assessment-list"))
    page.press("ArrowDown")
    page.wait_for(f"""document.querySelector('{question("mou-review")} input[value="met"]').checked""")


def test_rows_are_added_kept_removed_and_put_back(library: str, page: Firefox) -> None:
    form = DrivenForm(page).open(library, "ja", PLAN)
    for task in ("受付", "片付け"):
        form.click("add-helpers")
        page.type('[data-part="task"]:focus', task)
    form.wait_until_kept()
    page.reload()
    form.ready()
    assert tasks(page) == ["受付", "片付け"]
    page.click(f"{question('helpers')} [data-row] {control('row-remove')}")
    form.wait_for_paint()
    assert tasks(page) == ["片付け"]
    form.click("undo-helpers")
    form.wait_for_paint()
    assert tasks(page) == ["受付", "片付け"]


def test_rows_by_keyboard_alone(library: str, page: Firefox) -> None:
    form = DrivenForm(page).open(library, "en", PLAN)
    for task in ("a", "b"):
        page.run("document.querySelector(arguments[0]).focus()", control("add-helpers"))
        page.press("Enter")
        assert page.is_focused('[data-part="task"]')
        page.press(task)
    page.run("document.querySelector(arguments[0]).focus()", control("row-down"))
    page.press("Enter")
    form.wait_for_paint()
    assert tasks(page) == ["b", "a"]
    assert page.run("return document.activeElement.dataset.testid") == "row-up"


def test_an_answer_connects_to_nothing(library: str, page: Firefox) -> None:
    """The policy of the page refuses a request, also one to its own site."""
    DrivenForm(page).open(library, "ja", PLAN)
    refused = page.run(
        """return new Promise((done) => {
          addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
          fetch("/?answers").catch(() => 0);
        })"""
    )
    assert refused == "connect-src"
