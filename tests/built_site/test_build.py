"""The example handbook built with the real MkDocs: what stands in the finished site."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from built_pages import Html, broken_links, html_pages
from example_handbook import LANGUAGES, MINIMAL, copy_minimal, loaded, rewrite, tebiki
from hostile_texts import HTML_TEXT
from tebiki.locales import words
from tebiki.model.item import Item
from tebiki.model.navigation import navigation_sections
from tebiki.model.placement import change_log_path, place_items

HANDBOOK = loaded(MINIMAL)
PLACEMENT = place_items(HANDBOOK)
PAGES = sorted(page.path for page in HANDBOOK.pages)
FORM = "about/visitor-check"
VERSIONS = sorted(change_log_path(log.version) for log in HANDBOOK.change_logs)
PRINT_VIEWS = sorted(f"print/{section.id}" for section in navigation_sections(HANDBOOK))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_page_exists_in_every_language(site: Path) -> None:
    for language in LANGUAGES:
        pages = {path.relative_to(site / language).as_posix() for path in html_pages(site / language)}
        assert pages == {*(f"{page}.html" for page in [*PAGES, *PRINT_VIEWS, *VERSIONS]), "404.html"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_its_title(site: Path, language: str) -> None:
    for page in HANDBOOK.pages:
        html = Html(site / language / f"{page.path}.html")
        assert html.all("html")[0]["lang"] == language
        assert page.title[language] in html.text
        assert page.description[language] in html.text


@pytest.mark.parametrize(("here", "there"), [("ja", "en"), ("en", "ja")])
def test_the_other_language_is_one_step_away_on_the_same_page(site: Path, here: str, there: str) -> None:
    for page in PAGES:
        html = Html(site / here / f"{page}.html")
        switches = [link["href"] for link in html.all("a") if link.get("hreflang") == there]
        assert switches
        for href in switches:
            assert posixpath.normpath(posixpath.join(here, posixpath.dirname(page), href)) == (
                f"{there}/{page}.html"
            )
        assert there in {
            link.get("hreflang") for link in html.all("link") if link["rel"].strip() == "alternate"
        }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", HANDBOOK.items, ids=lambda item: item.id)
def test_an_item_stands_on_its_page_with_title_status_and_source(
    site: Path, language: str, item: Item
) -> None:
    html = Html(site / language / f"{PLACEMENT.page_of[item.id]}.html")
    assert html.ids.count(item.id) == 1
    assert item.title[language] in html.text
    assert words(language, "site")["status"][HANDBOOK.status_of(item.status, item.sources)] in html.text
    for reference in item.sources:
        assert HANDBOOK.sources[reference.source].title[language] in html.text
        assert reference.place in html.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_an_item_has_an_address_of_its_own(site: Path, language: str) -> None:
    for item in HANDBOOK.items:
        for part in item.parts:
            html = Html(site / language / f"{PLACEMENT.page_of[part.id]}.html")
            assert html.ids.count(part.id) == 1, part.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_a_checklist_can_be_read_without_a_script(site: Path, language: str) -> None:
    html = Html(site / language / f"{FORM}.html")
    checklist = next(
        checklist for checklist in HANDBOOK.current_checklists if checklist.id == "visitor-check"
    )
    for question in checklist.questions:
        if not question.retired:
            assert question.data["question"][language] in html.text


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for page in html_pages(site):
        ids = Html(page).ids
        assert sorted(ids) == sorted(set(ids)), page


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_every_page_says_what_it_may_load(site: Path) -> None:
    for page in html_pages(site):
        html = Html(page)
        policies = [
            meta["content"]
            for meta in html.all("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(policies) == 1, page
        assert "default-src 'none'" in policies[0]
        assert "unsafe" not in policies[0]
        for attributes, code in zip(html.all("script"), html.scripts, strict=True):
            if "src" not in attributes and "json" not in attributes.get("type", ""):
                digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in policies[0], page


def test_a_page_with_a_form_may_connect_to_nothing(site: Path) -> None:
    for page in html_pages(site):
        text = page.read_text(encoding="utf-8")
        path = page.relative_to(site).as_posix().partition("/")[2]
        form = path in (f"{FORM}.html", "about/workshop-plan.html")
        printed = path == "print/about.html"
        assert ("connect-src 'none'" in text) is (form or printed), page
        assert ('<script src="../assets/bundles/checklist.js"' in text) is form, page
        assert ("<tebiki-checklist" in text) is (form or printed), page


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    for page in html_pages(site):
        html = Html(page)
        loaded = [attributes.get("src", "") for tag, attributes in html.tags if tag != "a"]
        loaded += [link["href"] for link in html.all("link") if link["rel"] != "canonical"]
        for address in loaded:
            assert not urlsplit(address).netloc, f"{page}: {address}"
    for style in site.rglob("*.css"):
        addresses = re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')]+)", style.read_text(encoding="utf-8"))
        assert [url for url in addresses if not url.startswith("data:") and urlsplit(url).netloc] == []


def test_the_root_leads_to_the_first_language_and_names_the_others(site: Path) -> None:
    html = Html(site / "index.html")
    assert [
        attributes["content"] for attributes in html.all("meta") if attributes.get("http-equiv") == "refresh"
    ] == ["0; url=ja/index.html"]
    assert [attributes["href"] for attributes in html.all("a")] == ["ja/index.html", "en/index.html"]


def test_two_builds_are_the_same_byte_for_byte(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tebiki.site.workers.CAN_FORK", False)  # as on Windows
    root = copy_minimal(tmp_path / "a folder elsewhere")
    assert tebiki(root, "build", "--no-cache", "--out", tmp_path / "site").exit_code == 0
    first, second = contents(site), contents(tmp_path / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_parts_of_the_search_index_that_stay_are_not_made_again(minimal: Path, tmp_path: Path) -> None:
    def files() -> dict[str, int]:
        assert tebiki(minimal, "build", "--lang", "en", "--out", tmp_path / "site").exit_code == 0
        return {file.name: file.stat().st_ino for file in (tmp_path / "site/en/search").iterdir()}

    before, after = files(), files()
    assert {name for name in before if before[name] != after[name]} == {"index.js"}
    assert all(file.stat().st_nlink == 1 for file in (tmp_path / "site").rglob("*.js"))


def test_one_language_alone(english_site: Path) -> None:
    assert sorted(path.name for path in english_site.iterdir() if path.is_dir()) == ["data", "en"]
    assert [link["href"] for link in Html(english_site / "index.html").all("a")] == ["en/index.html"]
    assert broken_links(english_site) == []


def test_a_page_links_to_its_file_and_to_the_reports(english_site: Path, site: Path) -> None:
    page = (english_site / "en/rules/borrowing.html").read_text(encoding="utf-8")
    assert 'href="https://git.example.org/guide/edit/main/content/pages/rules/borrowing.en.md"' in page
    assert 'href="https://git.example.org/guide/issues/new"' in page
    version = (english_site / "en/changes/1.2.0.html").read_text(encoding="utf-8")
    assert "/edit/main/" not in version, "it has no file of its own"
    assert "tb-edit-links" not in (site / "en/rules/borrowing.html").read_text(encoding="utf-8")


def test_trusted_templates_and_scripts_stand_beside_those_of_the_generator(english_site: Path) -> None:
    assert "Lost" in Html(english_site / "en/404.html").text
    assert (english_site / "en/assets/own.js").read_text(encoding="utf-8") == "document.title;\n"
    assert (english_site / "en/assets/bundles/search-engine.js").is_file()


def test_a_stale_translation_is_built_and_says_so(hostile_build: Path) -> None:
    output = (hostile_build / "output.txt").read_text(encoding="utf-8")
    assert "content/events.yml:4:5 translation-stale (warning)" in output
    pages = {language: hostile_build / f"site/{language}/community/activities.html" for language in LANGUAGES}
    assert words("en", "site")["stale_item"] in Html(pages["en"]).text
    assert words("ja", "site")["stale_item"] not in Html(pages["ja"]).text


def test_what_mkdocs_refuses_leaves_the_site_that_stands(minimal: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "tebiki.json").write_text("{}", encoding="utf-8")
    (out / "index.html").write_text("old", encoding="utf-8")
    before = contents(out)
    rewrite(minimal / "mkdocs.yml", "material/weather-night", "material/no-such-sign")
    result = tebiki(minimal, "build", "--out", out)
    assert result.exit_code == 1
    for language in LANGUAGES:
        assert f"[{language}]" in result.stderr
    assert "no-such-sign" in result.stderr
    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["minimal", "site"]


def test_text_that_looks_like_html_or_like_a_template_is_shown_as_it_is(hostile_site: Path) -> None:
    html = Html(hostile_site / "en/community/activities.html")
    assert html.text.count(HTML_TEXT) >= 2
