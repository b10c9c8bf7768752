"""Every page of the real site, in a real browser."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import colour_violations, violations
from example_handbook import LANGUAGES, languages_by_turns
from figures import figure_problems, paper_problems
from form import Form
from patience import wait_for_animations
from pictures import cut_off, take_picture
from playwright.sync_api import Browser, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PARTS = 6  # so that the workers share the pages


def pages_of(site: Path, language: str) -> list[str]:
    """Return the pages of a language, without print views, which have no header, no script and one width."""
    pages = sorted(path.relative_to(site / language).as_posix() for path in (site / language).rglob("*.html"))
    assert "index.html" in pages
    return [path for path in pages if not path.startswith("print/")]


def classes_to_check(site: Path) -> dict[str, set[str]]:
    """Choose pages greedily until every CSS class of ours is on a chosen page; return the classes to check on each."""
    shown = {path: own_classes(site / LANGUAGES[0] / path) for path in pages_of(site, LANGUAGES[0])}
    left = set().union(*shown.values())
    chosen = {"index.html": {"md-header", "md-sidebar", "md-content", "md-footer"}}  # what is on every page
    while left:
        path = max(shown, key=lambda path: len(shown[path] & left))
        chosen.setdefault(path, set()).update(shown[path] & left)
        left -= shown[path]
    return chosen


def own_classes(page: Path) -> set[str]:
    words = page.read_text(encoding="utf-8").replace('"', " ").split()
    return {word for word in words if word.startswith(("tb-", "tf-"))}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(part: int, site: Path, address: str, chromium: Browser) -> None:
    """Load every page, in one of its languages by turns; `make soak` loads all in both.

    No error, nothing refused by the page's own policy, no request to another host, no text cut off; the language link
    keeps the page; at 390 pixels nothing has to be pushed sideways; in figures words stay in their boxes, also on
    paper. axe finds no violation in the text of each page and in the front page as a whole, nor in the colours of each
    class in both schemes.
    """
    first, second = LANGUAGES
    pages = pages_of(site, first)
    assert pages == pages_of(site, second)
    classes = classes_to_check(site)
    # without motion colours change at once, also in sections that are not on the screen
    with chromium.new_context(color_scheme="light", viewport=DESKTOP, reduced_motion="reduce") as context:
        page = context.new_page()
        problems: list[str] = []
        hosts: set[str] = set()
        page.on(
            "console",
            lambda message: problems.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        for number, path in enumerate(pages[part::PARTS], part):
            for language in languages_by_turns(number):
                page.goto(f"{address}/{language}/{path}")
                other = second if language == first else first
                link = page.locator("header a[hreflang]").evaluate("link => link.href")
                # the error page is shown at any address, so its link leads to the front page
                assert path == "404.html" or link == f"{address}/{other}/{path}"
                problems += _problems(page, language, path, classes.get(path, set()))
            assert problems == [], path
        assert hosts == {address.split("/")[2]}


def _problems(page: Page, language: str, path: str, classes: set[str]) -> list[str]:
    """Check the page on a desktop and at the width of a phone, beginning with the width that it has.

    Args:
        page: The open page.
        language: Its language.
        path: Its path below the language.
        classes: The CSS classes whose colours are checked here.
    """
    assert page.locator("html").get_attribute("lang") == language
    problems = []
    if page.locator("tebiki-checklist").count():
        Form(page).ready()  # counts, lists and the bar come with the script
    first, second = (DESKTOP, PHONE) if page.viewport_size == DESKTOP else (PHONE, DESKTOP)
    for size in (first, second):
        page.set_viewport_size(size)
        wait_for_animations(page)  # the menu slides in or out
        problems += [*cut_off(page), *figure_problems(page)]
        take_picture(page, f"{language}/{path}", "phone" if size == PHONE else "desktop")
        if size == PHONE:
            if page.evaluate("document.scrollingElement.scrollWidth") > PHONE["width"]:
                problems.append("has to be pushed sideways")
        else:
            problems += paper_problems(page)
            if classes is not None:
                problems += (
                    violations(page) if path == "index.html" else violations(page, "article", "markup")
                )
                problems += _colour_violations(page, classes) if classes else []
    return [f"{language}/{path}: {problem}" for problem in problems]


def _colour_violations(page: Page, classes: set[str]) -> Iterator[str]:
    yield from colour_violations(page, classes)
    _switch_colours(page, "slate")
    yield from (f"dark: {violation}" for violation in colour_violations(page, classes))
    _switch_colours(page, "default")


def _switch_colours(page: Page, palette: str) -> None:
    """Press the button for the other colour scheme, which is then ``palette``."""
    page.locator(".tb-dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)


def test_there_are_figures(site: Path) -> None:
    for language in LANGUAGES:
        pages = [page.read_text(encoding="utf-8") for page in (site / language).rglob("*.html")]
        assert sum('<figure class="tb-drawing' in text for text in pages) >= 3


def test_pages_open_from_disk(site: Path, page: Page) -> None:
    """Without a server the pages show, and links and the language switch lead on."""
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/ja/index.html")
    page.locator("header a[hreflang]").click()
    page.wait_for_url("**/en/index.html")
    page.locator(".md-content a[href$='four-steps.html']").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_the_form_works_from_disk(site: Path, page: Page) -> None:
    """Opened from disk the form's script runs and, once the person has chosen so, keeps an answer over a reload."""
    page.goto((site / "ja/self-check/researcher.html").as_uri())
    Form(page).ready()
    page.get_by_test_id("keep-off").uncheck()
    choice = page.locator('fieldset[data-item="mou-review"] input[value="met"]')
    choice.check()
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-kept", "kept")
    page.reload()
    expect(choice).to_be_checked()


def test_own_scripts_are_light_and_only_where_they_are_needed(site: Path) -> None:
    """After gzip 2 kB on every page, with the search box; 30 kB on a page with a form, 4 kB more for a comparison."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        scripts = re.findall(r'<script[^>]*src="([^"]*assets/bundles/[^"]+)"', text)
        weight = {
            Path(script).name: len(gzip.compress((path.parent / script).resolve().read_bytes()))
            for script in scripts
            if not script.startswith("/")  # the error page: its addresses begin at the root of the host
        }
        common = weight.pop("page.js", 0)
        assert common <= 2_000
        if path.parent.name == "print":
            assert scripts == []
        elif "<tebiki-checklist" in text:
            assert 0 < weight.pop("checklist.js") <= 30_000 - common
        elif "data-tebiki-compare" in text:
            assert 0 < weight.pop("compare.js") <= 4_000
        assert weight == {}


def test_form_pages_may_connect_to_nothing(site: Path) -> None:
    """Their policy says so, where anybody can read it."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy, path
        assert "default-src 'none'" in policy[1]
        assert "unsafe" not in policy[1]
        if "<tebiki-checklist" in text:
            assert "connect-src 'none'" in policy[1]
            assert "form-action 'none'" in policy[1]
