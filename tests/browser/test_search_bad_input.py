"""The search box with queries that nobody should type, and with an index that comes late or never."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from search_index_file import parts_of_kind
from test_search import box, complaints_of, failure, look_for, results

ODD = [
    "　",
    "ー",
    "、。！？",
    "👩‍🔬",
    "\u0000\u0007",
    "(.*)+[a-z",
    "\\",
    '"',
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "研究" * 5000,
]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_do_no_harm(query: str, address: str, page: Page) -> None:
    """No error, nothing executed, and the box answers the next query."""
    complaints = complaints_of(page)
    page.goto(f"{address}/ja/index.html")
    title = page.title()
    box(page).click()
    page.evaluate(
        "query => { const box = document.activeElement; box.value = query; box.dispatchEvent(new Event('input')); }",
        query,
    )
    page.wait_for_timeout(400)
    assert page.title() == title
    assert page.locator(".md-search__output img, .md-search__output script").count() == 0
    box(page).fill("DD")
    expect(results(page).first).to_contain_text("デュー・ディリジェンス")
    assert complaints == []


def test_half_a_surrogate_pair_does_no_harm(address: str, page: Page) -> None:
    """Typed text can hold one; Playwright cannot send it."""
    complaints = complaints_of(page)
    page.goto(f"{address}/ja/index.html")
    box(page).click()
    page.evaluate(
        "() => { const box = document.activeElement; box.value = '\\ud800研究'; box.dispatchEvent(new Event('input')); }"
    )
    expect(results(page).first).to_be_visible()
    assert complaints == []


def test_what_is_typed_while_the_index_loads_is_answered(address: str, page: Page) -> None:
    """The last query counts, not the first."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/search/index.js", hold)
    page.goto(f"{address}/ja/index.html")
    with page.expect_request("**/search/index.js"):
        look_for(page, "年表")
    box(page).fill("営業秘密")
    expect(results(page)).to_have_count(0)
    (route,) = waiting
    route.continue_()
    expect(results(page).first).to_contain_text("営業秘密")


def test_an_index_that_does_not_load_says_so(address: str, page: Page) -> None:
    """The sections are offered, and the next try may succeed."""
    page.route("**/search/index.js", lambda route: route.abort())
    page.goto(f"{address}/en/index.html")
    look_for(page, "risk")
    expect(failure(page)).to_contain_text("could not be loaded")
    expect(page.locator(".tb-search__ways").get_by_role("link", name="Terms and definitions")).to_be_visible()
    page.unroute("**/search/index.js")
    page.keyboard.press("Escape")
    look_for(page, "risk")
    expect(results(page).first).to_be_visible()
    expect(failure(page)).to_have_count(0)


def test_a_part_that_does_not_load_says_so_and_is_tried_again(address: str, page: Page) -> None:
    """On a page that may connect to nothing; what its titles answer is shown in the meantime."""
    failing = re.compile(r"/search/(?!index)[^/]+\.js")
    page.goto(f"{address}/en/self-check/researcher.html")
    look_for(page, "due diligence")
    expect(results(page).first).to_be_visible()
    page.route(failing, lambda route: route.abort())
    box(page).fill("memorandum")
    expect(failure(page)).to_contain_text("could not be loaded")
    by_title = results(page).count()
    page.unroute(failing)
    failure(page).get_by_role("button").click()
    expect(failure(page)).to_have_count(0)
    expect(results(page).nth(by_title)).to_be_attached()


def test_results_stay_while_somebody_moves_through_them(site: Path, address: str, page: Page) -> None:
    """Texts that arrive meanwhile are filled in, and the focus stays where it is."""
    texts = parts_of_kind(site / "en/search", "texts")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile(rf"/search/({'|'.join(texts)})\.js"), hold)
    page.goto(f"{address}/en/index.html")
    look_for(page, "memorandum")
    expect(results(page).first).to_be_visible()
    shown = results(page).first.inner_text()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    focused = page.locator(".md-search-result__link:focus")
    incomplete = focused.inner_text()
    chosen = focused.element_handle()
    for route in waiting:
        route.continue_()
    page.unroute_all()
    expect(results(page).first).not_to_have_text(shown)
    expect(focused).not_to_have_text(incomplete)
    expect(focused).to_have_attribute("href", re.compile("#.+"))
    assert chosen is not None
    assert chosen.evaluate("link => link === document.activeElement")
