"""The addresses in print views."""

from __future__ import annotations

import re

import pytest
from example_handbook import MINIMAL, loaded
from tebiki.compiling.facts import print_facts
from tebiki.site.print_view import print_pages

_PAGE = '<head></head><article class="md-content__inner md-typeset"><a href="{address}">data</a></article>'


def test_addresses_do_not_depend_on_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    handbook = loaded(MINIMAL)
    pages = {
        f"{page.path}.html": _PAGE.format(
            address=f"{'../' * page.path.count('/')}../data/cats.csv#x"
        ).encode()
        for page in handbook.pages
    }
    facts = print_facts(handbook, "en", ("ja", "en"))
    views = [view.decode() for _path, view in print_pages(facts, "en", pages)]
    assert set(re.findall(r'href="([^"]*cats[^"]*)"', "".join(views))) == {"../../data/cats.csv#x"}
