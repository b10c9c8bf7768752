"""A lake that somebody has made, or that is incomplete: its manifest and its parts can say anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from example_handbook import MINIMAL, loaded, tebiki
from lakes import damage_rows, forge, select
from result_files import INVALID, VALID, tree, write_result
from tebiki.locales import words
from tebiki.results.database import DATABASE_SETTINGS
from tebiki.results.pack import pack

HANDBOOK = loaded(MINIMAL)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    for file in (*VALID, *INVALID):
        shutil.copy(file, folder / file.name)
    write_result(folder / "earlier.json", lambda record: record.update(updated="2026-05-02T01:00:00Z"))
    write_result(folder / "later.json", lambda record: record.update(updated="2026-05-03T01:00:00Z"))
    lake = tmp_path_factory.mktemp("packed") / "lake"
    pack([folder], lake, HANDBOOK, processes=1)
    return lake


@pytest.mark.parametrize("table", ["answers", "assessments", "left-out"])
def test_a_lake_without_its_manifest_is_no_folder_of_results(table: str, lake: Path, tmp_path: Path) -> None:
    """It was not packed to the end, or not copied completely."""
    incomplete = tmp_path / "lake"
    shutil.copytree(lake / table, incomplete / table)
    query, out = tmp_path / "q.sql", tmp_path / "out.csv"
    query.write_text("SELECT 1", encoding="utf-8")
    for command in (("aggregate", incomplete), ("query", incomplete, query)):
        for language in ("en", "ja"):
            done = tebiki(MINIMAL, "result", *command, "-o", out, "--lang", language)
            assert done.exit_code == 1
            text = words(language, "result")["lake"]["no-manifest"].format(folder=incomplete)
            assert done.stdout.strip() == text
    assert not out.exists()


def test_parts_that_no_manifest_names_are_told_of(lake: Path, tmp_path: Path) -> None:
    """One manifest of a lake of two batches was not copied: its results would be missing without a word."""
    both = tmp_path / "lake"
    shutil.copytree(lake, both)
    results = tmp_path / "results"
    results.mkdir()
    write_result(results / "a.json", lambda record: record["subject"].update(label="Another"))
    pack([results], both, HANDBOOK, processes=1)
    query, out = tmp_path / "q.sql", tmp_path / "out.csv"
    query.write_text("SELECT 1", encoding="utf-8")
    commands = (("aggregate", both, "-o", out), ("query", both, query), ("query", both, query, "-o", out))
    for missing in (False, True):
        for command in commands:
            for language in ("en", "ja"):
                out.unlink(missing_ok=True)
                done = tebiki(MINIMAL, "result", *command, "--lang", language)
                assert done.exit_code == 0
                text = words(language, "result")["lake"]["unnamed"].format(count=2)
                assert (text in done.output) == missing
                assert text not in done.stdout or command[0] == "aggregate"  # there are the rows
        for manifest in both.glob("manifest-*.json"):
            if not (lake / manifest.name).exists():
                manifest.unlink()


def test_a_lake_is_not_packed_again(lake: Path, tmp_path: Path) -> None:
    done = tebiki(MINIMAL, "result", "pack", lake, "-o", tmp_path / "new", "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout.strip() == words("en", "result")["lake"]["packed-folder"].format(folder=lake)
    assert not (tmp_path / "new").exists()


#: Parts whose SHA-256 is in the manifest: it is no signature, and anybody can write both.
FORGED: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "text": ("part-unreadable", "answers", lambda part: part.write_text("no Parquet")),
    "empty": ("part-unreadable", "left-out", lambda part: part.write_bytes(b"")),
    "damaged-rows": ("part-unreadable", "assessments", damage_rows),
    "damaged-answers": ("part-unreadable", "answers", damage_rows),
    "other-columns": ("other-columns", "answers", select("1 AS a")),
    "column-missing": ("other-columns", "assessments", select("* EXCLUDE (institution)")),
    "column-more": ("other-columns", "left-out", select("*, 'x' AS note")),
    "other-type": ("other-columns", "answers", select("* REPLACE (rev::VARCHAR AS rev)")),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_part_that_is_none_is_named(forgery: str, lake: Path, tmp_path: Path) -> None:
    forged = tmp_path / "lake"
    shutil.copytree(lake, forged)
    code, table, write = FORGED[forgery]
    name = forge(forged, table, write)
    before = tree(forged)
    query = tmp_path / "q.sql"
    query.write_text("SELECT * FROM answers, assessments, left_out", encoding="utf-8")
    out = tmp_path / "out.csv"
    for command in (("aggregate", forged), ("query", forged, query)):
        for language in ("en", "ja"):
            done = tebiki(MINIMAL, "result", *command, "-o", out, "--lang", language)
            assert done.exit_code == 1
            assert str(forged / name) in done.stdout
            assert words(language, "result")["lake"][code].rpartition("}")[2] in done.stdout
    assert not out.exists()
    assert tree(forged) == before


#: Rows that no packing writes, in tables whose columns are right.
FOREIGN_ROWS: dict[str, tuple[str, str]] = {
    "no-file": ("assessments", "* REPLACE (NULL::VARCHAR AS file)"),
    "no-checklist": ("assessments", "* REPLACE (NULL::VARCHAR AS checklist)"),
    "no-state": ("assessments", "* REPLACE (NULL::BIGINT AS state)"),
    "other-checklist": ("assessments", "* REPLACE ('another' AS checklist)"),
    "other-version": ("assessments", "* REPLACE ('9.9.9' AS version)"),
    "no-item": ("answers", "* REPLACE (NULL::VARCHAR AS item)"),
    "no-status": ("answers", "* REPLACE (NULL::VARCHAR AS status)"),
    "other-item": ("answers", "* REPLACE ('another' AS item)"),
    "no-rev": ("answers", "* REPLACE (NULL::INTEGER AS rev)"),
    "answers-of-other-version": ("answers", "* REPLACE ('9.9.9' AS version)"),
    "reason": ("left-out", "* REPLACE ('another' AS reason)"),
    "no-reason": ("left-out", "* REPLACE (NULL::VARCHAR AS reason)"),
    "details-missing": ("left-out", "* REPLACE ('unknown-item' AS reason, '{}' AS details, '' AS hint)"),
    "details-no-json": ("left-out", "* REPLACE ('x' AS details)"),
    "details-a-list": ("left-out", "* REPLACE ('[[]]' AS details)"),
    "details-nested": ("left-out", "* REPLACE (repeat('[', 100000) AS details)"),
    "hint": ("left-out", "* REPLACE ('another' AS hint)"),
}


@pytest.mark.parametrize("forgery", FOREIGN_ROWS)
def test_rows_that_no_packing_writes_are_refused(forgery: str, lake: Path, tmp_path: Path) -> None:
    forged = tmp_path / "lake"
    shutil.copytree(lake, forged)
    table, query = FOREIGN_ROWS[forgery]
    forge(forged, table, select(query))
    out = tmp_path / "out.html"
    done = tebiki(MINIMAL, "result", "aggregate", forged, "-o", out, "--lang", "en", "--at-least", "1")
    assert done.exit_code == 1
    assert words("en", "result")["lake"]["other-rows"].rpartition("}")[2] in done.stdout
    assert table.replace("-", "_") in done.stdout
    assert not out.exists()


@pytest.mark.parametrize("query", ["'another' AS section", "'another' AS status", "9 AS rev"])
def test_ids_that_a_checklist_does_not_have_any_more_are_counted(
    query: str, lake: Path, tmp_path: Path
) -> None:
    forged = tmp_path / "lake"
    shutil.copytree(lake, forged)
    forge(forged, "answers", select(f"* REPLACE ({query})"))
    for ending in ("html", "xlsx", "parquet", "csv"):
        out = tmp_path / f"out.{ending}"
        assert tebiki(MINIMAL, "result", "aggregate", forged, "-o", out, "--at-least", "1").exit_code == 0


def test_what_needs_too_much_memory_is_refused(
    lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = tmp_path / "q.sql"
    query.write_text("SELECT string_agg(repeat('x', 1000000), '') FROM range(2000)", encoding="utf-8")
    out = tmp_path / "out.csv"
    for language in ("en", "ja"):
        done = tebiki(MINIMAL, "result", "query", lake, query, "-o", out, "--lang", language)
        assert done.exit_code == 1
        assert words(language, "result")["lake"]["no-memory"].rpartition("}")[2] in done.stdout
    monkeypatch.setitem(DATABASE_SETTINGS, "memory_limit", "1MB")
    results = tmp_path / "results"
    results.mkdir()
    write_result(results / "a.json")
    for command in (
        ("aggregate", lake, "-o", out),
        ("aggregate", results, "-o", out),
        ("pack", results, "-o", tmp_path / "packed"),
    ):
        done = tebiki(MINIMAL, "result", *command, "--lang", "en")
        assert done.exit_code == 1, command
        assert words("en", "result")["lake"]["no-memory"].rpartition("}")[2] in done.stdout
    assert not out.exists()
    assert not any(path.is_file() for path in (tmp_path / "packed").rglob("*"))
