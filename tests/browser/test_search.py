"""The search box, as people use it: both languages, input methods, the keyboard alone, a phone, from disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from example_handbook import LANGUAGES, in_one_language
from playwright.sync_api import BrowserContext, Locator, Page, expect

PHONE = {"width": 390, "height": 844}
WITH_FORM = "self-check/researcher.html"


def box(page: Page) -> Locator:
    return page.locator("[data-md-component=search-query]")


def results(page: Page) -> Locator:
    return page.locator(".md-search-result__item")


def notice(page: Page) -> Locator:
    return page.locator(".tb-search__said")


def failure(page: Page) -> Locator:
    return page.locator(".tb-search__failed")


def look_for(page: Page, query: str) -> None:
    box(page).click()
    box(page).fill(query)


def complaints_of(page: Page) -> list[str]:
    """What the page's console complains about from now on."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@in_one_language
@pytest.mark.parametrize("path", ["index.html", WITH_FORM, "404.html"])
def test_a_term_is_found_on_every_kind_of_page(language: str, path: str, address: str, page: Page) -> None:
    """Also where the page may connect to nothing: the index is a script, and nothing is complained about."""
    complaints = complaints_of(page)
    page.goto(f"{address}/{language}/{path}")
    look_for(page, "デューデリ")
    first = results(page).first
    expect(first.locator("a").nth(1)).to_have_attribute(
        "href", re.compile(rf"/{language}/definitions/glossary\.html.*#due-diligence$")
    )
    expect(first.locator("mark").first).to_be_visible()
    expect(first.locator(".tb-search__definition").first).not_to_be_empty()
    expect(first.locator(".tb-search__kind").first).to_have_text({"ja": "用語", "en": "Term"}[language])
    expect(first.locator(".tb-status").first).to_be_visible()
    expect(first.locator(".tb-search__source").first).not_to_be_empty()
    assert complaints == []


def test_the_index_is_fetched_only_by_those_who_search(address: str, site: Path, page: Page) -> None:
    """A page that is only read costs no index, one language does not cost the other, and a query not the whole."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/ja/index.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/search/" in url] == []
    look_for(page, "研究代表者")
    expect(results(page).first).to_be_visible()
    parts = [url for url in asked if "/search/" in url]
    assert parts[0] == f"{address}/ja/search/index.js"
    assert all(url.startswith(f"{address}/ja/search/") for url in parts)
    assert len(parts) < len(list((site / "ja/search").iterdir())) / 3


def test_an_input_method_is_followed(address: str, page: Page) -> None:
    """While kana are composed there are results for them; the Enter that ends composing opens nothing."""
    complaints = complaints_of(page)
    page.goto(f"{address}/ja/index.html")
    box(page).click()
    cdp = page.context.new_cdp_session(page)
    for typed in ("け", "けんk", "けんきゅう", "けんきゅうせきゅりてぃ"):
        cdp.send(
            "Input.imeSetComposition",
            {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)},
        )
    expect(results(page).first.locator("a").nth(1)).to_contain_text("研究セキュリティ")
    cdp.send("Input.imeSetComposition", {"text": "研究代表者", "selectionStart": 5, "selectionEnd": 5})
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"
    )
    cdp.send("Input.insertText", {"text": "研究代表者"})
    expect(box(page)).to_have_value("研究代表者")
    expect(results(page).first.locator("a").nth(1)).to_contain_text("研究代表者")
    assert page.url == f"{address}/ja/index.html"
    page.keyboard.press("Enter")
    page.wait_for_url("**/definitions/glossary.html**#principal-investigator")
    assert complaints == []


def test_a_finished_composition_without_a_key_is_seen(address: str, page: Page) -> None:
    """Dictation, paste and phone keyboards release no key."""
    page.goto(f"{address}/ja/index.html")
    box(page).click()
    page.keyboard.insert_text("営業秘密")
    expect(results(page).first).to_contain_text("営業秘密")


@in_one_language
def test_the_keyboard_alone_is_enough(language: str, address: str, page: Page) -> None:
    """Tab opens the box, arrows choose, Tab reaches the filters, Escape leaves."""
    page.goto(f"{address}/{language}/index.html")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-md-component=search-query]')"):
            break
    expect(box(page)).to_be_focused()
    page.keyboard.type("DD")
    expect(results(page).first).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.tb-search select')"):
            break
    kind = page.locator(".tb-search select").first
    expect(kind).to_be_focused()
    kind.select_option("term")
    expect(results(page)).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    while not page.evaluate("document.activeElement.matches('[data-md-component=search-query]')"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/definitions/glossary.html**#due-diligence")
    expect(page.locator("article mark[data-md-highlight]").first).to_be_attached()
    page.wait_for_timeout(500)  # 125 ms after a page has begun, Material closes whatever is open
    box(page).focus()
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_leaving_the_box_closes_it(address: str, page: Page) -> None:
    """Tab past the last thing in the box goes on in the page."""
    page.goto(f"{address}/ja/index.html")
    look_for(page, "DD")
    expect(results(page).first).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if not page.locator("#__search").is_checked():
            break
    expect(page.locator("#__search")).not_to_be_checked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_is_wide_enough(language: str, address: str, page: Page) -> None:
    """At 390 pixels nothing is cut off or pushed sideways."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/{language}/{WITH_FORM}")
    page.locator(".md-header__button[for=__search]").click()
    box(page).fill("リスク" if language == "ja" else "risk")
    expect(results(page).first).to_be_visible()
    width = page.evaluate("document.querySelector('.md-search__scrollwrap').scrollWidth")
    assert width <= PHONE["width"]
    for part in (".tb-search__filters", ".md-search-result__item"):
        # the box slides in; it is looked at where it has come to rest
        page.wait_for_function(
            """([part, width]) => { const at = document.querySelector(part).getBoundingClientRect();
            return at.width > 0 && at.left >= 0 && at.right <= width }""",
            arg=[part, PHONE["width"]],
        )


