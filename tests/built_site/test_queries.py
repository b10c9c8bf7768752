"""Whole queries through the real index: what people type has to find what they mean."""

from __future__ import annotations

import itertools
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from example_handbook import LANGUAGES, MINIMAL, PROJECT, loaded, tebiki
from search_index_file import parts_of_kind, read_index
from tebiki.model.markup import headings
from tebiki.site.search_command import Query, run_queries


def _read(name: str) -> Any:
    return yaml.safe_load((PROJECT / "tests/search" / name).read_text(encoding="utf-8"))


QUERIES: dict[str, dict[str, list[dict[str, Any]]]] = _read("queries.yml")
ENTRIES = [(lang, name, entry) for lang, by in QUERIES.items() for name, ones in by.items() for entry in ones]
QUESTIONS = [
    (language, question)
    for language, by_role in _read("questions.yml").items()
    for questions in by_role.values()
    for question in questions
]


@pytest.fixture(scope="session")
def site(built: dict[str, Path]) -> Path:
    """The handbook of this repository."""
    return built["real"]


@pytest.fixture(scope="session")
def library(built: dict[str, Path]) -> Path:
    """The example handbook."""
    return built["example"]


@pytest.fixture(scope="module")
def ranks(site: Path) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """For each language and class, the rank at which each query finds what it must; 99 is not at all."""
    results = run_queries(site, [Query(entry["q"], language) for language, _name, entry in ENTRIES])
    by_class: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for (language, name, entry), answer in zip(ENTRIES, results, strict=True):
        hits = [hit["id"] in entry["find"] or hit["page"] in entry["find"] for hit in answer["hits"]]
        rank = hits.index(True) + 1 if True in hits else 99
        by_class[language, name].append((rank, entry["q"]))
        by_class[language, "all"].append((rank, entry["q"]))
    return by_class


def test_there_are_enough_queries() -> None:
    """At least 150, each once, and what they have to find exists."""
    assert len(ENTRIES) >= 150
    twice = [
        name for name, count in Counter((lang, entry["q"]) for lang, _, entry in ENTRIES).items() if count > 2
    ]
    assert twice == []
    handbook = loaded(PROJECT)
    ids = {item.id for item in handbook.items} | {page.id for page in handbook.pages}
    ids |= {part.id for item in handbook.items for part in item.parts}
    ids |= {heading.id or "" for page in handbook.pages for heading in headings(page.body["ja"])}
    assert [name for _, _, entry in ENTRIES for name in entry["find"] if name not in ids] == []


@pytest.mark.parametrize(
    ("language", "name"), [(la, na) for la, by in QUERIES.items() for na in [*by, "all"]]
)
def test_queries_find_what_they_mean(
    language: str, name: str, ranks: dict[tuple[str, str], list[tuple[int, str]]]
) -> None:
    """In each class the first result is right nine times of ten, and the first five hold it 98 times of 100."""
    places = ranks[language, name]
    assert sum(rank == 1 for rank, _ in places) >= 0.90 * len(places), [
        place for place in places if place[0] > 1
    ]
    assert sum(rank <= 5 for rank, _ in places) >= 0.98 * len(places), [
        place for place in places if place[0] > 5
    ]


def test_questions_in_peoples_own_words_find_the_page_that_answers(site: Path) -> None:
    """The first page answers nine questions of ten, and the first three hold it 98 times of 100."""
    assert len(QUESTIONS) >= 150
    handbook = loaded(PROJECT)
    page_ids = {f"{page.path}.html": page.id for page in handbook.pages}
    assert {name for _, question in QUESTIONS for name in question["find"]} <= set(page_ids.values())
    results = run_queries(site, [Query(question["q"], language) for language, question in QUESTIONS])
    ranks = []
    for (_, question), result in zip(QUESTIONS, results, strict=True):
        hits = [page_ids[path] in question["find"] for path in result["pages"]]
        ranks.append((hits.index(True) + 1 if True in hits else 99, question["q"]))
    later = [rank for rank in ranks if rank[0] > 1]
    assert len(later) <= 0.1 * len(ranks), later
    assert sum(rank > 3 for rank, _ in ranks) <= 0.02 * len(ranks), later


def test_what_has_no_answer_names_the_page_that_says_so() -> None:
    """A gap is no question that the handbook claims to answer, and its page exists."""
    handbook = loaded(PROJECT)
    gaps = _read("gaps.yml")
    assert {gap["see"] for gap in gaps} <= {page.id for page in handbook.pages}
    answered = {(language, question["q"]) for language, question in QUESTIONS}
    assert [gap["q"] for gap in gaps if (gap["lang"], gap["q"]) in answered] == []


def test_every_page_and_item_is_in_the_index(library: Path) -> None:
    """Another handbook gets the same: a search for any title finds it, in every language."""
    handbook = loaded(MINIMAL)
    entries = [*handbook.items, *handbook.pages]
    queries = [Query(entry.title[lang], lang, 50) for lang in handbook.languages for entry in entries]
    results = run_queries(library, queries)
    ids = [entry.id for _ in handbook.languages for entry in entries]
    placed = {hit["id"] for answer in results for hit in answer["hits"]}
    missing = [
        (query.language, wanted)
        for query, wanted, answer in zip(queries, ids, results, strict=True)
        if wanted in placed and wanted not in {hit["id"] for hit in answer["hits"]}
    ]
    assert missing == []
    assert len(placed) >= len(entries)


