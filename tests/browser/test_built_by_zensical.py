"""Pages that Zensical built, as a person uses them: the language, and a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import LANGUAGES, served
from example_handbook import copy_minimal, tebiki
from form import Form
from playwright.sync_api import Page, expect


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("zensical")
    done = tebiki(
        copy_minimal(folder / "minimal"), "build", "--builder", "zensical", "--out", folder / "site"
    )
    assert done.exit_code == 0, done.output
    with served(folder / "site") as address:
        yield address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_kept_and_read_in_the_other_language(language: str, address: str, page: Page) -> None:
    form = Form(page).open(address, language, "about/visitor-check.html")
    form.answer("has-card", "done")
    form.write("has-card", "note", "書きかけ")
    given = form.given()
    other = next(one for one in LANGUAGES if one != language)
    page.locator(".tb-language").click()
    expect(page).to_have_url(f"{address}/{other}/about/visitor-check.html")
    assert form.ready().given() == given
