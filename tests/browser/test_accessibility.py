"""axe-core finds nothing on paper and in other handbooks, and what it finds is reported; pages: ``test_pages.py``."""

from __future__ import annotations

from pathlib import Path

from axe import Rules, violations
from example_handbook import in_one_language
from playwright.sync_api import Browser, Page, expect
from test_search import look_for, results


@in_one_language
def test_no_violation_in_a_print_view(site: Path, built: dict[str, Path], page: Page, language: str) -> None:
    """In the example handbook, which has every kind of item: those of the real one are the same, only longer."""
    problems = []
    for file in sorted((built["example"] / language / "print").glob("*.html")):
        page.goto(file.as_uri())
        problems += [f"{file.name}: {violation}" for violation in violations(page)]
    assert problems == []


def test_no_violation_in_handbooks_on_other_subjects(chromium: Browser, other_sites: dict[str, Path]) -> None:
    """Their own words, colours of statuses and tables, from disk; and what their search finds.

    Colours are checked on the first page of each, which shows its statuses: the styles are those of every handbook.
    """
    problems = []
    with chromium.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for name, language, query, paths in (
            ("research-data", "en", "plan", ("plan.html", "repositories.html", "check.html", "index.html")),
            ("accessibility", "zh", "sc111", ("criteria.html", "standards.html", "check.html", "index.html")),
            ("accessibility", "ja", "SC111", ("index.html",)),
            ("starter", "en", "application", ("guide/comparison.html", "guide/check.html", "index.html")),
        ):
            # what stands around the article is the same on all pages of a site
            part: str = "html"
            rules: Rules = "all"
            for path in paths:
                page.goto((other_sites[name] / language / path).as_uri())
                problems += [f"{name} {path}: {violation}" for violation in violations(page, part, rules)]
                part, rules = "article", "markup"
            look_for(page, query)
            expect(results(page).first).to_be_visible()
            shown = violations(page, ".md-search", "markup")
            problems += [f"{name} search: {violation}" for violation in shown]
    assert problems == []


def test_a_violation_is_reported(chromium: Browser, address: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/ja/index.html")
        page.evaluate("document.querySelector('article').append(document.createElement('button'))")
        assert [violation.partition(":")[0] for violation in violations(page)] == ["button-name"]
