"""axe-core finds nothing on each kind of page in both colour schemes, on paper, and what it finds is reported.

``test_pages.py`` checks every page, but not its colours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe import violations
from example_handbook import LANGUAGES
from form import Form
from playwright.sync_api import Browser, Page

PARTS = 2  # so that the workers share the pages


def pages_of_each_kind(site: Path) -> list[str]:
    """Choose pages greedily until every CSS class of ours that any page has is on a chosen page."""
    paths = sorted((site / LANGUAGES[0]).rglob("*.html"))
    shown = {path.relative_to(site / LANGUAGES[0]).as_posix(): own_classes(path) for path in paths}
    shown = {path: classes for path, classes in shown.items() if not path.startswith("print/")}
    left = set().union(*shown.values())
    chosen = []
    while left:
        best = max(shown, key=lambda path: len(shown[path] & left))
        chosen.append(best)
        left -= shown[best]
    return chosen


def own_classes(page: Path) -> set[str]:
    words = page.read_text(encoding="utf-8").replace('"', " ").split()
    return {word for word in words if word.startswith(("tb-", "tf-"))}


@pytest.mark.parametrize(("scheme", "palette", "width"), [("light", "default", 1280), ("dark", "slate", 390)])
@pytest.mark.parametrize("part", range(PARTS))
def test_no_violation_in_either_colour_scheme(
    chromium: Browser,
    site: Path,
    address: str,
    part: int,
    scheme: Literal["light", "dark"],
    palette: str,
    width: int,
) -> None:
    """Check each kind of page in the first language: sizes and colours do not depend on the language."""
    with chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        problems = []
        for path in pages_of_each_kind(site)[part::PARTS]:
            page.goto(f"{address}/{LANGUAGES[0]}/{path}")
            assert page.locator("body").get_attribute("data-md-color-scheme") == palette
            if page.locator("tebiki-checklist").count():
                Form(page).ready()  # counts, lists and the bar come with the script
            problems += [f"{path}: {violation}" for violation in violations(page)]
    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_violation_in_a_print_view(site: Path, built: dict[str, Path], page: Page, language: str) -> None:
    """In the example handbook, which has every kind of item: those of the real one are the same, only longer."""
    problems = []
    for file in sorted((built["example"] / language / "print").glob("*.html")):
        page.goto(file.as_uri())
        problems += [f"{file.name}: {violation}" for violation in violations(page)]
    assert problems == []


def test_no_violation_in_handbooks_on_other_subjects(chromium: Browser, other_sites: dict[str, Path]) -> None:
    """Their own words, colours of statuses and tables, from disk."""
    problems = []
    with chromium.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for name, language, paths in (
            ("research-data", "en", ("plan.html", "repositories.html")),
            ("accessibility", "zh", ("criteria.html",)),
        ):
            for path in paths:
                page.goto((other_sites[name] / language / path).as_uri())
                problems += [f"{name} {path}: {violation}" for violation in violations(page)]
    assert problems == []


def test_a_violation_is_reported(chromium: Browser, address: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/ja/index.html")
        page.evaluate("document.querySelector('article').append(document.createElement('button'))")
        assert [violation.partition(":")[0] for violation in violations(page)] == ["button-name"]
