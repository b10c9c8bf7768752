"""The home of each item and the addresses between pages."""

from __future__ import annotations

from pathlib import Path

from english import english
from example_handbook import MINIMAL, loaded, rewrite
from tebiki.model.placement import place_items
from tebiki.reading.load import load

HANDBOOK = loaded(MINIMAL)
PLACEMENT = place_items(HANDBOOK)


def test_every_item_and_part_has_one_page() -> None:
    things = {item.id for item in HANDBOOK.items} | {
        part.id for item in HANDBOOK.items for part in item.parts
    }
    assert things <= PLACEMENT.page_of.keys()
    assert PLACEMENT.page_of["contact-desk"] == "index"
    assert PLACEMENT.page_of["step-card"] == "rules/borrowing"
    assert PLACEMENT.page_of["visitor-check"] == "about/visitor-check"
    assert PLACEMENT.duplicates == ()


def test_an_address_is_relative_and_leads_to_the_item() -> None:
    assert PLACEMENT.href("index", "loan", ".html") == "rules/terms.html#loan"
    assert PLACEMENT.href("rules/terms", "contact-desk", ".html") == "../index.html#contact-desk"
    assert PLACEMENT.href("rules/terms", "step-card", ".md") == "borrowing.md#step-card"
    assert PLACEMENT.href("rules/terms", "loan", ".md") == "terms.md#loan"
    assert PLACEMENT.href("community/elsewhere", "loan", ".html") == "../rules/terms.html#loan"


def test_the_address_of_a_page_has_no_fragment() -> None:
    assert PLACEMENT.href("rules/terms", "borrowing", ".html") == "borrowing.html"
    assert PLACEMENT.href("index", "home", ".html") == "index.html"


def test_what_does_not_exist_has_no_address() -> None:
    assert PLACEMENT.href("index", "nothing", ".html") is None


def test_a_list_holds_what_stands_nowhere_else(minimal: Path) -> None:
    assert PLACEMENT.listed["term"] == ("loan", "reservation")
    for language in ("ja", "en"):
        rewrite(minimal / f"content/pages/index.{language}.md", "![[contact-desk]]", "![[loan]]")
    placement = place_items(load(minimal)[0])
    assert placement.listed["term"] == ("reservation",)
    assert placement.page_of["loan"] == "index"
    assert "contact-desk" not in placement.page_of


def test_comparing_is_no_home(minimal: Path) -> None:
    rewrite(minimal / "content/pages/rules/terms.ja.md", "![[list term]]", "")
    assert "loan" not in place_items(load(minimal)[0]).page_of


def test_a_second_list_of_a_kind_is_reported(minimal: Path) -> None:
    rewrite(minimal / "content/pages/index.ja.md", "![[contact-desk]]", "![[contact-desk]]\n![[list term]]")
    (duplicate,) = place_items(load(minimal)[0]).duplicates
    assert english(duplicate[0]).startswith("the list of term stands on a page already")


def test_a_dot_in_the_name_of_a_page_stays() -> None:
    assert PLACEMENT.href("a.b/c", "home", ".html") == "../index.html"
