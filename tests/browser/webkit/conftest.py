"""Fixtures of the tests in WebKit: one browser, and an origin of its own for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from static_server import serve
from webdriver import DrivenPage
from webkit_driver import start_webkit


@pytest.fixture(scope="session")
def webkit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrivenPage]:
    """The browser of the driver that ``make soak`` puts into the variable WEBKIT."""
    with start_webkit(os.environ["WEBKIT"], tmp_path_factory.mktemp("webkit")) as webkit:
        yield webkit


@pytest.fixture
def address(built: dict[str, Path]) -> Iterator[str]:
    with serve(built["real"]) as address:
        yield address


@pytest.fixture
def library(built: dict[str, Path]) -> Iterator[str]:
    """The address of the example handbook."""
    with serve(built["example"]) as address:
        yield address
