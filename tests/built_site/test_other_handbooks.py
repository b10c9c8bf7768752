"""Handbooks on other subjects and in other languages: nothing of the first handbook is in them.

``research-data`` is English only and calls its statuses and kinds of documents itself; ``accessibility`` is Japanese
and Chinese, and has ids of a foreign list and a style sheet of its own.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from example_handbook import OTHER_HANDBOOKS, tebiki


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def table(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("root", OTHER_HANDBOOKS.values(), ids=list(OTHER_HANDBOOKS))
def test_they_are_in_order(root: Path) -> None:
    assert tebiki(root, "check").output.startswith("0 problems in ")


def test_repositories_are_compared_in_words_of_the_handbook(other_sites: dict[str, Path]) -> None:
    site = other_sites["research-data"]
    page = read(site / "en/repositories.html")
    for words in ("Repositories compared", "Repositories to show", "Questions to show", "LarkData"):
        assert words in page
    assert "ountr" not in page
    heading, first, *_rest = table(site / "data/v1/repository.en.csv")
    assert heading[0] == "Repository"
    assert first[:3] == ["LarkData", "", "Persistent identifier"]
    assert json.loads(read(site / "data/v1/repository.json"))["kind"] == "repository"


def test_one_status_is_stated_once_a_page(other_sites: dict[str, Path]) -> None:
    for page in sorted((other_sites["research-data"] / "en").glob("*.html")):
        assert len(re.findall(r'class="tb-status ', read(page))) <= 1, page.name
    plan = read(other_sites["research-data"] / "en/plan.html")
    assert 'class="tb-status tb-status--green"' in plan
    assert "This page is based on rules of the university." in plan


def test_a_handbook_without_japanese_and_english_names_neither(other_sites: dict[str, Path]) -> None:
    for page in sorted((other_sites["research-data"] / "en").rglob("*.html")):
        assert "Japanese" not in read(page), page.name
    criteria = read(other_sites["accessibility"] / "zh/criteria.html")
    assert '<html lang="zh"' in criteria
    assert not re.search(r"\bEnglish\b|\bJapanese\b", criteria)
    assert '<dt lang="ja">日本語</dt>' in criteria


def test_words_of_the_generator_are_those_of_the_handbook(other_sites: dict[str, Path]) -> None:
    criteria = read(other_sites["accessibility"] / "zh/criteria.html")
    for words in ("首页", "资料来源", "引用本页"):
        assert words in criteria
    assert not re.search(
        r"\b(Sources?|Home|Cite|Status)\b", re.sub(r"<[^>]*>|<script.*?</script>", "", criteria)
    )


def test_ids_of_a_foreign_list_and_places_by_language(other_sites: dict[str, Path]) -> None:
    site = other_sites["accessibility"]
    criteria = read(site / "zh/criteria.html")
    assert 'id="WCAG22-SC111"' in criteria
    assert '<span class="tb-place" lang="zh">成功标准 1.1.1</span>' in criteria
    assert '<span class="tb-place" lang="ja">3ページ</span>' in criteria
    assert 'data-item="SC111"' in read(site / "zh/check.html")
    assert table(site / "data/v1/standard.zh.csv")[1][:2] == ["WCAG 2.2", "WCAG-2.2"]


def test_its_style_is_added_and_no_palette_is_needed(other_sites: dict[str, Path]) -> None:
    page = read(other_sites["accessibility"] / "ja/index.html")
    assert 'href="assets/own.css"' in page
    assert "bundles/site.css" in page
    assert 'data-md-color-scheme="default"' in page