def test_the_command_shows_what_the_page_shows(library: Path) -> None:
    """Title, address, kind, status and source; exit code 1 when nothing is found."""
    result = tebiki(MINIMAL, "search", "loan", "--lang", "en", "--limit", "1", "--out", library)
    assert result.exit_code == 0, result.output
    assert "rules/terms.html#loan" in result.output
    assert "Term · " in result.output
    lost = tebiki(MINIMAL, "search", "ぬるぽがっ", "--out", library)
    assert lost.exit_code == 1
    assert lost.output.strip() == ""


def test_the_command_says_what_is_missing(minimal: Path) -> None:
    """No site yet, a language that the handbook does not have: a sentence and no traceback."""
    unbuilt = tebiki(minimal, "search", "loan", "--out", minimal / "site")
    assert unbuilt.exit_code == 1
    assert "build the site first" in unbuilt.output
    unknown = tebiki(minimal, "search", "loan", "--lang", "fr")
    assert unknown.exit_code == 2
    assert "no language fr" in unknown.output


def _remove(file: Path) -> None:
    file.unlink()


def _cut(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        *itertools.product(("outline", "names", "counts", "pages", "postings", "texts"), (_remove, _cut)),
        ("index", _cut),
    ],
)
def test_the_command_says_which_part_is_broken(
    kind: str, spoil: Callable[[Path], None], library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that it needs, and what to do, in both languages; no result is shown without it."""
    query = "orrow" if kind == "postings" else "loan"  # a name needs none, nor does a word
    folder = tmp_path / "en/search"
    shutil.copytree(library / "en/search", folder)
    parts = ["index"] if kind == "index" else parts_of_kind(folder, kind)
    for part in parts:
        spoil(folder / f"{part}.js")
    for language, remedy in (("en", "build the site"), ("ja", "ビルド")):
        monkeypatch.setenv("TEBIKI_LANG", language)
        result = tebiki(MINIMAL, "search", query, "--lang", "en", "--out", tmp_path)
        assert result.exit_code == 1
        assert remedy in result.output
        (line,) = result.output.splitlines()
        assert any(str(folder / f"{part}.js") in line for part in parts), line


def test_the_command_says_what_to_do_when_the_engine_stops(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what Node.js says, without its stack."""
    monkeypatch.setenv("NODE_OPTIONS", "--no-such-option")
    for language, remedy in (("en", "build the site again"), ("ja", "ビルドし直")):
        monkeypatch.setenv("TEBIKI_LANG", language)
        result = tebiki(MINIMAL, "search", "loan", "--lang", "en", "--out", library)
        assert result.exit_code == 1
        assert remedy in result.output
        assert "--no-such-option" in result.output


def test_an_index_of_another_form_stops_the_engine(library: Path, tmp_path: Path) -> None:
    """Such as one that an earlier version has written: no stack."""
    (tmp_path / "en/search").mkdir(parents=True)
    (tmp_path / "en/search/index.js").write_text('x["en"]={"pages":[]};\n', encoding="utf-8")
    result = tebiki(MINIMAL, "search", "loan", "--lang", "en", "--out", tmp_path)
    assert result.exit_code == 1
    assert "build the site again" in result.output
    assert len(result.output.splitlines()) == 1


def test_only_our_index_is_shipped(library: Path) -> None:
    """Material's index, worker and language files are of no use beside it."""
    for language in ("ja", "en"):
        folder = library / language
        assert all(
            re.fullmatch(r"(index|[0-9a-f]{12}(-\d+)?)\.js", path.name)
            for path in (folder / "search").iterdir()
        )
        assert list(folder.rglob("lunr*")) == []
        assert not (folder / "assets/javascripts/workers").exists()


def test_every_kind_and_status_has_a_name(library: Path) -> None:
    """In each language, so that a result never says what only the generator understands."""
    for language in ("ja", "en"):
        index = read_index(library, language)
        sections = [section for page in index["pages"] for section in page["sections"]]
        kinds = {section.get("kind", "page") for section in sections}
        assert len(kinds) > 10
        assert kinds <= set(index["words"]["kinds"])
        assert {section["status"] for section in sections if "status" in section} <= set(index["status"])


def test_a_site_without_search_is_built(minimal: Path) -> None:
    """The owner of a site may take the plugin out."""
    config = minimal / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("  - search\n", "  []\n"), encoding="utf-8")
    built = tebiki(minimal, "build", "--out", minimal / "site")
    assert built.exit_code == 0, built.output
    assert "data-loading=" not in (minimal / "site/ja/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sources_of_a_term_are_notes_whatever_stands_before_them(site: Path, language: str) -> None:
    handbook = loaded(PROJECT)
    titles = {
        item.id: [handbook.sources[source.source].title[language] for source in item.sources]
        for item in handbook.items
    }
    index = read_index(site, language)
    terms = [
        section for page in index["pages"] for section in page["sections"] if section.get("kind") == "term"
    ]
    assert len(terms) > 10
    wrong = [
        term["id"] for term in terms for title in titles.get(term["id"], ()) if title not in term["notes"]
    ]
    assert wrong == []
