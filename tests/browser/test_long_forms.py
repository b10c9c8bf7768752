"""The ways through a long form: the outline, the next unanswered question, the search, and one section at a time."""

from __future__ import annotations

import pytest
from axe import violations
from form import Form
from playwright.sync_api import Browser, Page, ViewportSize, expect
from test_rows import PAGE

WINDOWS: list[ViewportSize] = [{"width": 390, "height": 844}, {"width": 1280, "height": 900}]


@pytest.mark.parametrize("window", WINDOWS, ids=["sheet", "beside"])
def test_the_ways_through_a_form(window: ViewportSize, library: str, chromium: Browser) -> None:
    with chromium.new_context(viewport=window) as context:
        page = context.new_page()
        form = Form(page)
        page.goto(f"{library}/en/{PAGE}")
        form.started()
        sections = page.locator(".tf-section")
        expect(form.control("outline-basics")).to_have_text("0/3")
        # the next unanswered question, by button and by key
        form.control("next-unanswered").click()
        expect(form.item("rooms").locator("input").first).to_be_focused()
        page.keyboard.press("Space")
        expect(form.control("outline-basics")).to_have_text("1/4")
        page.keyboard.press("Control+Enter")
        expect(form.item("day").locator("[data-content]")).to_be_focused()
        # the search, in a sheet on a phone
        form.control("outline-open").click()
        form.control("find").fill("ｈｅｌｐ")
        hits = form.control("find-hits").locator("a")
        expect(hits).to_have_count(1)
        assert violations(page) == []
        hits.click()
        expect(form.item("helpers")).to_be_in_viewport()
        # one section at a time, kept in the address, in the other language too
        form.control("outline-open").click()
        form.control("find").fill("")
        form.control("paging").check()
        expect(sections.filter(visible=True)).to_have_count(1)
        page.keyboard.press("Escape")
        form.control("page-before").click()
        expect(form.item("rooms")).to_be_visible()
        page.locator("header a[hreflang]").click()
        page.wait_for_url("**/ja/**")
        form.started()
        expect(sections.filter(visible=True)).to_have_count(1)
        expect(form.item("rooms")).to_be_visible()
        assert "paging=sections#basics" in page.url


def test_ways_lead_to_questions_in_view(address: str, page: Page) -> None:
    """Links, the button and the search lead to where the question can be read, also from section to section."""
    form = Form(page)
    page.goto(f"{address}/en/self-check/strengthening.html#data-takeout")
    form.started()
    form.wait_for_rest()
    assert form.is_below_bar("data-takeout")
    for item in ("languages", "data-takeout"):
        page.evaluate("id => { location.hash = id; }", item)
        form.wait_for_rest()
        assert form.is_below_bar(item)
    page.evaluate("scrollTo(0, 0)")
    for item in ("general-desk", "cross-section", "sections-share"):
        form.control("next-unanswered").click()
        expect(form.item(item).locator("input").first).to_be_focused()
        form.wait_for_rest()
        assert form.is_below_bar(item)
    form.control("find").fill("data from being taken out")
    form.control("find-hits").locator("a").first.click()
    form.wait_for_rest()
    assert form.is_below_bar("data-takeout")
