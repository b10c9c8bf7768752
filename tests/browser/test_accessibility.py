"""axe-core finds no violation on the pages of this repository's handbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import violations
from example_handbook import LANGUAGES
from form import Form
from pictures import take_picture
from playwright.sync_api import Browser

WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = {"light": "default", "dark": "slate"}  # preferred colour scheme → Material's name for it


def pages_of_each_kind(site: Path) -> list[str]:
    """Choose pages greedily until every CSS class of ours that any page has is on a chosen page."""
    shown = {
        page.relative_to(site / LANGUAGES[0]).as_posix(): own_classes(page)
        for page in sorted((site / LANGUAGES[0]).rglob("*.html"))
    }
    shown = {page: classes for page, classes in shown.items() if not page.startswith("print/")}
    left = set().union(*shown.values())
    chosen = []
    while left:
        best = max(shown, key=lambda page: len(shown[page] & left))
        chosen.append(best)
        left -= shown[best]
    return chosen


def own_classes(page: Path) -> set[str]:
    words = page.read_text(encoding="utf-8").replace('"', " ").split()
    return {word for word in words if word.startswith(("tb-", "tf-"))}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_violation(
    chromium: Browser, site: Path, address: str, width: str, scheme: str
) -> None:
    """Check every page in light on a desktop and in dark on a phone, and each kind of page the other way round.

    Print views are for paper: they have one scheme and no script, and are checked once. Takes a screenshot of each kind of page on the way, and checks that no text is cut off.
    """
    kinds = pages_of_each_kind(site)
    every = sorted(page.relative_to(site / "ja").as_posix() for page in (site / "ja").rglob("*.html"))
    pictured = (width, scheme) in (("desktop", "light"), ("phone", "dark"))
    pages = every if pictured else kinds
    if (width, scheme) != ("desktop", "light"):
        pages = [path for path in pages if not path.startswith("print/")]
    wide, high = WIDTHS[width]
    with chromium.new_context(color_scheme=scheme, viewport={"width": wide, "height": high}) as context:
        page = context.new_page()
        problems = []
        for path in [f"{language}/{path}" for language in LANGUAGES for path in pages]:
            page.goto(f"{address}/{path}")
            on_paper = "/print/" in path  # for paper: always white, and without scripts
            shown = "light" if on_paper else scheme
            assert page.locator("body").get_attribute("data-md-color-scheme") == SCHEMES[shown]
            if page.locator("tebiki-checklist").count() and not on_paper:
                Form(page).ready()  # counts, lists and the bar come with the script
            if pictured:
                problems += [f"{path}: cut off: {element}" for element in take_picture(page, path, width)]
            problems += [f"{path}: {violation}" for violation in violations(page)]
    assert problems == []


def test_a_violation_is_reported(chromium: Browser, address: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/ja/index.html")
        page.evaluate("document.querySelector('article').append(document.createElement('button'))")
        assert [violation.partition(":")[0] for violation in violations(page)] == ["button-name"]
