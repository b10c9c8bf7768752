"""Both finished sites, page by page: links lead somewhere, languages agree, standing is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_pages import Article, Html, broken_links
from example_handbook import LANGUAGES, MINIMAL, PROJECT, loaded
from tebiki.model.handbook import Handbook

HANDBOOKS = {name: loaded(root) for name, root in {"real": PROJECT, "example": MINIMAL}.items()}
PAGES = [(name, page.path) for name, handbook in HANDBOOKS.items() for page in handbook.pages]


@pytest.fixture(scope="session")
def articles(built: dict[str, Path]) -> dict[tuple[str, str, str], Article]:
    """Every article, by site, language and path of the page."""
    return {
        (name, language, path): Article(built[name] / language / f"{path}.html")
        for name, path in PAGES
        for language in LANGUAGES
    }


Articles = dict[tuple[str, str, str], Article]


@pytest.mark.parametrize("name", HANDBOOKS)
def test_no_link_or_fragment_is_broken(built: dict[str, Path], name: str) -> None:
    assert broken_links(built[name]) == []


@pytest.mark.parametrize(
    "address",
    ["nowhere.html", "terms.html#nobody", "#nobody", "/rules/terms.html", "../rules", "../assets/lost.css"],
)
def test_a_broken_link_is_seen(address: str, tmp_path: Path) -> None:
    """What leads nowhere, to no id, to the root of a server, or to a folder."""
    page, other = tmp_path / "site/rules/page.html", tmp_path / "site/rules/terms.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        f'<p id="here"><a href="terms.html#term">a</a> <a href="#here">b</a> <a href="{address}">c</a></p>'
    )
    other.write_text('<p id="term"><a href="page.html#here">a</a> <a href="page.html">b</a></p>')
    assert len(broken_links(tmp_path / "site")) == 1


@pytest.mark.parametrize("what", ["headings", "ids", "tables", "links", "badges"])
def test_both_languages_of_a_page_have_the_same(articles: Articles, what: str) -> None:
    """The same headings on the same levels, the same ids of items, tables, links and marks of status.

    A glossary has them in the order of the language, and an index of letters that leads to other terms.
    """
    differ = []
    for name, path in PAGES:
        ja, en = (getattr(articles[name, language, path], what) for language in LANGUAGES)
        if what == "links":  # sentences put them in another order; a table is to be had in both languages
            ja, en = (
                sorted(link.replace(f".{code}.csv", "") for link in links)
                for code, links in zip(LANGUAGES, (ja, en), strict=True)
            )
        if "tb-letters" in articles[name, "ja", path].classes:
            ja, en = (
                sorted(set(map(str, entries)) if what == "links" else map(str, entries))
                for entries in (ja, en)
            )
        if ja != en:
            differ.append(f"{name} {path}: {_first_difference(ja, en)}")
    assert differ == []


def _first_difference(ja: list[object], en: list[object]) -> str:
    for japanese, english in zip(ja, en, strict=False):
        if japanese != english:
            return f"{japanese} / {english}"
    return f"{len(ja)} / {len(en)}: {(ja[len(en) :] or en[len(ja) :])[0]}"


@pytest.mark.parametrize("name", HANDBOOKS)
def test_every_page_names_the_standing_of_what_it_rests_on(articles: Articles, name: str) -> None:
    """The page's own status, or on a page that is editorial alone that of each item; and every item's."""
    handbook = HANDBOOKS[name]
    for page in handbook.pages:
        for language in LANGUAGES:
            article = articles[name, language, page.path]
            shown = set().union(*article.badges) if article.badges else set()
            expected = expected_statuses(handbook, page.path, set(article.ids))
            missing = {f"tb-status--{handbook.statuses[status].colour}" for status in expected} - shown
            assert missing == set(), f"{language}/{page.path}"


def expected_statuses(handbook: Handbook, path: str, ids: set[str]) -> set[str]:
    """The statuses of the page ``path`` itself and of every item and part that stands on it."""
    page = next(page for page in handbook.pages if page.path == path)
    statuses = (
        set() if "editorial" in page.head.data else {handbook.status_of(page.head.status, page.head.sources)}
    )
    for item in handbook.items:
        if item.id in ids:
            statuses.add(handbook.status_of(item.status, item.sources))
            statuses |= {
                handbook.status_of(part.status, part.sources) for part in item.parts if part.id in ids
            }
    return statuses


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["rules/borrowing.html", "print/rules.html"])
def test_pages_and_print_views_show_the_files_of_their_language(
    built: dict[str, Path], language: str, path: str
) -> None:
    page = built["example"] / language / path
    files = HANDBOOKS["example"].files_by_path
    (picture,) = Html(page).all("img")
    assert (page.parent / picture["src"]).read_bytes() == files[
        "floor-plan.ja.svg" if language == "ja" else "floor-plan.svg"
    ].raw
    assert picture["alt"]
    (table,) = (link["href"] for link in Html(page).all("a") if link.get("href", "").endswith(".csv"))
    assert (page.parent / table).read_bytes() == files["opening-hours.csv"].raw
    published = built["example"] / language / "files"
    assert len([file for file in published.glob("*") if file.is_file()]) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["community/activities.html", "print/community.html"])
def test_links_of_items_to_files_work_on_pages_and_in_print_views(
    built: dict[str, Path], language: str, path: str
) -> None:
    page = built["example"] / language / path
    (table,) = (link["href"] for link in Html(page).all("a") if "/files/" in link.get("href", ""))
    assert (page.parent / table).read_bytes() == HANDBOOKS["example"].files_by_path["opening-hours.csv"].raw
