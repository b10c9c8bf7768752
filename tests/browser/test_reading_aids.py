"""What helps reading, in a real browser: explanations, choosing what to compare, citing, print views."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import in_one_language
from playwright.sync_api import Browser, Page, expect

TERM = "rules/borrowing.html"
COMPARISON = "community/elsewhere.html"


@pytest.fixture
def plain(chromium: Browser) -> Page:
    """A page without scripts."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


# --- explanations of terms ------------------------------------------------------------------------


@in_one_language
def test_a_term_is_explained_by_keyboard_and_without_scripts(
    library: str, language: str, plain: Page
) -> None:
    plain.goto(f"{library}/{language}/{TERM}")
    tip = plain.locator("#tip--loan")
    expect(tip).to_be_hidden()
    plain.locator('a[href="terms.html#loan"]').first.focus()
    plain.keyboard.press("Tab")
    expect(plain.locator("[popovertarget='tip--loan']")).to_be_focused()
    plain.keyboard.press("Enter")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("貸出")
    expect(tip).to_contain_text("Loan")
    plain.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_term_is_explained_by_touch_within_a_phone(library: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{library}/en/{TERM}")
    button, tip = page.locator("[popovertarget='tip--loan']"), page.locator("#tip--loan")
    button.tap()
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844
    page.touchscreen.tap(195, 840)
    expect(tip).to_be_hidden()
    context.close()


# --- choosing what to compare ---------------------------------------------------------------------


@in_one_language
def test_without_scripts_the_comparison_is_a_whole_table(library: str, language: str, plain: Page) -> None:
    plain.goto(f"{library}/{language}/{COMPARISON}")
    expect(plain.locator("form.tb-choose")).to_be_hidden()
    for row in ("country-finland", "country-singapore"):
        expect(plain.locator(f"#{row}")).to_be_visible()
    assert plain.locator("td[data-column]:visible").count() == 4
    expect(plain.locator("#country-finland td").first).to_contain_text("2025")
    expect(plain.locator("#country-finland th .tb-status").first).to_be_visible()  # that of all its cells
    assert plain.locator("a[download]").get_attribute("href") == f"../../data/v1/country.{language}.csv"


def test_what_is_chosen_is_kept_in_the_address(library: str, page: Page) -> None:
    start = f"{library}/en/{COMPARISON}"
    page.goto(start)
    page.locator('input[value="noise"]').uncheck()
    page.locator('input[value="country-finland"]').uncheck()
    chosen = f"{start}#rows=country-singapore&columns=lending"
    assert page.url == chosen
    expect(page.locator("#country-finland")).to_be_hidden()
    assert page.locator("[data-column=noise]:visible").count() == 0
    expect(page.locator("[role=status][data-shown]")).to_have_text("Rows shown: 1, aspects: 1")
    expect(page.locator('input[value="lending"]')).to_be_disabled()
    assert page.locator("[data-clipboard-text]").get_attribute("data-clipboard-text") == chosen
    page.reload()
    expect(page.locator("#country-finland")).to_be_hidden()
    expect(page.locator("#country-singapore")).to_be_visible()
    page.locator(".tb-choose button[type=reset]").click()
    expect(page.locator("#country-finland")).to_be_visible()
    assert page.url == start


def test_an_address_of_an_item_is_no_choice(library: str, page: Page) -> None:
    page.goto(f"{library}/en/{COMPARISON}#country-singapore")
    expect(page.locator("#country-finland")).to_be_visible()
    page.goto(f"{library}/en/{COMPARISON}#rows=atlantis")
    expect(page.locator("#country-finland")).to_be_visible()
    expect(page.locator("#country-singapore")).to_be_visible()


def test_choosing_works_from_disk(site: Path, page: Page) -> None:
    start = (site / "ja/comparison/countries.html").as_uri()
    page.goto(start)
    rows = page.locator("tr[data-row]:visible")
    before = rows.count()
    page.locator("input[name=rows]").first.uncheck()
    assert rows.count() == before - 1
    assert "#rows=" in page.url
    page.reload()
    assert page.locator("tr[data-row]:visible").count() == before - 1


# --- citing ---------------------------------------------------------------------------------------


@pytest.mark.fresh_profile
def test_a_citation_names_the_address_and_can_be_copied(library: str, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{library}/en/rules/terms.html")
    page.locator(".tb-cite summary").click()
    page.context.set_offline(True)
    page.locator(".tb-copy").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert " ".join(copied.split()) == (
        "Hibari City Library. “Terms”. Using Hibari City Library, version 1.2.0, 2026-04-01."
        f" {library}/en/rules/terms.html"
    )
    page.locator(".tb-copy").last.click()
    assert f"url = {{{library}/en/rules/terms.html}}" in " ".join(
        page.evaluate("navigator.clipboard.readText()").split()
    )


def test_an_entry_is_cited_by_its_own_name_and_address(library: str, page: Page) -> None:
    page.goto(f"{library}/en/rules/terms.html#loan")
    text = page.locator("#cite--text")
    expect(text).to_contain_text("“Loan – Terms”")
    expect(text).to_contain_text(f"{library}/en/rules/terms.html#loan")
    page.evaluate("location.hash = ''")
    expect(text).to_contain_text("“Terms”")
    page.goto(f"{library}/en/rules/terms.html#%E0%A4%A")
    expect(text).to_contain_text("“Terms”")


def test_without_scripts_a_citation_is_plain_text(library: str, plain: Page) -> None:
    plain.goto(f"{library}/ja/rules/terms.html")
    plain.locator(".tb-cite summary").click()
    expect(plain.locator("#cite--text")).to_contain_text("version 1.2.0, 2026-04-01. ja/rules/terms.html")
    assert plain.locator(".tb-copy:visible").count() == 0


# --- print views ----------------------------------------------------------------------------------


@in_one_language
def test_every_print_view_can_be_printed(language: str, site: Path, address: str, page: Page) -> None:
    """Nothing is wider than the paper, nothing is complained about, and what needs a script is gone."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    files = sorted((site / language / "print").glob("*.html"))
    assert files
    page.set_viewport_size({"width": 660, "height": 900})  # what is left of A4 between its margins
    for file in files:
        page.goto(f"{address}/{language}/print/{file.name}")
        page.emulate_media(media="print")  # a page of another process can lose it
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 660, file
        gone = ".tb-print__bar:visible, .tb-tip-button:visible, form.tb-choose:visible"
        assert page.locator(gone).count() == 0
    assert complaints == []


@in_one_language
def test_a_print_view_has_a_page_on_paper_for_every_page(language: str, library: str, page: Page) -> None:
    page.goto(f"{library}/{language}/print/rules.html")
    sections = page.locator(".tb-print__page").count()
    assert sections > 1
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") >= sections + 1
