"""What helps reading, in the finished pages of the example handbook: explanations, citing, print views."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from example_handbook import LANGUAGES, MINIMAL, loaded
from hostile_texts import MARKDOWN_TEXT, SITE_URL
from search_index_file import read_index
from tebiki.compiling.facts import print_facts
from tebiki.compiling.page_text import PageText
from tebiki.compiling.term_tooltips import TermTooltips
from tebiki.locales import words
from tebiki.model.navigation import NavigationSection, navigation_sections, pages_without_section
from tebiki.model.placement import place_items, titles_by_id
from tebiki.model.plain_text import plain_text
from tebiki.site.print_view import print_pages
from test_build import Html

HANDBOOK = loaded(MINIMAL)
SECTIONS = navigation_sections(HANDBOOK)
LOAN = next(item for item in HANDBOOK.items if item.id == "loan")


def text_on(page: str, language: str = "en") -> PageText:
    titles = titles_by_id(HANDBOOK, language)
    return PageText(place_items(HANDBOOK), titles, TermTooltips(HANDBOOK, language, titles), page)


# --- explanations of terms ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_mention_of_a_term_is_explained_and_no_other(site: Path, language: str) -> None:
    html = Html(site / language / "rules/borrowing.html")
    opened = [
        attributes for attributes in html.all("button") if attributes.get("popovertarget") == "tip--loan"
    ]
    assert [attributes["aria-label"] for attributes in opened] == [
        words(language, "site")["explain"].format(term=LOAN.title[language])
    ]
    assert [attributes["id"] for attributes in html.all("span") if "popover" in attributes].count(
        "tip--loan"
    ) == 1
    other = next(code for code in LANGUAGES if code != language)
    assert LOAN.title[other] in html.text
    explained = [attributes for attributes in html.all("a") if attributes.get("href") == "terms.html#loan"]
    assert len(explained) > 1
    assert ["title" in attributes for attributes in explained] == [True, *[False] * (len(explained) - 1)]
    assert LOAN.title[other] not in explained[0]["title"]  # a title is a text of one language


def test_beside_the_term_itself_nothing_is_explained(site: Path) -> None:
    text = (site / "en/rules/terms.html").read_text(encoding="utf-8")
    assert 'href="#loan"' in text or "terms.html#loan" in text
    assert "popover" not in text


def test_every_explanation_is_filled_in(site: Path) -> None:
    pages = [file.read_text(encoding="utf-8") for file in site.rglob("*.html")]
    assert pages
    assert not any("\ue000" in page for page in pages)


def test_explanations_are_not_in_the_search_index(site: Path) -> None:
    index = json.dumps(read_index(site, "en"), ensure_ascii=False)
    assert index.count("Taking an item out of the building") == 1


def test_a_heading_keeps_its_words_alone() -> None:
    text = text_on("rules/borrowing")
    assert text.page_links("## About [[loan]] {#about}\n").startswith("## About [Loan](")
    assert "popovertarget" in text.page_links("Then [[loan]].\n")
    assert "popovertarget" not in text.page_links("Then [[loan]].\n")


def test_an_explanation_survives_whatever_stands_in_it(hostile_site: Path) -> None:
    ja = Html(hostile_site / "ja/rules/borrowing.html")
    assert MARKDOWN_TEXT in ja.text
    en = Html(hostile_site / "en/rules/borrowing.html")
    assert [
        attributes["popovertarget"] for attributes in en.all("button") if "popovertarget" in attributes
    ] == [
        "tip--loan",
        "tip--reservation",
    ]


def test_markdown_becomes_plain_text() -> None:
    titles = {"loan": "Loan", "odd": "a *b*"}
    assert plain_text("One [[loan]], [[loan|two]].", titles) == "One Loan, two."
    assert plain_text("- a\n- **b** & c\n", titles) == "• a\n• b & c"
    assert plain_text("[[odd]] `x`", titles) == "a *b* x"


# --- citing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_can_be_cited(site: Path, language: str) -> None:
    for page in HANDBOOK.pages:
        text = " ".join(Html(site / language / f"{page.path}.html").text.split())
        cited = words(language, "site")["cite_page"].format(
            author=HANDBOOK.data["publisher"][language],
            title=page.title[language],
            site=HANDBOOK.data["title"][language],
            version=HANDBOOK.data["version"],
            date=HANDBOOK.data["date"],
            address=f"{language}/{page.path}.html",
        )
        assert re.sub(r"\s", "", cited) in re.sub(r"\s", "", text)
        assert f"@misc{{hibari-library:{page.path.replace('/', '-')}," in text


def test_the_whole_address_is_cited_where_it_is_known(hostile_site: Path) -> None:
    html = Html(hostile_site / "en/rules/terms.html")
    assert f"{SITE_URL}/en/rules/terms.html" in html.text
    assert "R\\&D\\_100\\% \\{Using\\} Hibari" in html.text


def test_the_foot_of_a_page_is_not_in_the_search_index(site: Path) -> None:
    for language in LANGUAGES:
        index = json.dumps(read_index(site, language), ensure_ascii=False)
        assert words(language, "site")["cite"] not in index
        assert "print/" not in index


# --- print views ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_a_print_view_holds_its_pages_whole(site: Path, language: str, section: NavigationSection) -> None:
    html = Html(site / language / f"print/{section.id}.html")
    assert [meta["content"] for meta in html.all("meta") if meta.get("name") == "robots"] == ["noindex"]
    placed = place_items(HANDBOOK)
    for page in section.pages:
        assert page.id in html.ids
        assert page.title[language] in html.text
        titles = [
            item.data["title"][language]
            for item in HANDBOOK.items
            if placed.page_of.get(item.id) == page.path and placed.anchor_of[item.id]
        ]
        assert [title for title in titles if title not in html.text] == []
        targets = {link["href"].removeprefix("#") for link in html.all("a") if link["href"].startswith("#")}
        assert targets <= set(html.ids)
    assert not html.scripts
    assert not [
        element_id
        for element_id in html.all("details")
        if element_id.get("class") == "tb-fold" and "open" not in element_id
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_between_pages_of_a_section_stay_in_its_print_view(site: Path, language: str) -> None:
    html = Html(site / language / "print/rules.html")
    hrefs = [link["href"] for link in html.all("a")]
    assert "#glossary--loan" in hrefs
    assert not [href for href in hrefs if "rules/terms.html" in href]
    assert [href for href in hrefs if href.startswith("../about/sources.html#")]
    targets = [button for button in html.all("button") if button["popovertarget"] not in html.ids]
    assert targets == []


def test_each_page_of_a_section_leads_to_its_print_view(site: Path) -> None:
    for section in SECTIONS:
        for page in section.pages:
            html = Html(site / "en" / f"{page.path}.html")
            links = [link["href"] for link in html.all("a") if link.get("class") == "tb-print-link"]
            assert len(links) == 1
            assert links[0].endswith(f"print/{section.id}.html")
    for page in pages_without_section(HANDBOOK):
        assert "tb-print-link" not in (site / "en" / f"{page.path}.html").read_text(encoding="utf-8")


def test_what_names_an_id_is_renamed_with_it() -> None:
    """An id that nothing in the print view names is left out."""
    section = SECTIONS[0]
    article = (
        '<article class="md-content__inner md-typeset"><h1 id="_1">T<a class="headerlink" href="#_1">¶</a></h1>'
        '<label for="a">x</label><input id="a" aria-describedby="a-1 a-2" data-id="a">'
        '<a href="#a">1</a><a href="terms.html">2</a><a href="../index.html#x">3</a><a href="mailto:a@b.example">4</a>'
        '<svg><path id="p" fill="url(#p)"/><use xlink:href="#p"/></svg>'
        '<script>"</article>"</script>'
    ).replace('"</article>"', '""')
    built = {f"{page.path}.html": f"<head></head>{article}</article>".encode() for page in section.pages}
    facts = print_facts(HANDBOOK, "en", ("en",))
    views = dict(print_pages(facts, "en", {**built, **_others(section.id)}))
    page = section.pages[0].id
    text = views[f"print/{section.id}.html"].decode().partition(f'id="{page}">')[2].partition("</section>")[0]
    assert text.strip() == (
        f'<h1>T</h1><label for="{page}--a">x</label>'
        f'<input id="{page}--a" aria-describedby="{page}--a-1 {page}--a-2" data-id="a">'
        f'<a href="#{page}--a">1</a><a href="#glossary">2</a><a href="../index.html#x">3</a>'
        '<a href="mailto:a@b.example">4</a>'
        f'<svg><path id="{page}--p" fill="url(#{page}--p)"/><use xlink:href="#{page}--p"/></svg>'
    )


def _others(section_id: str) -> dict[str, bytes]:
    empty = b'<head></head><article class="md-content__inner md-typeset"></article>'
    return {
        f"{page.path}.html": empty
        for section in SECTIONS
        if section.id != section_id
        for page in section.pages
    }
