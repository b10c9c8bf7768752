"""axe-core on forms in use: rows, a removed row, active filters, impossible values, a row with an error."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from form import Form
from playwright.sync_api import Browser, ViewportSize
from test_pages import DESKTOP, PHONE


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("en", PHONE, "dark"), ("ja", DESKTOP, "light")],
    ids=["phone", "desktop"],
)
def test_a_form_in_use_has_no_violation(
    language: str, size: ViewportSize, scheme: Any, library: str, chromium: Browser
) -> None:
    with chromium.new_context(color_scheme=scheme, viewport=size) as context:
        page = context.new_page()
        form = Form(page).open(library, language, "about/workshop-plan.html")
        form.control("respondent").fill("企画係")
        form.item("guests").locator("[data-content]").fill("about 300")
        for _number in range(3):
            form.control("add-helpers").click()
        form.item("helpers").locator('[data-part="hours"]').first.fill("99")
        form.item("helpers").get_by_test_id("row-remove").nth(1).click()
        form.control("ready-notices").select_option("text-loud")
        form.control("add-notices").click()
        form.answer("guests", "room-unsure")
        assert violations(page) == []
        form.control("filter-unanswered").check()
        for details in page.locator("tebiki-checklist details:visible").all():
            details.evaluate("details => { details.open = true }")
        assert violations(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize(("language", "name"), [("ja", "disclosure-worksheet"), ("en", "project-risk")])
def test_the_forms_of_the_handbook_in_use(language: str, name: str, address: str, chromium: Browser) -> None:
    """Every row that can be added is added once, on a phone, in dark."""
    with chromium.new_context(color_scheme="dark", viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        form = Form(page).open(address, language, f"self-check/{name}.html")
        for item in ("has-confidential", "mitigation-needed"):
            if form.item(item).count():
                form.answer(item, "yes")
        for add in page.locator('[data-testid^="add-"]:visible').all():
            add.click()
        assert violations(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