def test_from_disk_without_network(site: Path, context: BrowserContext, page: Page) -> None:
    """Search, a result, and the marks on its page, all from files."""
    context.set_offline(True)
    complaints = complaints_of(page)
    page.goto((site / "ja" / WITH_FORM).as_uri())
    look_for(page, "due diligence")
    results(page).first.locator("a[href*='#due-diligence']").click()
    page.wait_for_url("**/definitions/glossary.html**#due-diligence")
    expect(page.locator("article mark[data-md-highlight]").first).to_be_attached()
    assert complaints == []


def test_what_was_looked_for_is_marked_on_its_page(address: str, page: Page) -> None:
    """In other spellings too, and never inside a form's own data."""
    page.goto(f"{address}/ja/self-check/researcher.html?h=%EF%BE%98%EF%BD%BD%EF%BD%B8")
    page.goto(f"{address}/ja/procedure/four-steps.html?h=%EF%BE%98%EF%BD%BD%EF%BD%B8")
    marks = page.locator("article mark[data-md-highlight]")
    expect(marks.first).to_have_text("リスク")


def test_a_result_leads_to_the_other_language(address: str, page: Page) -> None:
    """What only the English pages say is offered on the Japanese ones, and says so."""
    page.goto(f"{address}/ja/index.html")
    look_for(page, "objective review")
    foreign = results(page).filter(has=page.locator(".tb-search__language"))
    expect(foreign.first.locator(".tb-search__language").first).to_have_text("English")
    foreign.first.locator("a").first.click()
    page.wait_for_url(f"{address}/en/**")
    assert page.locator("html").get_attribute("lang") == "en"
    look_for(page, "objective review")
    expect(results(page).first.locator(".tb-search__kind").first).to_be_visible()
    expect(page.locator(".tb-search__language")).to_have_count(0)


def test_a_near_miss_is_offered(address: str, page: Page) -> None:
    """“Did you mean” stands above the results for what was probably meant, and takes it over."""
    page.goto(f"{address}/en/index.html")
    look_for(page, "due dilligence")
    expect(notice(page)).to_contain_text("due dilligence")
    expect(results(page).first).to_contain_text("Due diligence")
    notice(page).get_by_role("button").click()
    expect(box(page)).to_have_value("due diligence")
    expect(notice(page)).to_be_empty()


def test_nothing_found_shows_a_way_on(address: str, page: Page) -> None:
    """The nearest terms and the sections, as links that work."""
    page.goto(f"{address}/ja/about/status.html")
    look_for(page, "重要")
    expect(results(page).first).to_be_visible()
    box(page).fill('"管理対象出たデータ"')
    expect(notice(page)).to_contain_text("見つかりません")
    expect(results(page)).to_have_count(0)
    ways = page.locator(".tb-search__ways")
    expect(ways.get_by_role("link", name="管理対象データ")).to_be_visible()
    ways.get_by_role("link", name="用語と定義").click()
    page.wait_for_url("**/definitions/**")


def test_filters_narrow_down(address: str, page: Page) -> None:
    """By kind, audience and standing; and back."""
    page.goto(f"{address}/ja/index.html")
    look_for(page, "研究")
    expect(results(page).nth(5)).to_be_visible()
    kind, audience, status = page.locator(".tb-search select").all()
    kind.select_option("term")
    expect(results(page)).to_have_count(1)
    kinds = results(page).first.locator(".tb-search__kind")
    expect(kinds.filter(has_text="用語").first).to_be_attached()
    expect(kinds.filter(has_not_text="用語")).to_have_count(0)
    status.select_option("notice")
    statuses = results(page).first.locator(".tb-search__facts .tb-status")
    expect(statuses.filter(has_not_text="通知")).to_have_count(0)
    expect(statuses.filter(has_text="通知").first).to_be_attached()
    audience.select_option("funder")
    for select in (kind, status, audience):
        select.select_option("")
    expect(results(page).nth(5)).to_be_visible()


def test_an_address_can_hold_a_query(address: str, page: Page) -> None:
    """Material's deep link ``?q=`` works."""
    page.goto(f"{address}/ja/index.html?q=%E5%96%B6%E6%A5%AD%E7%A7%98%E5%AF%86")
    expect(results(page).first).to_contain_text("営業秘密")


@pytest.mark.parametrize(("language", "scheme"), [("ja", "light"), ("en", "dark")])
def test_the_open_box_is_accessible(language: str, scheme: Any, address: str, page: Page) -> None:
    """axe finds nothing in it, with results, with an offer, with nothing found."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/{language}/index.html")
    for query in ("risk", "due dilligence", "zzqqxx"):
        look_for(page, query)
        if query == "zzqqxx":
            expect(page.locator(".tb-search__ways a").first).to_be_visible()
        else:
            expect(results(page).first).to_be_visible()
        assert violations(page, ".md-search") == [], query


def test_the_sections_behind_more_are_loaded_when_it_is_opened(address: str, page: Page) -> None:
    """A query that is on nearly every page would load nearly all texts."""
    page.goto(f"{address}/ja/index.html")
    look_for(page, "研究")
    more = page.locator(".md-search-result__more").first
    links = more.get_by_role("link", include_hidden=True)
    incomplete = links.filter(has_not=page.locator("mark"))
    expect(incomplete).not_to_have_count(0)
    more.locator("summary").click()
    expect(links.last).to_have_attribute("href", re.compile("#.+"))
    expect(links.last.locator("mark").first).to_be_visible()
    expect(incomplete).to_have_count(0)
