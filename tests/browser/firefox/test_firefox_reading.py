"""Reading the handbook in Firefox: search, the comparison, the guided path, explanations, print, from disk."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from urllib.parse import unquote

import pytest
from driven_form import DrivenForm, control
from example_handbook import in_one_language
from guided_path import PATH, PATH_PAGE
from marionette import Firefox

BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__item"
TERM = "rules/borrowing.html"
TIP, TIP_BUTTON = "#tip--loan", "[popovertarget='tip--loan']"
COMPARISON = "community/elsewhere.html"


# --- search ---------------------------------------------------------------------------------------


def test_a_term_is_searched_in_any_script(address: str, page: Firefox) -> None:
    page.goto(f"{address}/ja/index.html")
    page.click(BOX)
    for query, term in (
        ("デューデリ", "デュー・ディリジェンス"),
        ("kenkyuu", "研究"),
        ("ﾃﾞｭｰﾃﾞﾘ", "デュー・ディリジェンス"),
    ):
        page.run(f"document.querySelector('{BOX}').select()")
        page.type(BOX, query)
        page.wait_for_text(f"{RESULT}:first-child", term)
        if term != "研究":
            page.wait_for(f"document.querySelector('{RESULT}:first-child a[href*=\"#due-diligence\"]')")


def test_the_keyboard_alone_is_enough_to_search(address: str, page: Firefox) -> None:
    page.goto(f"{address}/en/index.html")
    page.run("document.querySelector(arguments[0]).focus()", BOX)
    page.press("D", "D")
    page.wait_for(f"document.querySelector('{RESULT}')")
    page.press("ArrowDown", "ArrowDown", "Enter")
    page.wait_for("location.hash === '#due-diligence'")
    page.wait_for("document.querySelector('article mark[data-md-highlight]')")


# --- reading --------------------------------------------------------------------------------------


def test_the_language_switch_leads_to_the_same_page(address: str, page: Firefox) -> None:
    page.goto(f"{address}/ja/procedure/roles.html")
    page.click("header a[hreflang=en]")
    page.wait_for("document.documentElement.lang === 'en'")
    assert page.url().startswith(f"{address}/en/procedure/roles.html")


def test_the_choice_of_countries_is_kept_in_the_address(library: str, page: Firefox) -> None:
    start = f"{library}/en/{COMPARISON}"
    page.goto(start)
    page.click('input[value="noise"]')
    page.click('input[value="country-finland"]')
    assert page.url() == f"{start}#rows=country-singapore&columns=lending"
    assert not page.is_visible("#country-finland")
    page.reload()
    page.wait_for("!document.querySelector('#country-finland').checkVisibility()")
    assert page.is_visible("#country-singapore")
    page.click(".tb-choose button[type=reset]")
    assert page.is_visible("#country-finland")
    assert page.url() == start


@in_one_language
def test_the_guided_path_leads_to_an_end_and_back(language: str, address: str, page: Firefox) -> None:
    page.goto(f"{address}/{language}/{PATH_PAGE}")
    steps = [PATH["questions"][0]["id"]]
    questions = {question["id"]: question for question in PATH["questions"]}
    while steps[-1] in questions:
        to = questions[steps[-1]]["options"][0]["to"]
        page.click(f"#{steps[-1]} a[href$='#{to}']")
        page.wait_for("document.querySelector(`#${arguments[0]}`).checkVisibility()", to)
        steps.append(to)
    visible = "[...document.querySelectorAll('.tb-path__step')].filter((step) => step.checkVisibility()).map((step) => step.id)"
    assert page.run(f"return {visible}") == [steps[-1]]
    page.back()
    page.wait_for("document.querySelector(`#${arguments[0]}`).checkVisibility()", steps[-2])


@pytest.mark.parametrize("at_end", [False, True], ids=["at the top", "at the end of the window"])
def test_a_term_is_explained_within_the_window(at_end: bool, library: str, page: Firefox) -> None:
    """By keyboard: Enter opens the explanation, Escape closes it, and the focus is where it was."""
    page.goto(f"{library}/ja/{TERM}")
    page.run(
        f'const button = document.querySelector("{TIP_BUTTON}"); button.scrollIntoView({{ block: arguments[0] }}); button.focus()',
        "end" if at_end else "center",
    )
    page.press("Enter")
    page.wait_for(f"document.querySelector('{TIP}:popover-open')")
    page.wait_for_text(TIP, "Loan")
    box = page.run(
        f"const box = document.querySelector('{TIP}').getBoundingClientRect(); return [box.left, box.top, innerWidth - box.right, innerHeight - box.bottom]"
    )
    assert min(box) >= 0, box
    page.press("Escape")
    page.wait_for(f"!document.querySelector('{TIP}:popover-open')")
    assert page.is_focused(TIP_BUTTON)


def test_japanese_punctuation_has_its_full_width(address: str, page: Firefox) -> None:
    """An explicit "kern" would make Firefox set it in half the width, touching the next letter."""
    page.goto(f"{address}/ja/index.html")
    widths = page.run(
        """return ["article", ".md-search__input"].map((place) => {
          const text = document.createElement("span");
          text.textContent = "です。それ、「研究」・研究";
          const { fontFeatureSettings, fontFamily } = getComputedStyle(document.querySelector(place));
          Object.assign(text.style, { fontFeatureSettings, fontFamily, fontSize: "20px", whiteSpace: "nowrap" });
          document.querySelector("article").append(text);
          return text.getBoundingClientRect().width;
        })"""
    )
    assert widths == [13 * 20, 13 * 20]


# --- paper, disk, console -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["print/community.html", "about/visitor-check.html"])
def test_a_page_is_printed(path: str, library: str, page: Firefox) -> None:
    page.goto(f"{library}/ja/{path}")
    page.wait_for("document.querySelector('tebiki-checklist[data-ready], .tb-print__page')")
    assert page_count(page.pdf()) >= 2


def page_count(document: bytes) -> int:
    """The number of pages of a PDF document, whose objects are in compressed streams (ISO 32000-1, 7.5.7)."""
    assert document.startswith(b"%PDF")
    streams = re.findall(rb"/Type /ObjStm.*?stream\r?\n(.*?)endstream", document, re.DOTALL)
    # a stream says itself where it ends: its last byte may look like a part of the line end behind it
    objects = document + b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    return len(re.findall(rb"/Type\s*/Page\b", objects))


def test_the_copy_is_used_from_disk(unpacked: Path, page: Firefox) -> None:
    """Forms, search and languages, without a server."""
    page.goto((unpacked / "index.html").as_uri())
    page.wait_for("document.querySelector('article')")
    form = DrivenForm(page).open(unpacked.as_uri(), "ja", "about/visitor-check.html")
    form.answer("has-card", "done")
    form.switch_language()
    assert unquote(page.url()).endswith("/en/about/visitor-check.html")
    assert form.answers() == {"has-card": {"value": "done"}}
    form.click("keep-off")  # from disk nothing is kept until somebody chooses so
    form.wait_until_kept()
    page.reload()
    assert form.ready().answers() == {"has-card": {"value": "done"}}
    form.open_tool("report")
    page.wait_for_text(control("report-sheet"), "Yes")
    page.click(BOX)
    page.type(BOX, "card")
    page.wait_for(f"document.querySelector('{RESULT} a')")


KINDS = [
    "index.html",
    "404.html",
    "about/sources.html",
    "comparison/countries.html",
    "definitions/glossary.html",
    "print/procedure.html",
    "self-check/does-it-apply.html",
    "self-check/index.html",
    "self-check/researcher.html",
]


@in_one_language
def test_nothing_is_logged_on_any_kind_of_page(language: str, address: str, page: Firefox) -> None:
    page.clear_console()
    for path in KINDS:
        page.goto(f"{address}/{language}/{path}")
    form = DrivenForm(page).open(address, language)
    form.answer("mou-review", "met")
    form.click("step-back")
    form.wait_for_paint()
    assert page.console(address) == []
