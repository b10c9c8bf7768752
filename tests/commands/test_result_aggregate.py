"""``tebiki result aggregate`` on real files."""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
import socket
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from example_handbook import LANGUAGES, rewrite, tebiki
from examples.make_results import complete_result, json_bytes, seal
from random_results import random_record
from result_files import CONTROL, INVALID, VALID, changed_record, external_references, write_result
from tebiki.locales import words
from tebiki.model.shared_constants import MAX_RESULT_BYTES
from tebiki.reading.load import load
from tebiki.results.aggregate import aggregate
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import serialize


@pytest.fixture
def minimal(minimal: Path) -> Path:
    """A copy of the example handbook whose checklists are of institutions: persons are never counted below five."""
    title = "title: {ja: 利用者, en: Visitors}"
    rewrite(minimal / "content/handbook.yml", title, f"{title}\n    institution: true")
    return minimal


def folder_of_all(folder: Path) -> Path:
    """Good and bad files, files that are none, and several states of one assessment."""
    folder.mkdir()
    for file in (*VALID, *INVALID):
        shutil.copy(file, folder / file.name)
    write_result(folder / "newest.json", lambda record: record.update(updated="2027-04-02T01:09:30.250Z"))
    (folder / "notes.txt").write_text("…", encoding="utf-8")
    (folder / "deep").mkdir()
    write_result(
        folder / "deep" / "日本語 .json",
        lambda record: record.update(id="1b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"),
    )
    (folder / "link.json").symlink_to(folder / "newest.json")
    (folder / "nothing.json").mkdir()
    (folder / "large.json").write_bytes(json_bytes(complete_result()) + b" " * MAX_RESULT_BYTES)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.json"))
    return folder


def test_every_file_is_counted_or_left_out_with_a_reason(minimal: Path, tmp_path: Path) -> None:
    folder = folder_of_all(tmp_path / "in")
    results = aggregate(folder, load(minimal)[0], at_least=1)
    counted = sum(file.count for file in results.files)
    everything = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    assert counted + len(results.skipped_files) == len(everything) == results.total_files
    records = [json.loads(file.read_bytes().decode("utf-8-sig")) for file in VALID]
    # states of the same assessment count once
    assert counted == len({(record["id"], record["checklist"]["id"]) for record in records}) + 1
    why = {file.file: [finding.code for finding in file.findings] for file in results.skipped_files}
    for file in INVALID:
        assert set(why[file.name]) == {file.name.partition(".")[0]}
    assert why["notes.txt"] == why["socket.json"] == ["not-a-result-file"]
    assert why["link.json"] == ["symbolic-link"]
    assert why["large.json"] == ["too-large"]
    assert {code for file in VALID for code in why.get(file.name, ())} <= {"older-state", "same-again"}


@pytest.mark.parametrize("processes", [1, 2])
def test_the_order_of_the_files_does_not_matter(processes: int, minimal: Path, tmp_path: Path) -> None:
    handbook = load(minimal)[0]
    form = next(
        version for version in checklist_versions(handbook) if version.checklist.id == "visitor-check"
    )
    chance = random.Random(5)
    files = [serialize(random_record(form, handbook, chance)) for _number in range(40)]
    files += [serialize(seal({**json.loads(files[0]), "updated": "2027-01-01T00:00:00Z"})), *files[1:4]]
    seen = []
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        chance.shuffle(files)
        for number, raw in enumerate(files):
            (folder / f"{number}.json").write_bytes(raw)
        results = aggregate(folder, handbook, processes, at_least=1)
        reasons = sorted(finding.code for file in results.skipped_files for finding in file.findings)
        seen.append((results.files, results.counts, reasons))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2].count("same-again") == 3


