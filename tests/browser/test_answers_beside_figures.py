"""One's own answers beside the figures that a handbook publishes."""

from __future__ import annotations

from axe import violations
from form import Form
from form_tools import open_tool
from playwright.sync_api import Page, expect


def test_own_answers_stand_beside_published_figures(library: str, page: Page) -> None:
    asked: list[str] = []
    form = Form(page).open(library, "en", "about/visitor-check.html")
    form.answer("has-card", "done")
    page.on("request", lambda request: asked.append(request.url.removeprefix(library)))
    open_tool(form, "report")
    assert "/en/assets/figures/visitor-check.js" not in asked
    page.route("**/visitor-check.js", lambda route: route.abort())
    open_tool(form, "figures")
    sheet = form.control("figures-sheet")
    expect(sheet).to_contain_text("could not be loaded")
    page.unroute("**/visitor-check.js")
    open_tool(form, "report")
    open_tool(form, "figures")
    rows = sheet.locator("tbody tr")
    expect(rows).to_have_count(3)
    heads = sheet.locator("thead th").all_inner_texts()
    assert heads[:2] == ["Question", "Your answer"]
    assert heads[-2:] == ["Withheld", "Number asked"]
    card = dict(zip(heads, rows.nth(0).locator("th, td").all_inner_texts(), strict=True))
    assert card["Your answer"] == "Yes"
    assert card["Yes"] == "12 (60\u00a0%)"
    assert card["Sometimes"] == card["No"] == "*"
    assert card["Withheld"] == "8 (40\u00a0%)"
    assert card["Number asked"] == "20"
    assert sheet.locator("strong").all_inner_texts() == ["12 (60\u00a0%)"]
    assert rows.nth(2).locator("td").last.inner_text() == "*", "nobody knows how many were asked"
    form.answer("has-card", "not-done")
    expect(sheet.locator("strong")).to_have_text("*")
    expect(rows.nth(1).locator("td").first).to_have_text("Not asked")
    assert violations(page) == []
    form.control("figures-group").select_option(label="2025")
    expect(rows.nth(1)).to_contain_text("(earlier wording)")
    assert asked[-1] == "/en/assets/figures/visitor-check.js", "nothing else was asked for, and nothing sent"
