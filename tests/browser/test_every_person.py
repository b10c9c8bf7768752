"""What WCAG 2.2 asks of pages in use and axe passes over: by keyboard, by voice, on a phone, in long tables."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 390, "height": 844}
HEADER = 48  # the height of Material's header, in CSS pixels
IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
}"""
IN_DRAWER = "() => Boolean(document.activeElement.closest('.md-sidebar--primary'))"


def test_a_closed_drawer_takes_no_focus_and_an_open_one_keeps_it(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/ja/definitions/glossary.html")
    for width in (1219, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.locator(".tb-menu").focus()
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(IN_SIGHT), page.evaluate("document.activeElement.outerHTML")
            assert not page.evaluate(IN_DRAWER)
    menu = page.get_by_role("button", name="メニュー")
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(IN_DRAWER)
        expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    assert page.locator("[inert]").count() == 0


def test_the_menu_above_a_section_is_reached_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/ja/definitions/glossary.html")
    page.locator(".tb-menu").focus()
    # opens the drawer, goes to the label that leads back, and follows it
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    link = page.locator(".md-nav--primary").get_by_role("link", name="ホーム")
    expect(link).to_be_in_viewport()
    expect(page.locator(".md-nav--primary").get_by_role("link", name="定義の比較")).to_be_hidden()


def test_dictated_letters_do_nothing(page: Page, address: str) -> None:
    """Level A, 2.1.4: Material would open the search or leave for the next page."""
    page.goto(f"{address}/ja/overview.html")
    for key in ("s", "f", "/", "n", ".", "p", ","):
        page.keyboard.press(key)
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page).to_have_url(f"{address}/ja/overview.html")


def test_the_switch_of_colours_says_its_state(page: Page, address: str) -> None:
    page.goto(f"{address}/ja/overview.html")
    switch = page.get_by_role("button", name="暗い表示")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert page.locator("input[name=__palette]:visible").count() == 0
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "true")


def test_the_language_switch_keeps_the_fragment(page: Page, address: str) -> None:
    page.goto(f"{address}/ja/definitions/glossary.html")
    page.locator(".tb-letters a").last.click()
    entry = page.url.partition("#")[2]
    assert entry
    page.locator("a.tb-language").click()
    expect(page).to_have_url(f"{address}/en/definitions/glossary.html#{entry}")
    expect(page.locator(f"[id='{entry}']")).to_be_in_viewport()


def test_heads_stay_in_sight_in_long_tables(page: Page, address: str) -> None:
    def top(selector: str) -> float:
        return page.locator(selector).first.evaluate("element => element.getBoundingClientRect().top")

    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{address}/ja/comparison/countries.html#country-france")
    table = page.locator(".tb-table--matrix")
    expect(page.locator(".tb-menu")).to_be_hidden()  # the navigation is beside the text
    expect(table.locator("xpath=..")).to_have_class("tb-table-wrap tb-table-wrap--fits")
    assert top(".tb-table--matrix thead") == pytest.approx(HEADER, abs=1)
    head = page.locator(".tb-table--matrix thead").bounding_box()
    assert head
    assert top("#country-france .tb-row-name") >= head["y"] + head["height"]

    # wider than the page: it scrolls sideways in a box, and the head stays at the top of the box
    table.evaluate("table => table.style.setProperty('width', '2000px')")
    box = page.locator(".tb-table-wrap:has(.tb-table--matrix)")
    expect(box).to_have_class("tb-table-wrap")
    box.evaluate("box => box.scrollTo(300, 600)")
    assert top(".tb-table--matrix thead") == pytest.approx(
        box.evaluate("box => box.getBoundingClientRect().top"), abs=1
    )

    page.set_viewport_size(PHONE)
    page.reload()
    cell = page.locator("#country-france td").last
    cell.evaluate("cell => scrollTo(0, cell.getBoundingClientRect().top + scrollY - 200)")
    assert top("#country-france .tb-row-name") == pytest.approx(HEADER, abs=1)


@pytest.mark.parametrize(
    "path", ["self-check/does-it-apply", "procedure/four-steps", "procedure/due-diligence"]
)
def test_letters_in_drawings_are_large_enough_on_a_phone(chromium: Browser, address: str, path: str) -> None:
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{address}/ja/{path}.html")
        sizes = page.locator("article svg text").evaluate_all(
            "texts => texts.filter((text) => text.checkVisibility())"
            ".map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"
        )
        assert sizes
        assert min(sizes) >= 11
