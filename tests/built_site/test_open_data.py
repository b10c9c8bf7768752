"""What the finished site gives to programs: the open data, the tables, llms.txt. The example handbook, really built."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, MINIMAL, loaded
from hostile_texts import FORMULA, SITE_URL
from jsonschema import Draft202012Validator
from tebiki.locales import words

HANDBOOK = loaded(MINIMAL)
KINDS = sorted({*(item.collection for item in HANDBOOK.items), "page", "checklist", "answer-set"})


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def every_address(data: Any) -> list[tuple[str, str]]:
    """Each (language, path) under a key ``addresses``, at whatever depth."""
    if isinstance(data, list):
        return [address for value in data for address in every_address(value)]
    if not isinstance(data, dict):
        return []
    own = list(data["addresses"].items()) if "addresses" in data else []
    return own + [
        address for key, value in data.items() if key != "addresses" for address in every_address(value)
    ]


def anchors(page: Path) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', page.read_text(encoding="utf-8")))


def test_every_file_is_what_its_published_schema_says(site: Path) -> None:
    folder = site / "data/v1"
    files = sorted(folder.glob("*.json"))
    assert [file.stem for file in files] == sorted([*KINDS, "index"])
    for file in files:
        data = read(file)
        schema = read(folder / data["$schema"])
        assert "common.schema.json" not in json.dumps(schema), "a schema needs no other file"
        Draft202012Validator.check_schema(schema)
        problems = list(Draft202012Validator(schema).iter_errors(data))
        assert [f"{file.name}: {problem.json_path} {problem.message[:200]}" for problem in problems] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_schema_refuses_what_is_not_promised(site: Path, kind: str) -> None:
    data = read(site / f"data/v1/{kind}.json")
    validator = Draft202012Validator(read(site / "data/v1" / data["$schema"]))
    del data["items"][0]["stale_translations"]
    assert [error.validator for error in validator.iter_errors(data)] == ["required"]


def test_the_index_names_every_file_and_counts_its_entries(site: Path) -> None:
    folder = site / "data/v1"
    index = read(folder / "index.json")
    assert [collection["kind"] for collection in index["collections"]] == KINDS
    for collection in index["collections"]:
        assert len(read(folder / collection["file"])["items"]) == collection["count"] > 0
        assert (folder / collection["schema"]).is_file()
    assert index["handbook"]["version"] == HANDBOOK.data["version"]
    licence = {
        "title": {
            "ja": "クリエイティブ・コモンズ 表示 4.0 国際",
            "en": "Creative Commons Attribution 4.0 International",
        },
        "address": "https://creativecommons.org/licenses/by/4.0/",
        "spdx": "CC-BY-4.0",
    }
    assert index["handbook"]["licence"] == licence
    for collection in index["collections"]:
        assert read(folder / collection["file"])["handbook"]["licence"] == licence
    assert [(collection["kind"], collection["language"]) for collection in index["tables"]] == [
        ("country", "ja"),
        ("country", "en"),
    ]
    assert all((folder / collection["file"]).is_file() for collection in index["tables"])


def test_every_item_and_part_is_published_with_its_status(site: Path) -> None:
    published = {
        kind: {item["id"]: item for item in read(site / f"data/v1/{kind}.json")["items"]} for kind in KINDS
    }
    for item in HANDBOOK.items:
        entry = published[item.collection][item.id]
        assert entry["status"] == HANDBOOK.status_of(item.status, item.sources)
        assert entry["title"] == item.title
        inside = json.dumps(entry)
        assert all(f'"{part.id}"' in inside for part in item.parts)
    for page in HANDBOOK.pages:
        assert published["page"][page.id]["text"] == page.body


def test_every_address_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    known: dict[Path, set[str]] = {}
    addresses = [address for kind in KINDS for address in every_address(read(site / f"data/v1/{kind}.json"))]
    assert len(addresses) > 2 * len(HANDBOOK.items)
    for language, address in addresses:
        path, _, fragment = address.partition("#")
        page = site / path
        assert path.startswith(f"{language}/")
        assert page.is_file(), address
        if fragment:
            assert fragment in known.setdefault(page, anchors(page)), address


def test_one_language_has_addresses_of_its_own_only(english_site: Path) -> None:
    terms = read(english_site / "data/v1/term.json")["items"]
    assert {language for language, _address in every_address(terms)} == {"en"}
    assert all(set(term["title"]) == {"ja", "en"} for term in terms)
    assert not (english_site / "data/v1/country.ja.csv").exists()


def test_a_handbook_without_a_licence_publishes_none(hostile_site: Path) -> None:
    assert "licence" not in read(hostile_site / "data/v1/index.json")["handbook"]
    assert "licence" not in read(hostile_site / "data/v1/term.json")["handbook"]


def test_a_stale_translation_is_named(hostile_site: Path) -> None:
    events = read(hostile_site / "data/v1/event.json")["items"]
    stale = {item["id"]: item["stale_translations"] for item in events}
    assert [item for item in stale.values() if item] == [["en"]]


# --- the table of a comparison --------------------------------------------------------------------


def table(site: Path, language: str) -> list[list[str]]:
    raw = (site / f"data/v1/country.{language}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "without it spreadsheet programs do not read UTF-8"
    assert raw.endswith(b"\r\n")
    return list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_a_row_for_each_cell(site: Path, language: str) -> None:
    head, *rows = table(site, language)
    countries = [item for item in HANDBOOK.items if item.collection == "country"]
    dimensions = {
        dimension["id"]: dimension["title"][language]
        for dimension in HANDBOOK.comparisons["country"]["dimensions"]
    }
    wanted = [
        (item.title[language], dimensions[cell["dimension"]], cell["text"][language], cell["as_of"])
        for item in countries
        for cell in item.data["cells"]
    ]
    assert [(row[0], row[2], row[3], row[4]) for row in rows] == wanted
    assert all(len(row) == len(head) and all(row) for row in rows)
    for row in rows:
        path, _, fragment = row[-1].partition("#")
        assert fragment in anchors(site / path)


def test_no_text_becomes_a_formula(hostile_site: Path) -> None:
    _head, first, second, *_rest = table(hostile_site, "en")
    assert first[0] == "'+Finland"
    assert first[3] == f"'{FORMULA}"
    assert second[3] == "• a\n• b, c"


# --- llms.txt -------------------------------------------------------------------------------------

LINK = re.compile(r"^- \[(?P<words>.+)\]\((?P<address>\S+)\): .+$", re.MULTILINE)


def addresses(file: Path) -> list[str]:
    return [match["address"] for match in LINK.finditer(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_llms_txt_lists_every_page(site: Path, language: str) -> None:
    file = site / language / "llms.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# {HANDBOOK.data['title'][language]}"
    assert lines[2] == f"> {HANDBOOK.data['description'][language]}"
    listed = addresses(file)
    assert sorted(listed[:-1]) == sorted(f"{page.path}.html" for page in HANDBOOK.pages)
    assert all((file.parent / path).is_file() for path in listed)


def test_llms_txt_at_the_root_leads_to_the_languages_and_the_data(site: Path) -> None:
    listed = addresses(site / "llms.txt")
    assert listed == ["ja/llms.txt", "en/llms.txt", "data/v1/index.json"]
    assert all((site / path).is_file() for path in listed)


def test_llms_txt_has_complete_addresses_where_the_site_is_known(hostile_site: Path) -> None:
    assert addresses(hostile_site / "llms.txt")[0] == f"{SITE_URL}/ja/llms.txt"
    assert addresses(hostile_site / "en/llms.txt")[0] == f"{SITE_URL}/en/index.html"
    assert read(hostile_site / "data/v1/index.json")["site"] == SITE_URL


def test_every_status_is_explained() -> None:
    for language in LANGUAGES:
        assert set(words(language, "site")["status_says"]) == set(HANDBOOK.statuses)
