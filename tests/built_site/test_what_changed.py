"""What the site says of its own versions, translations and reviews."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from example_handbook import LANGUAGES, copy_minimal, rewrite, tebiki
from repository import commit
from tebiki.cli.build_and_report import original_changes_in
from tebiki.compiling.compile import compile_language
from tebiki.locales import words
from tebiki.model.translation_units import stale_units, translation_units
from tebiki.reading.load import load

ATOM = "{http://www.w3.org/2005/Atom}"


def staged(root: Path, language: str) -> dict[str, str]:
    """The compiled tree of one language: path below docs/ → text."""
    handbook, problems = load(root)
    assert problems == []
    handbook = replace(handbook, original_changes=original_changes_in(root)(handbook))
    stage = root / "build" / "stage" / language
    compile_language(handbook, root, stage, language, LANGUAGES, stale_units(handbook, language))
    files = [path for path in sorted(stage.rglob("*")) if path.is_file()]
    return {
        path.relative_to(stage).as_posix().removeprefix("docs/"): path.read_text("utf-8") for path in files
    }


@pytest.fixture
def ja(minimal: Path) -> dict[str, str]:
    return staged(minimal, "ja")


@pytest.fixture
def en(minimal: Path) -> dict[str, str]:
    return staged(minimal, "en")


def test_each_version_has_a_page_in_each_language(ja: dict[str, str], en: dict[str, str]) -> None:
    for tree in (ja, en):
        assert {"changes/1.1.0.md", "changes/1.2.0.md"} <= tree.keys()
        assert "not_in_nav: /changes/*.md\n" in tree["mkdocs.yml"]
        assert "search:\n  exclude: true\n" in tree["changes/1.2.0.md"], (
            "what it names is found where it stands"
        )
    assert "# 版 1.2.0" in ja["changes/1.2.0.md"]
    page = en["changes/1.2.0.md"]
    assert "# Version 1.2.0" in page
    assert (
        '<a href="../rules/borrowing.html">When you borrow</a><p>The loan period is now two weeks.</p>'
        in page
    )
    assert '<span class="tb-note">1.0.0 (meaning, removal or answers)</span>' in page
    assert re.findall(r"^## .*\{ #(\w+) \}$", page, re.MULTILINE) == ["changed", "moved", "retired"]
    assert "<li>Date slip<p>The date is now printed" in page
    assert 'Replaced by: <a href="../rules/borrowing.html">When you borrow</a>' in page
    assert '<a href="../about/changes.html">All versions</a>' in page
    standing = en["changes/1.1.0.md"]
    assert "tb-status--amber" in standing
    assert "tb-status--green" in standing


def test_the_list_of_versions_begins_with_the_newest(en: dict[str, str]) -> None:
    page = en["about/changes.md"]
    assert re.findall(r'<a href="\.\./changes/([\d.]+)\.html">', page) == ["1.2.0", "1.1.0"]
    assert '<a href="../changes.atom">' in page


def test_what_changed_is_marked_where_it_stands(ja: dict[str, str], en: dict[str, str]) -> None:
    page = en["rules/borrowing.md"]
    heading, _, rest = page.partition("{ #lending-principles }")
    assert rest.startswith(
        '\n\n<p class="tb-changed">Changed in <a href="../changes/1.2.0.html">1.2.0</a></p>'
    )
    assert 'Changed in <a href="../changes/1.2.0.html">1.2.0</a>' in heading, (
        "the page itself changed as well"
    )
    assert 'Added in <a href="../changes/1.1.0.html">1.1.0</a>' in en["community/elsewhere.md"]
    assert '版 <a href="../changes/1.2.0.html">1.2.0</a> で変更' in ja["about/visitor-check.md"]
    assert "tb-changed" not in en["community/activities.md"]


def test_feeds_are_what_their_formats_ask_for(ja: dict[str, str], en: dict[str, str]) -> None:
    ids = []
    for language, tree in (("ja", ja), ("en", en)):
        feed = ET.fromstring(tree["changes.atom"])
        assert feed.tag == f"{ATOM}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert feed.findtext(f"{ATOM}updated") == "2026-04-01T00:00:00Z"
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        assert feed.find(f"{ATOM}link[@rel='self']") is not None
        entries = feed.findall(f"{ATOM}entry")
        ids += [feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
        for entry in entries:
            assert entry.findtext(f"{ATOM}title")
            link = entry.find(f"{ATOM}link")
            assert link is not None
            assert link.get("href") in {"changes/1.1.0.html", "changes/1.2.0.html"}
        json_feed = json.loads(tree["changes.json"])
        assert json_feed["version"] == "https://jsonfeed.org/version/1.1"
        assert json_feed["language"] == language
        assert [item["date_published"] for item in json_feed["items"]] == [
            entry.findtext(f"{ATOM}updated") for entry in entries
        ]
        assert [item["content_html"] for item in json_feed["items"]] == [
            entry.findtext(f"{ATOM}content") for entry in entries
        ]
    assert len(set(ids)) == len(ids) == 6
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identifier or "") for identifier in ids)


def test_with_a_site_url_the_feeds_have_complete_addresses(minimal: Path) -> None:
    before = staged(minimal, "en")
    rewrite(minimal / "mkdocs.yml", 'site_url: ""', "site_url: https://library.example.org/guide/")
    after = staged(minimal, "en")
    json_feed = json.loads(after["changes.json"])
    assert json_feed["feed_url"] == "https://library.example.org/guide/en/changes.json"
    assert json_feed["items"][0]["url"] == "https://library.example.org/guide/en/changes/1.2.0.html"
    assert [item["id"] for item in json_feed["items"]] == [
        item["id"] for item in json.loads(before["changes.json"])["items"]
    ], "an entry keeps its id when the site moves"
    feed = ET.fromstring(after["changes.atom"])
    assert feed.get("{http://www.w3.org/XML/1998/namespace}base") == "https://library.example.org/guide/en/"


def test_texts_with_the_signs_of_xml_do_not_break_a_feed(minimal: Path) -> None:
    words = """']]> & "two" <b> weeks'"""
    rewrite(minimal / "content/changes/1.2.0.yml", "en: The loan period is now two weeks.", f"en: {words}")
    rewrite(minimal / "content/handbook.yml", "en: Hibari City Library}", 'en: "Hibari & <Sons>"}')
    tree = staged(minimal, "en")
    feed = ET.fromstring(tree["changes.atom"])
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Hibari & <Sons>"
    content = json.loads(tree["changes.json"])["items"][0]["content_html"]
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == content
    assert "]]" in content


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (staged(copy_minimal(tmp_path / name), "ja") for name in ("one", "two"))
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name] and name != "mkdocs.yml"] == []


def test_a_handbook_without_change_logs_has_no_feed_and_no_marks(minimal: Path) -> None:
    for log in (minimal / "content/changes").iterdir():
        log.unlink()
    tree = staged(minimal, "en")
    assert not [name for name in tree if name.startswith("changes")]
    assert "feed:" not in tree["mkdocs.yml"]
    assert "Nothing has been recorded yet." in tree["about/changes.md"]
    assert "changes.atom" not in tree["about/changes.md"]
    assert not [name for name, text in tree.items() if name.endswith(".md") and "tb-changed" in text]


def test_the_state_of_the_translations_is_listed(minimal: Path) -> None:
    count = len(translation_units(load(minimal)[0]))
    assert f"<dd>{count}</dd>" in staged(minimal, "en")["about/upkeep.md"]
    rewrite(minimal / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    rewrite(
        minimal / "checklists/visitor-check/1.0.0.yml",
        "期限までに返していますか。",
        "期限内に返していますか。",
    )
    page = staged(minimal, "ja")["about/upkeep.md"]
    assert f"<dd>{count - 2}</dd>" in page
    assert '<a href="../community/activities.html#event-new-building">新館の開館</a> (確認が必要)' in page
    assert "visitor-check#returns-in-time</a> (確認が必要)" in page
    assert "<ins>" not in page, "the handbook has no history to tell what changed"


def test_what_changed_in_the_original_of_a_translation_is_listed_with_it(minimal: Path) -> None:
    commit(minimal)
    rewrite(minimal / "content/pages/index.ja.md", "| 案内 | 1階 |", "| 案内 | 2階 |")
    shown = re.findall(
        r'<li data-translation="en/(.*?)">.*?<p lang="ja"><code>(.*?)</code>.*? 案内 \| <del>(.*?)</del><ins>(.*?)</ins>',
        staged(minimal, "en")["about/upkeep.md"],
        re.DOTALL,
    )
    assert shown == [("home", "body", "1", "2")]


@pytest.mark.parametrize(
    ("file", "old", "new", "page", "notice"),
    [
        ("checklists/visitor-check/1.0.0.yml", "期限までに返していますか。", "期限内に返していますか。",
         "about/visitor-check", "stale_questions"),
        ("checklists/visitor-check/1.0.0.yml", "のしかたを振り返ります。", "のしかたを見直します。",
         "about/visitor-check", "stale_item"),
        ("checklists/answer-sets/done-or-not.yml", "ja: いつもしています。", "ja: 毎回しています。", "about/visitor-check", "stale_item"),
        ("content/changes/1.2.0.yml", "貸出の期間を2週間としました。", "貸出の期間を2週間にしました。",
         "changes/1.2.0", "stale_page"),
        ("content/retired.yml", "返す日を印刷しています。", "返す日を印字しています。", "changes/1.2.0", "stale_page"),
        ("content/handbook.yml", "根拠を示してまとめた", "根拠とともにまとめた", "index", "stale_page"),
        ("content/terms.yml", "本や雑誌を2週間、", "本や雑誌を3週間、", "rules/terms", "stale_item"),
        ("content/pages/rules/terms.ja.md", "description: この手引きで", "description: ここで", "rules/terms", "stale_page"),
    ],
)  # fmt: skip
def test_what_is_stale_says_so_on_its_page(
    file: str, old: str, new: str, page: str, notice: str, minimal: Path
) -> None:
    """In the language that has not caught up, and on no other page than its own."""
    rewrite(minimal / file, old, new)
    tree, original = staged(minimal, "en"), staged(minimal, "ja")
    notes = {name for name, text in tree.items() if name.endswith(".md") and "tb-stale" in text}
    assert f"{page}.md" in notes
    assert not [name for name, text in original.items() if name.endswith(".md") and "tb-stale" in text]
    note = re.search(r'<p class="tb-stale">(.*?)</p>', tree[f"{page}.md"])
    assert note
    assert note[1] == words("en", "site")[notice].format(numbers="3")
    if notice != "stale_item":
        assert notes == {f"{page}.md"}


def test_what_is_to_be_reviewed_is_listed_by_date(en: dict[str, str]) -> None:
    page = en["about/upkeep.md"]
    assert re.findall(r"<th scope=\"row\"><span class=\"tb-nowrap\">([\d-]+)", page) == [
        "2026-09-30", "2026-10-01", "2027-03-31",
    ]  # fmt: skip
    assert "Reference desk" in page


def test_a_report_that_does_not_exist(minimal: Path) -> None:
    for language in LANGUAGES:
        rewrite(
            minimal / f"content/pages/about/changes.{language}.md",
            "![[report changes]]",
            "![[report change]]",
        )
    result = tebiki(minimal, "check")
    assert result.exit_code == 1
    assert (
        "placement there is nothing called change that report can show; did you mean changes?"
        in result.stdout
    )


def test_a_page_at_the_place_of_a_version(minimal: Path) -> None:
    pages = minimal / "content/pages"
    (pages / "changes").mkdir()
    for language in LANGUAGES:
        (pages / f"about/sources.{language}.md").rename(pages / f"changes/1.2.0.{language}.md")
    rewrite(minimal / "mkdocs.yml", "about/sources.md", "changes/1.2.0.md")
    result = tebiki(minimal, "check")
    assert "duplicate-id the id changes/1.2.0 is already used at" in result.stdout
