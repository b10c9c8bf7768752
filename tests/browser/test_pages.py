"""Every page of the real site, in a real browser."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from example_handbook import LANGUAGES
from playwright.sync_api import BrowserContext, Page, expect

OTHER = {"ja": "en", "en": "ja"}


def pages_of(site: Path, language: str) -> list[str]:
    pages = sorted(path.relative_to(site / language).as_posix() for path in (site / language).rglob("*.html"))
    assert "index.html" in pages
    return pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_load_cleanly(language: str, site: Path, address: str, context: BrowserContext) -> None:
    """No error, nothing refused by the page's own policy, no request to another host, on any page."""
    page = context.new_page()
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for path in pages_of(site, language):
        page.goto(f"{address}/{language}/{path}")
        page.wait_for_load_state("networkidle")
        assert complaints == [], path
        assert page.locator("html").get_attribute("lang") == language
    assert hosts == {address.split("/")[2]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_link_keeps_the_page(language: str, site: Path, address: str, page: Page) -> None:
    """One click leads to the same page in the other language, and back."""
    for path in pages_of(site, language):
        if path == "404.html":
            continue
        page.goto(f"{address}/{language}/{path}")
        page.locator("header a[hreflang]").click()
        assert page.url == f"{address}/{OTHER[language]}/{path}"


def test_no_page_is_wider_than_a_phone(site: Path, address: str, context: BrowserContext) -> None:
    """At 390 pixels nothing has to be pushed sideways."""
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    for language in LANGUAGES:
        for path in pages_of(site, language):
            page.goto(f"{address}/{language}/{path}")
            assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, f"{language}/{path}"


def test_pages_open_from_disk(site: Path, page: Page) -> None:
    """Without a server the pages show, and links and the language switch lead on."""
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/ja/index.html")
    page.locator("header a[hreflang]").click()
    page.wait_for_url("**/en/index.html")
    page.locator(".md-content a[href$='four-steps.html']").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_the_form_works_from_disk(site: Path, page: Page) -> None:
    """Opened from disk the form's script runs and keeps an answer over a reload."""
    page.goto((site / "ja/self-check/researcher.html").as_uri())
    choice = page.locator('fieldset[data-item="mou-review"] input[value="met"]')
    choice.check()
    expect(page.get_by_test_id("save-state")).to_have_attribute("data-kept", "kept")
    page.reload()
    expect(choice).to_be_checked()


def test_own_scripts_are_light_and_only_where_they_are_needed(site: Path) -> None:
    """After gzip 12 kB of search, 30 kB more on a page with a form, 4 kB more on one with a comparison."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        scripts = re.findall(r'<script[^>]*src="([^"]*assets/bundles/[^"]+)"', text)
        weight = {
            Path(script).name: len(gzip.compress((path.parent / script).resolve().read_bytes()))
            for script in scripts
            if not script.startswith("/")  # the error page: its addresses begin at the root of the host
        }
        box = weight.pop("search.js", 0)  # the box alone: the engine comes when it is opened
        assert box <= 2_000
        if path.parent.name == "print":
            assert scripts == []
        elif "<tebiki-checklist" in text:
            assert 0 < weight.pop("checklist.js") <= 30_000 - box
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
