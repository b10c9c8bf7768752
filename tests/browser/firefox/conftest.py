"""Fixtures of the tests in Firefox: the Firefox of this worker, and for each test a tab and an origin of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from marionette import Firefox, start_firefox
from static_server import serve


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The Firefox that ``make test`` puts into the variable FIREFOX; it runs from the first test to the last."""
    program = os.environ.get("FIREFOX")
    if not program:
        pytest.skip("Firefox is not here: install it, or run make test with FIREFOX=/path/to/firefox")
    with start_firefox(program, tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


@pytest.fixture
def page(firefox: Firefox) -> Firefox:
    """Firefox with a blank tab; nothing is stored for the addresses of this test, since their port is new."""
    firefox.open_tab()
    return firefox


@pytest.fixture
def address(built: dict[str, Path]) -> Iterator[str]:
    with serve(built["real"]) as address:
        yield address


@pytest.fixture
def library(built: dict[str, Path]) -> Iterator[str]:
    """The address of the example handbook, whose checklist the example results belong to."""
    with serve(built["example"]) as address:
        yield address
