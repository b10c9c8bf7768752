"""What WebKit does in its own way: the guided path, a form, rows, search, explanations."""

from __future__ import annotations

import pytest
from driven_form import DrivenForm, control, question
from guided_path import PATH, PATH_PAGE
from webdriver import DrivenPage

BOX = "[data-md-component=search-query]"
TIP, TIP_BUTTON = "#tip--loan", "[popovertarget='tip--loan']"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_guided_path_answers_to_its_end(language: str, address: str, webkit: DrivenPage) -> None:
    """It froze after a few steps while an explanation of a term named places to fall back to."""
    webkit.goto(f"{address}/{language}/{PATH_PAGE}")
    questions = {question["id"]: question for question in PATH["questions"]}
    for _round in range(3):
        step = PATH["questions"][0]["id"]
        while step in questions:
            to = questions[step]["options"][0]["to"]
            webkit.click(f"#{step} a[href$='#{to}']")
            webkit.wait_for("document.querySelector(`#${arguments[0]}`).checkVisibility()", to)
            step = to
        webkit.click(f"#{step} .tb-path__back p:last-child a, #{step} .tb-path__back a:last-child")


def test_answers_stay_over_a_reload_and_in_the_other_language(address: str, webkit: DrivenPage) -> None:
    form = DrivenForm(webkit).open(address, "ja")
    form.answer("mou-review", "unmet")
    form.write("mou-review", "note", "規程を改正中です。")
    answers = {"mou-review": {"value": "unmet", "note": "規程を改正中です。"}}
    form.wait_until_kept()
    webkit.reload()
    assert form.ready().answers() == answers
    form.switch_language()
    assert form.answers() == answers


def test_rows_are_added_and_kept(library: str, webkit: DrivenPage) -> None:
    form = DrivenForm(webkit).open(library, "ja", "about/workshop-plan.html")
    tasks = "[...document.querySelectorAll('[data-row] [data-part=task]')].map((input) => input.value)"
    for number, task in enumerate(("受付", "片付け"), 1):
        form.click("add-helpers")
        webkit.wait_for(
            "document.querySelectorAll('[data-item=helpers] [data-row]').length === arguments[0]", number
        )
        webkit.type('[data-part="task"]:focus', task)
    form.wait_until_kept()
    webkit.reload()
    form.ready()
    assert webkit.run(f"return {tasks}") == ["受付", "片付け"]
    webkit.click(f"{question('helpers')} [data-row] {control('row-remove')}")
    webkit.wait_for(f"{tasks}.length === 1")


@pytest.mark.parametrize("query", ["デューデリ", "ﾃﾞｭｰﾃﾞﾘ"])
def test_a_term_is_searched(query: str, address: str, webkit: DrivenPage) -> None:
    webkit.goto(f"{address}/ja/index.html")
    webkit.click(BOX)
    webkit.type(BOX, query)
    webkit.wait_for(
        "document.querySelector('.md-search-result__item:first-child a[href*=\"#due-diligence\"]')"
    )


def test_a_term_is_explained_within_the_window(library: str, webkit: DrivenPage) -> None:
    """Also at the end of the window, where no room is left below the term."""
    webkit.goto(f"{library}/ja/rules/borrowing.html")
    webkit.run(
        f"const button = document.querySelector(\"{TIP_BUTTON}\"); button.scrollIntoView({{ block: 'end' }}); button.focus()"
    )
    webkit.press("Enter")
    webkit.wait_for(f"document.querySelector('{TIP}:popover-open')")
    box = webkit.run(
        f"const box = document.querySelector('{TIP}').getBoundingClientRect(); return [box.left, box.top, innerWidth - box.right, innerHeight - box.bottom]"
    )
    assert min(box) >= 0, box
    webkit.press("Escape")
    webkit.wait_for(f"!document.querySelector('{TIP}:popover-open')")
