"""A real site, a real server, a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from static_server import serve


@pytest.fixture(scope="session")
def site(built: dict[str, Path]) -> Path:
    """The handbook of this repository."""
    return built["real"]


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def library(built: dict[str, Path]) -> Iterator[str]:
    """The address of the example handbook, whose checklist the example results belong to."""
    with serve(built["example"]) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium that ``make test`` found, named in the variable CHROMIUM."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile for each test; closes what the test leaves open."""
    context = chromium.new_context(accept_downloads=True, locale="ja-JP")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
