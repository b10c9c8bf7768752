"""The addresses in print views."""

from __future__ import annotations

import re

import pytest
from example_handbook import MINIMAL, loaded
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
    views = [view.decode() for _path, view in print_pages(handbook, "en", ("ja", "en"), pages)]
    assert set(re.findall(r'href="([^"]*cats[^"]*)"', "".join(views))) == {"../../data/cats.csv#x"}
