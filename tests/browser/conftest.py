"""Fixtures of the browser tests: the built sites, servers for them, and Chromium."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from example_handbook import PROJECT, tebiki
from kept_tab import KeptTab
from patience import SECONDS
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from shared_folder import make_once
from static_server import serve

# `make soak` runs these: one where the browser is installed, the other in Chromium
collect_ignore = ([] if os.environ.get("WEBKIT") else ["webkit"]) + (
    [] if os.environ.get("TEBIKI_SOAK") else ["soak"]
)

PROFILE: dict[str, Any] = {"accept_downloads": True, "locale": "ja-JP"}


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
def unpacked(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ZIP file of the example handbook's site, unpacked."""

    def unpack(folder: Path) -> None:
        done = tebiki(PROJECT, "offline", "--site", built["example"], "--out", folder)
        assert done.exit_code == 0, done.output
        with zipfile.ZipFile(next(folder.glob("*.zip"))) as archive:
            archive.extractall(folder)

    folder = make_once(tmp_path_factory, "offline", unpack)
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium that ``make test`` puts into the variable CHROMIUM."""
    expect.set_options(timeout=SECONDS * 1000)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, closed after the test."""
    context = chromium.new_context(**PROFILE)
    yield context
    context.close()


@pytest.fixture(scope="session")
def kept_tab(chromium: Browser) -> Iterator[KeptTab]:
    """The tab that tests use one after the other: a fresh profile takes half of the time of a short test."""
    tab = KeptTab(chromium, **PROFILE)
    yield tab
    tab.context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty tab: the kept one, or of a fresh profile if the test asks for ``context`` or is marked ``fresh_profile``.

    Scripts that run first, clocks, permissions and listeners that answer stay with a profile: such tests need their own.
    """
    if "context" in request.fixturenames or request.node.get_closest_marker("fresh_profile"):
        context: BrowserContext = request.getfixturevalue("context")
        yield context.new_page()
        return
    tab: KeptTab = request.getfixturevalue("kept_tab")
    yield tab.open()
    tab.empty()
