"""The search box on a connection that is slow, or that loses parts of the index."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe import violations
from example_handbook import LANGUAGES
from playwright.sync_api import Locator, Page, Route, expect
from search_index_file import parts_of_kind
from tebiki.locales import words
from test_search import box, failure, look_for, notice, results

OTHER = {"ja": "en", "en": "ja"}
#: Records what the list and the line above it show, whenever that changes: pages, links to sections, the line.
RECORD = """() => {
  const [line, list] = document.querySelector('.md-search-result').children;
  window.shown = [];
  const record = () => {
    const sections = list.querySelectorAll(':scope > li > a + a').length;
    const complete = list.querySelectorAll(":scope > li > a + a[href*='#']:not([href$='#'])").length;
    window.shown.push({ pages: list.children.length, sections, complete, line: line.textContent });
  };
  new MutationObserver(record).observe(line.parentElement, { subtree: true, childList: true, attributes: true });
}"""


def parts_of(site: Path, language: str, kind: str, chosen: slice = slice(None)) -> re.Pattern[str]:
    """The addresses of the parts of a kind, or of some of them."""
    names = parts_of_kind(site / language / "search", kind)[chosen]
    return re.compile(rf"/{language}/search/({'|'.join(names)})\.js")


def links_to_sections(page: Page) -> Locator:
    """The links to sections that are shown."""
    return page.locator(".md-search-result__item > a + a")


def without_place(page: Page) -> Locator:
    """Those that lead to the beginning of their page, since their texts are missing."""
    return page.locator(".md-search-result__item > a + a[href$='#']")


@pytest.mark.parametrize(("language", "query"), [("en", "research security"), ("ja", "研究インテグリティ")])
def test_results_appear_as_parts_arrive(
    language: str, query: str, site: Path, address: str, page: Page
) -> None:
    """The list grows more than once before it is complete, and so do its texts; nothing is said that is not true."""
    waiting: list[Route] = []
    folder = site / language / "search"
    page.goto(f"{address}/{language}/index.html")
    box(page).click()
    expect(page.locator(".md-search-result__meta")).not_to_have_text("")
    look_for(page, "zzqqxx")
    expect(page.locator(".tb-search__ways a").first).to_be_visible()
    kinds = ("counts", "postings", "wordPostings", "texts")
    slow = "|".join(name for kind in kinds for name in parts_of_kind(folder, kind))

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile(rf"/search/({slow})\.js"), hold)
    page.evaluate(RECORD)
    look_for(page, query)
    page.wait_for_function("() => window.shown.length > 0")
    searching = page.locator(".md-search-result__meta[aria-busy=true]")
    while waiting or searching.count() or without_place(page).count():
        if waiting:
            waiting.pop(0).continue_()
        page.wait_for_timeout(250)  # on a slow connection
    shown = page.evaluate("() => window.shown")
    sizes = [state["pages"] for state in shown]
    assert sizes == sorted(sizes)
    assert len(set(sizes) - {0}) >= 2, sizes
    lines = list(dict.fromkeys(state["line"] for state in shown))
    assert lines[0] == words(language, "search")["searching"]
    assert len(lines) == 2, lines
    complete = [state["complete"] for state in shown]
    assert len(set(complete) - {0}) >= 2, complete
    assert complete[-1] == shown[-1]["sections"]


@pytest.mark.parametrize(
    ("language", "typed", "completed"),
    [("en", "Due dil", "Due diligence"), ("ja", "研究セ", "研究セキュリティ")],
)
def test_the_query_is_completed_before_its_texts_arrive(
    language: str, typed: str, completed: str, site: Path, address: str, page: Page
) -> None:
    """Their names are there first; → takes the completion over."""
    page.route(parts_of(site, language, "texts"), lambda _: None)
    page.goto(f"{address}/{language}/index.html")
    box(page).click()
    page.keyboard.insert_text(typed)
    completion = page.locator("[data-md-component=search-suggest]")
    expect(completion).to_have_text(completed)
    page.keyboard.press("ArrowRight")
    expect(box(page)).to_have_value(completed)


@dataclass(frozen=True)
class Loss:
    """A part that is lost.

    Attributes:
        pattern: The addresses of the parts, in the site of a language.
        queries: A query that needs them, by language.
        begin: Does something that needs them, where the query alone does not.
        expect_shown: Waits until what they hold is shown.
    """

    pattern: Callable[[Path, str], re.Pattern[str]]
    queries: dict[str, str]
    begin: Callable[[Page], None]
    expect_shown: Callable[[Page], None]


def _nothing(page: Page) -> None:
    """The query alone needs the parts."""


def _some(page: Page) -> None:
    expect(results(page).first).to_be_visible()


def _corrected(page: Page) -> None:
    expect(notice(page).get_by_role("button")).to_have_text("due diligence")


def _complete(page: Page) -> None:
    expect(links_to_sections(page).first).to_be_visible()
    expect(without_place(page)).to_have_count(0)


def _with_pages(page: Page) -> None:
    """Their titles and addresses are there."""
    for link in (results(page).first.locator("a").first, results(page).last.locator("a").first):
        expect(link).to_have_attribute("href", re.compile(r"\.html"))
        expect(link).not_to_have_text("…")


def _scroll_to_the_end(page: Page) -> None:
    """Twice: the texts of the pages that Material then adds are lost."""
    for count in (14, 18):
        for place in (0, 100_000):
            page.evaluate(
                "place => document.querySelector('.md-search__scrollwrap').scrollTo(0, place)", place
            )
            page.wait_for_timeout(100)
        expect(results(page)).to_have_count(count)
    expect(without_place(page).first).to_be_attached()


def _more(page: Page) -> Locator:
    return page.locator(".md-search-result__more").first


def _more_is_complete(page: Page) -> None:
    expect(_more(page).locator("a[href$='#']")).to_have_count(0)


def _elsewhere(page: Page) -> None:
    expect(page.locator(".tb-search__language").first).to_be_visible()


RISK = {"ja": "リスク", "en": "risk"}
#: Not a whole word.
PART_OF_WORD = {"ja": "リスク", "en": "mitigat"}
WORD = {"ja": "integrity", "en": "risk"}
NAME = {"ja": "研究セキュリティ", "en": "research security"}
MISSPELT = {"ja": "due dilligence", "en": "due dilligence"}
ELSEWHERE = {"ja": "objective review", "en": "学長"}
LOSSES = {
    "list of all": Loss(
        lambda _, language: re.compile(f"/{language}/search/index.js"), RISK, _nothing, _some
    ),
    "outline": Loss(lambda site, language: parts_of(site, language, "outline"), RISK, _nothing, _some),
    "pages": Loss(lambda site, language: parts_of(site, language, "pages"), RISK, _nothing, _with_pages),
    "postings": Loss(
        lambda site, language: parts_of(site, language, "postings"), PART_OF_WORD, _nothing, _some
    ),
    "postings of words": Loss(
        lambda site, language: parts_of(site, language, "wordPostings"), WORD, _nothing, _some
    ),
    "first names": Loss(
        lambda site, language: parts_of(site, language, "names", slice(1)), RISK, _nothing, _some
    ),
    "counts": Loss(lambda site, language: parts_of(site, language, "counts"), NAME, _nothing, _some),
    "names": Loss(lambda site, language: parts_of(site, language, "names"), MISSPELT, _nothing, _corrected),
    "words": Loss(
        lambda site, language: parts_of(site, language, "vocabulary"), MISSPELT, _nothing, _corrected
    ),
    "texts": Loss(lambda site, language: parts_of(site, language, "texts"), RISK, _nothing, _complete),
    "texts of later pages": Loss(
        lambda site, language: parts_of(site, language, "texts"), RISK, _scroll_to_the_end, _complete
    ),
    "texts behind more": Loss(
        lambda site, language: parts_of(site, language, "texts"),
        RISK,
        lambda page: _more(page).locator("summary").click(),
        _more_is_complete,
    ),
    "list of the other language": Loss(
        lambda _, language: re.compile(f"/{OTHER[language]}/search/index.js"), ELSEWHERE, _nothing, _elsewhere
    ),
    "postings of the other language": Loss(
        lambda site, language: parts_of(site, OTHER[language], "postings"), ELSEWHERE, _nothing, _elsewhere
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lost", LOSSES)
def test_a_lost_part_is_said_and_tried_again(
    lost: str, language: str, site: Path, address: str, page: Page
) -> None:
    """Where a person is reading; nothing is said to be missing; and “Try again” brings it without a new search."""
    loss = LOSSES[lost]
    pattern = loss.pattern(site, language)
    search_words = words(language, "search")
    query = loss.queries[language]
    not_found = search_words["nothing"].replace("{query}", query)
    page.goto(f"{address}/{language}/index.html")
    if loss.begin is not _nothing:
        look_for(page, query)
        _complete(page)
    page.route(pattern, lambda route: route.abort())
    look_for(page, query)
    loss.begin(page)
    for by_keyboard in (False, True):  # a failure of the second try is said too
        expect(failure(page)).to_be_in_viewport()
        expect(failure(page)).to_contain_text(
            re.compile(f"({search_words['failed']}|{search_words['incomplete']})")
        )
        assert not_found not in page.locator(".md-search__output").inner_text()
        again = failure(page).get_by_role("button", name=search_words["again"])
        if by_keyboard:
            again.press("Enter")
        else:
            again.click()
    expect(failure(page)).to_be_in_viewport()
    assert violations(page, ".md-search") == []
    assert page.evaluate("document.querySelector('.md-search').contains(document.activeElement)")
    places = results(page).count()
    page.unroute(pattern)
    again.click()
    loss.expect_shown(page)
    expect(failure(page)).to_have_count(0)
    assert results(page).count() >= places, "nobody loses their place"
