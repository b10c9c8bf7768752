"""The pages of docs/ that follow from the code are what the code says now."""

from __future__ import annotations

import runpy

import pytest
from example_handbook import PROJECT

GENERATED: dict[str, str] = runpy.run_path(str(PROJECT / "docs" / "generate.py"))["generated"]()


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_the_page_is_current(name: str) -> None:
    # compared before asserting: a word-by-word account of the difference would take minutes
    current = (PROJECT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name]
    assert current, "run: make docs"
