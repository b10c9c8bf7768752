"""axe-core on the pages of the real site, as a browser shows them: not one violation."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import LANGUAGES, PROJECT
from form import Form
from pictures import take_picture
from playwright.sync_api import Browser

AXE = PROJECT / "browser" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = {"light": "default", "dark": "slate"}  # the reader's wish → Material's name for it


def pages_of_each_kind(site: Path) -> list[str]:
    """The fewest pages, one after the other, that show every class of ours that any page shows."""
    shown = {
        page.relative_to(site / LANGUAGES[0]).as_posix(): own_classes(page)
        for page in sorted((site / LANGUAGES[0]).rglob("*.html"))
    }
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
    """Every page in the light on a desktop and in the dark on a phone; each kind the other way round too.

    On the way a picture of each kind of page is taken, to be looked at, and no word may be cut off.
    """
    kinds = pages_of_each_kind(site)
    every = sorted(page.relative_to(site / "ja").as_posix() for page in (site / "ja").rglob("*.html"))
    pictured = (width, scheme) in (("desktop", "light"), ("phone", "dark"))
    pages = every if pictured else kinds
    wide, high = WIDTHS[width]
    with chromium.new_context(color_scheme=scheme, viewport={"width": wide, "height": high}) as context:
        page = context.new_page()
        found = []
        for path in [f"{language}/{path}" for language in LANGUAGES for path in pages]:
            page.goto(f"{address}/{path}")
            on_paper = "/print/" in path  # made for paper: always white, and without scripts
            shown = "light" if on_paper else scheme
            assert page.locator("body").get_attribute("data-md-color-scheme") == SCHEMES[shown]
            if page.locator("tebiki-checklist").count() and not on_paper:
                Form(page).ready()  # counts, lists and the bar come with the script
            if pictured:
                found += [f"{path}: cut off: {one}" for one in take_picture(page, path, width)]
            page.evaluate(AXE.read_text(encoding="utf-8"))
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert result["passes"], path
            for one in result["violations"]:
                found += [f"{path}: {one['id']}: {node['target']}" for node in one["nodes"]]
    assert found == []


def test_what_axe_finds_is_reported(chromium: Browser, address: str) -> None:
    """A page made worse has violations: so the test above can fail."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/ja/index.html")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate("document.querySelector('article').append(document.createElement('button'))")
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [one["id"] for one in result["violations"]] == ["button-name"]
