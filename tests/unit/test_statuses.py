"""A handbook may define how firm statements can be; otherwise it has the five statuses of the generator."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from example_handbook import PROJECT, loaded
from tebiki.compiling.html_parts import HtmlParts
from tebiki.compiling.page_text import PageText
from tebiki.compiling.site_words import site_words
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.item import DEFAULT_DOCUMENT_KINDS, Item, SourceReference
from tebiki.model.page_status import has_one_status, weakest_on
from tebiki.model.placement import place_items

AT = Place("content/handbook.yml")
REAL = loaded(PROJECT)


def status(id_: str, colour: str, **more: str) -> dict[str, Any]:
    return {"id": id_, "title": {"en": id_.title()}, "note": {"en": f"{id_}."}, "colour": colour, **more}


def handbook(**data: Any) -> Handbook:
    sources = [
        Item(name, "source", {"en": name}, (), name, (), {}, AT)
        for name in ("rule", "advice", "withdrawn", "unknown")
    ]
    return Handbook(data, AT, items=tuple(sources))


OWN = handbook(
    languages=[{"code": "en", "name": "English"}],
    statuses=[
        status("rule", "green"),
        status("advice", "grey"),
        status("withdrawn", "red", means="replaced"),
    ],
    document_kinds=[{"id": "standard", "title": {"en": "Standard"}}],
)


def references(*names: str) -> tuple[SourceReference, ...]:
    return tuple(SourceReference(name, "1", AT) for name in names)


def test_the_least_firm_source_counts_in_the_order_of_the_handbook() -> None:
    assert OWN.status_of(None, references("rule", "advice")) == "advice"
    assert OWN.status_of(None, references("withdrawn", "rule")) == "withdrawn"
    assert OWN.status_of("rule", references("withdrawn")) == "rule"


def test_what_has_no_known_status_is_as_little_firm_as_possible() -> None:
    assert OWN.status_of(None, references("unknown")) == "advice"
    assert handbook().status_of(None, ()) == "draft"


def test_the_words_of_the_handbook_replace_those_of_the_generator() -> None:
    assert site_words(OWN, "en")["status"] == {"rule": "Rule", "advice": "Advice", "withdrawn": "Withdrawn"}
    assert site_words(OWN, "en")["documents"] == {"standard": "Standard"}
    for name in ("status", "status_note", "status_says"):
        assert set(site_words(handbook(), "en")[name]) == set(handbook().statuses)
    assert tuple(site_words(handbook(), "en")["documents"]) == DEFAULT_DOCUMENT_KINDS


def test_badges_are_not_repeated_where_all_have_one_status() -> None:
    firm = Item("rule", "source", {"en": "rule"}, (), "rule", (), {"date": "2025"}, AT)
    term = Item("loan", "term", {"en": "loan"}, references("rule"), None, (), {}, AT)
    alike = Handbook(OWN.data, AT, items=(firm, term))
    assert has_one_status(alike)
    text = PageText(place_items(alike), {}, {}, "index")
    assert HtmlParts(alike, "en", text).badge("rule") == ""
    assert "Rule" in HtmlParts(alike, "en", text).page_badge("rule")
    assert not has_one_status(Handbook(OWN.data, AT, items=(firm, replace(term, status="advice"))))


def test_a_page_names_what_gives_it_a_status_that_other_parts_do_not_have() -> None:
    pages = {page.id: page for page in REAL.pages}
    assert weakest_on(REAL, pages["strategy"]) == (
        "part",
        ("strategy-interim-2025-security", "strategy-interim-2025-situation"),
    )
    assert weakest_on(REAL, pages["country-comparison"]) == ("", ("country-japan",))
    assert weakest_on(REAL, pages["mext-notice"]) is None
