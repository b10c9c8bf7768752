"""What somebody sees first on the page of a form: the question, or the way back to where they stopped."""

from __future__ import annotations

from pathlib import Path

from example_handbook import LANGUAGES, in_one_language, languages_by_turns
from form import FORM, Form
from playwright.sync_api import Browser, Page, ViewportSize, expect

#: Window → how many of its heights the first control may stand below the top of the page: a phone takes one short scroll.
WINDOWS: list[tuple[ViewportSize, float]] = [
    ({"width": 1280, "height": 900}, 1.0),
    ({"width": 390, "height": 844}, 1.5),
]
#: The lower edge of the first control of the first question, from the top of the page, in pixels.
_FIRST_CONTROL = """() => {
  const controls = document.querySelectorAll('.tf-item :is(label:has(input), input, select, textarea, button)');
  return [...controls].find((control) => control.checkVisibility()).getBoundingClientRect().bottom + scrollY;
}"""


def test_the_first_answers_are_in_view(site: Path, address: str, chromium: Browser) -> None:
    forms = [
        path.relative_to(site / LANGUAGES[0]).as_posix()
        for path in sorted((site / LANGUAGES[0] / "self-check").glob("*.html"))
        if "<tebiki-checklist" in path.read_text(encoding="utf-8")
    ]
    assert len(forms) >= 6
    for turn, (window, heights) in enumerate(WINDOWS):
        with chromium.new_context(viewport=window) as context:
            page = context.new_page()
            for number, path in enumerate(forms):
                for language in languages_by_turns(number + turn):
                    page.goto(f"{address}/{language}/{path}")
                    Form(page).started()
                    assert page.evaluate(_FIRST_CONTROL) <= window["height"] * heights, path


@in_one_language
def test_who_comes_back_sees_where_they_stopped(language: str, address: str, page: Page) -> None:
    form = Form(page).open(address, language)
    expect(form.control("continue")).to_be_hidden()
    form.control("label").fill("2026 (1)")
    form.answer("consult-on-risk", "met")
    expect(form.control("save-state")).to_have_attribute("data-kept", "kept")
    page.goto(f"{address}/{language}/{FORM}")
    form.started()
    panel = form.control("panel")
    assert not panel.evaluate("panel => panel.open")
    expect(form.control("panel-name")).to_have_text("2026 (1)")
    expect(form.control("label")).to_be_hidden()
    way = form.control("continue")
    expect(way).to_contain_text("1-2")
    way.click()
    expect(form.item("report-transparency-information")).to_be_in_viewport()
    panel.locator("summary").first.press("Enter")
    expect(form.control("label")).to_have_value("2026 (1)")
