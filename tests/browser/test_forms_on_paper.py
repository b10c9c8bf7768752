"""Every form on paper: nothing wider than A4 between its margins, every question there, as many pages as it takes."""

from __future__ import annotations

from pathlib import Path

from example_handbook import LANGUAGES, languages_by_turns
from form import Form
from playwright.sync_api import Page

A4_PX = 660  # what is left between the margins


def test_no_form_is_cut(site: Path, address: str, page: Page) -> None:
    forms = [
        path.relative_to(site / LANGUAGES[0]).as_posix()
        for path in sorted((site / LANGUAGES[0]).rglob("*.html"))
        if "<tebiki-checklist" in path.read_text(encoding="utf-8") and path.parent.name != "print"
    ]
    assert len(forms) >= 6
    page.set_viewport_size({"width": A4_PX, "height": 900})
    for name, language in (
        (name, code) for number, name in enumerate(forms) for code in languages_by_turns(number)
    ):
        Form(page).open(address, language, name)
        page.emulate_media(media="print")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= A4_PX, name
        cut = page.evaluate(
            """() => [...document.querySelectorAll("fieldset[data-item]:not([hidden]) :is(legend, label, p, li, textarea)")]
                 .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 80))"""
        )
        assert cut == [], name
        questions = page.locator("fieldset[data-item]:visible").count()
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") >= max(1, questions // 8), name
        page.emulate_media(media="screen")
