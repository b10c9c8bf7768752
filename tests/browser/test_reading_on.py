"""At the foot of each page a way leads along the handbook, in the order of its contents."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, PROJECT, loaded

HANDBOOK = loaded(PROJECT)
WORDS = {"ja": {"prev": "前", "next": "次"}, "en": {"prev": "Previous", "next": "Next"}}
PROCEDURE = ["position", "is-my-call-covered", "programmes", "four-steps", "due-diligence", "roles"]
LINK = re.compile(
    r'<a href="(?P<href>[^"]*)" class="md-footer__link md-footer__link--(?P<way>prev|next)" '
    r'aria-label="(?P<name>[^"]*)">(?P<inside>.*?)</a>',
    re.DOTALL,
)


def in_order(nav: Any) -> Iterator[str]:
    """The pages of mkdocs.yml, one after another."""
    for entry in nav:
        if isinstance(entry, str):
            yield entry.removesuffix(".md")
        else:
            for inside in entry.values():
                yield from in_order(inside)


def adjacent_links(site: Path, language: str, path: str) -> dict[str, tuple[str, str, str]]:
    """Where a page leads: for prev and next the page, the link's name, and the words in it."""
    text = (site / language / f"{path}.html").read_text(encoding="utf-8")
    links = {}
    for link in LINK.finditer(text):
        to = posixpath.normpath(posixpath.join(posixpath.dirname(path), link["href"]))
        words = " ".join(
            html.unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", link["inside"], flags=re.S)).split()
        )
        links[link["way"]] = (to.removesuffix(".html"), html.unescape(link["name"]), words)
    return links


def test_the_pages_of_the_procedure_stand_in_its_order() -> None:
    (section,) = [entry["procedure"] for entry in HANDBOOK.site["nav"] if "procedure" in entry]
    assert list(in_order(section)) == [f"procedure/{name}" for name in PROCEDURE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_leads_to_the_one_before_and_the_one_after(language: str, site: Path) -> None:
    """With the words of the language and the title of the page it leads to."""
    titles = {page.path: page.title[language] for page in HANDBOOK.pages}
    for before, after in pairwise(in_order(HANDBOOK.site["nav"])):
        for path, way, to in ((before, "next", after), (after, "prev", before)):
            leads, name, words = adjacent_links(site, language, path)[way]
            assert leads == to, path
            word = WORDS[language][way]
            title = titles[to] if to != "index" else {"ja": "ホーム", "en": "Home"}[language]
            assert name == f"{word}: {title}"
            assert words == f"{word} {title}"
