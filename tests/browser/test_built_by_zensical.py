"""Pages that Zensical built, as a person uses them: the language, and a form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import LANGUAGES, in_one_language
from form import Form
from playwright.sync_api import Page, expect
from static_server import serve


@pytest.fixture
def address(by_zensical: dict[str, Path]) -> Iterator[str]:
    with serve(by_zensical["example"]) as address:
        yield address


@in_one_language
def test_a_form_is_kept_and_read_in_the_other_language(language: str, address: str, page: Page) -> None:
    form = Form(page).open(address, language, "about/visitor-check.html")
    form.answer("has-card", "done")
    form.write("has-card", "note", "書きかけ")
    given = form.answers()
    other = next(code for code in LANGUAGES if code != language)
    page.locator(".tb-language").click()
    expect(page).to_have_url(f"{address}/{other}/about/visitor-check.html")
    assert form.ready().answers() == given