def test_a_state_from_the_future_displaces_no_other(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_result(folder / "now.JSON")
    write_result(folder / "future.json", lambda record: record.update(updated="2999-01-01T00:00:00Z"))
    another = {"id": "1b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11", "updated": "2999-01-01T00:00:00Z"}
    write_result(folder / "only.json", lambda record: record.update(another))
    results = aggregate(folder, load(minimal)[0], at_least=1)
    assert sum(file.count for file in results.files) == 2
    (skipped,) = results.skipped_files
    assert skipped.file == "future.json"
    assert [finding.code for finding in skipped.findings] == ["future-state"]
    done = tebiki(minimal, "result", "aggregate", folder, "-o", tmp_path / "r.html", "--lang", "en")
    assert "now.JSON, a state of the same assessment, is counted" in done.stdout
    # where that time has come, the state is the newer one
    later = aggregate(folder, load(minimal)[0], now="3000-01-01T00:00:00.000Z", at_least=1).skipped_files
    assert ("now.JSON", "older-state") in [(file.file, file.findings[0].code) for file in later]


def test_the_clock_of_another_computer_may_be_ahead_of_this_one(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)
    write_result(folder / "earlier.json")
    write_result(folder / "ahead.json", lambda record: record.update(updated=f"{soon:%Y-%m-%dT%H:%M:%SZ}"))
    (skipped,) = aggregate(folder, load(minimal)[0], at_least=1).skipped_files
    assert (skipped.file, skipped.findings[0].code) == ("earlier.json", "older-state")


def test_two_processes_count_what_one_does(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handbook = load(minimal)[0]
    monkeypatch.setattr("tebiki.results.collect.MAX_FILES", 10)  # otherwise it takes 10,000 files
    folder = folder_of_all(tmp_path / "in")
    assert aggregate(folder, handbook, 1, at_least=1) == aggregate(folder, handbook, 2, at_least=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_aggregate_as_page_workbook_and_table(language: str, minimal: Path, tmp_path: Path) -> None:
    folder = folder_of_all(tmp_path / "in")
    for ending in ("html", "xlsx", "parquet"):
        out = tmp_path / f"report.{ending}"
        done = tebiki(
            minimal, "result", "aggregate", folder, "-o", out, "--at-least", "1", "--lang", language
        )
        assert done.exit_code == 0, done.stdout
        assert not CONTROL.search(done.stdout)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert external_references(html) == []
    assert words(language, "form")["errors"]["wrong-digest"] in html
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    left_out = [row[0].value for row in book.worksheets[-1].iter_rows(min_row=2)]
    assert "notes.txt" in left_out
    rows = duckdb.sql(f"SELECT item, answer, count FROM '{tmp_path / 'report.parquet'}'").fetchall()
    assert ("has-card", "done", 2) in rows
    assert "notes.txt" not in str(rows)


def test_an_empty_folder_gives_a_report_that_says_so(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for ending in ("html", "xlsx", "parquet"):
        out = tmp_path / f"r.{ending}"
        assert (
            tebiki(minimal, "result", "aggregate", tmp_path / "in", "-o", out, "--lang", "en").exit_code == 0
        )
    assert words("en", "result")["aggregate"]["no-files"] in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_figures_of_a_file_are_not_believed(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, indent in enumerate((2, None)):
        record = changed_record(
            lambda record: record.update(
                status="complete", answers={}, computed={"total": {"done": 99}, "sections": {}}
            )
        )
        record = seal({**record, "id": f"{number}b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"})
        (folder / f"{number}.json").write_text(json.dumps(record, indent=indent), encoding="utf-8")
    results = aggregate(folder, load(minimal)[0], at_least=1)
    assert [(file.status, file.count) for file in results.files] == [("in-progress", 2)]
    assert {count.answer for count in results.counts} == {"unanswered"}


def test_no_text_that_a_person_wrote_is_in_the_aggregate(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_result(
        folder / "a.json",
        lambda record: [answer.update(note="SECRET-WORDS") for answer in record["answers"].values()],
    )
    out = tmp_path / "r.html"
    tebiki(minimal, "result", "aggregate", folder, "-o", out)
    assert "SECRET-WORDS" not in out.read_text(encoding="utf-8")


def test_trend_over_rounds_and_kinds(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (round_, kind, value) in enumerate(
        (("2025", "a", "not-done"), ("2026", "a", "done"), ("2026", "b", "done"))
    ):

        def set_up(
            record: dict[str, Any], at: tuple[int, str, str, str] = (number, round_, kind, value)
        ) -> None:
            record["id"] = f"{at[0]}b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"
            record["format_version"] = "1.1.0"
            record["subject"].update(round=at[1], kind=at[2])
            record["answers"]["has-card"]["value"] = at[3]

        write_result(folder / f"{number}.json", set_up)
    results = aggregate(folder, load(minimal)[0], at_least=1)
    cards = {
        (count.round, count.kind, count.answer): count.count
        for count in results.counts
        if count.item == "has-card"
    }
    assert cards == {("2025", "a", "not-done"): 1, ("2026", "a", "done"): 1, ("2026", "b", "done"): 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_the_same_in_every_language(language: str) -> None:
    def keys(tree: Any, path: str = "") -> set[str]:
        if isinstance(tree, str):
            return {path + " " + " ".join(sorted(re.findall(r"\{[\w-]+\}", tree)))}
        return set().union(*(keys(value, f"{path}/{key}") for key, value in tree.items()))

    assert keys(words(language, "result")) == keys(words("ja", "result"))
