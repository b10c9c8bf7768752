"""What WCAG 2.2 asks of the markup of every page and axe passes over, in both finished sites."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import LANGUAGES
from page_checks import CHECKS, PageTree


@pytest.mark.parametrize("name", ["real", "example"])
def test_no_page_has_a_problem(name: str, built: dict[str, Path]) -> None:
    problems = []
    for language in LANGUAGES:
        for path in sorted((built[name] / language).rglob("*.html")):
            page = PageTree(path.read_text(encoding="utf-8"))
            problems += [
                f"{path}: {check.__name__}: {problem}" for check in CHECKS for problem in check(page)
            ]
    assert problems == []


@pytest.mark.parametrize(
    ("check", "page"),
    [
        ("unnamed_tables", '<table><tr><th scope="col">A</th></tr></table>'),
        ("unnamed_tables", '<table aria-label="A"><tr><th>A</th></tr></table>'),
        ("unnamed_navigation", '<nav aria-labelledby="missing"></nav>'),
        ("names_of_signs", '<h2>A<a href="#a" aria-label="Address">¶</a></h2>'),
        ("names_of_signs", '<a href="#a" title="Back">↩</a>'),
        ("unmarked_japanese", '<p lang="ja">貸出</p><p>貸出</p>'),
        ("unmarked_japanese", '<a title="貸出">Loan</a>'),
        ("english_of_the_tools", '<html lang="ja"><a title="Permanent link">A</a>'),
        ("repeated_title", "<title>A - A</title>"),
    ],
)
def test_a_problem_is_found(check: str, page: str) -> None:
    page = page if page.startswith("<html") else f'<html lang="en">{page}'
    (function,) = (entry for entry in CHECKS if entry.__name__ == check)
    assert function(PageTree(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_path_does_not_repeat_the_heading_of_its_page(language: str, built: dict[str, Path]) -> None:
    path = built["real"] / language / "self-check" / "does-it-apply.html"
    page = PageTree(path.read_text(encoding="utf-8"))
    assert page.all("h1")[0].text not in [heading.text for heading in page.all("h2")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_error_page_leads_on(language: str, built: dict[str, Path]) -> None:
    """To the front page, to each section and to the other language, in the language of the page."""
    page = PageTree((built["real"] / language / "404.html").read_text(encoding="utf-8"))
    (heading,) = page.all("h1")
    assert heading.text in page.all("title")[0].text
    addresses = [link.attributes["href"] for link in page.all("a")]
    other = next(code for code in LANGUAGES if code != language)
    assert f"/{language}/../{other}/index.html" in addresses
    article = [link for link in page.all("a") if link.parent and link.parent.tag == "li" and not link.attributes.get("class")]  # fmt: skip
    assert f"/{language}/index.html" in [link.attributes["href"] for link in article]
    assert f"/{language}/self-check/index.html" in [link.attributes["href"] for link in article]
