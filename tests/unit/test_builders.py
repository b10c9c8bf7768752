"""The table of builders and their modules."""

from __future__ import annotations

import inspect

import pytest
from example_handbook import PROJECT
from tebiki.site.builders import DEFAULT, PACKAGES, Builder, is_installed, load_builder

FOLDER = PROJECT / "generator" / "tebiki" / "site" / "builders"


@pytest.mark.parametrize("name", PACKAGES)
def test_every_builder_of_the_table_satisfies_the_protocol(name: str) -> None:
    assert is_installed(name)
    builder = type(load_builder(name))
    assert inspect.signature(builder.build) == inspect.signature(Builder.build)


def test_the_table_has_every_module() -> None:
    modules = {
        path.stem for path in FOLDER.glob("*.py") if "\nclass Builder:" in path.read_text(encoding="utf-8")
    }
    assert modules == set(PACKAGES)
    assert DEFAULT in PACKAGES
