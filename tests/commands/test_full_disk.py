"""On a disk that takes nothing more, every command says so in a line, and what stood there stays as it was.

``tests/commands/test_interrupted.py`` does the same to ``tebiki publish``.
"""

from __future__ import annotations

import contextlib
import json
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from example_handbook import LANGUAGES, rewrite, tebiki
from repository import commit, git
from result_files import tree, write_result
from tebiki.locales import words
from tebiki.locales.messages import message_text
from tebiki.model.message import Message
from tebiki.model.site_layout import MARKER
from tebiki.results.database import DATABASE_SETTINGS

COMMANDS = (
    "new page opening-hours",
    "translations",
    "translations confirm --all",
    "diff v1.2.0 --write",
    "release check",
    "build",
)


#: The commands that write from a result, and the file that each writes into its folder.
RESULT_COMMANDS = (
    ("migrate {file} --to 1.0.0 --out {folder}", "result.1.0.0.json"),
    ("merge {file} {second} --out {folder}/merged.json", "merged.json"),
    ("compare {file} {second} --out {folder}/compared.html", "compared.html"),
    ("report {file} --out {folder}/report.html", "report.html"),
    ("export {file} --to csv --out {folder}", "result.csv"),
    ("export {file} --to xlsx --out {folder}", "result.xlsx"),
    ("export {file} --to oscal --out {folder}", "result.oscal.json"),
    ("export {file} --to html --out {folder}", "result.html"),
    ("export {file} --to md --out {folder}", "result.md"),
    ("aggregate {results} -o {folder}/counts.html", "counts.html"),
    ("aggregate {results} -o {folder}/counts.xlsx", "counts.xlsx"),
    ("aggregate {results} -o {folder}/counts.parquet", "counts.parquet"),
    ("aggregate {lake} -o {folder}/counts.csv", "counts.csv"),
    ("aggregate {lake} -o {folder}/counts.parquet", "counts.parquet"),
    ("query {lake} {query} -o {folder}/rows.csv", "rows.csv"),
)


@contextlib.contextmanager
def full_disk(room: int = 0) -> Iterator[None]:
    """No file may hold more than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_more_room(command: str, minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(minimal, tag="v1.2.0")
    rewrite(minimal / "content/terms.yml", "本や雑誌を2週間、", "本や雑誌を3週間、")
    rewrite(minimal / "content/handbook.yml", "version: 1.2.0", "version: 1.3.0")
    commit(minimal)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    arguments = [*command.split(), "--out", str(tmp_path / "site")] if "build" in command else command.split()
    with full_disk():
        done = tebiki(minimal, *arguments)
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert "Traceback" not in done.output
    assert git(minimal, "status", "--porcelain", "--untracked-files=all") == ""
    assert not list(scratch.iterdir())
    assert not (tmp_path / "site").exists()


def says_what_to_do(output: str) -> bool:
    remedies = (
        text.rpartition("}")[2]
        for language in LANGUAGES
        for text in (
            words(language, "result")["write"]["failed"],
            words(language, "result")["lake"]["no-room"],
            message_text(Message("common.system-error.remedy"), language),
        )
    )
    return any(remedy in output for remedy in remedies)


@pytest.mark.parametrize(("command", "name"), RESULT_COMMANDS)
def test_a_result_command_keeps_the_earlier_file(
    command: str, name: str, minimal: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"

    def run(*options: str) -> Result:
        return tebiki(minimal, "result", *command.format_map(places).split(), *options)

    results = tmp_path / "results"
    results.mkdir()
    file = write_result(results / "result.json")
    second = write_result(results / "second.json", lambda record: record["subject"].update(label="Second"))
    lake, query = tmp_path / "lake", tmp_path / "query.sql"
    tebiki(minimal, "result", "pack", results, "-o", lake)
    query.write_text("SELECT * FROM answers", encoding="utf-8")
    places = {
        "file": file, "second": second, "results": results, "folder": folder, "lake": lake, "query": query
    }  # fmt: skip
    with full_disk():
        done = run()
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert says_what_to_do(done.output)
    assert not list(folder.glob("*"))
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"earlier")
    with full_disk():
        done = run("--force")
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(name, b"earlier")]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_lake_has_no_half_files_whatever_there_is_room_for(
    processes: int, minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows for DuckDB, what DuckDB writes, a part, or the manifest is too large."""
    monkeypatch.setattr("tebiki.results.collect.MAX_FILES", 2)
    monkeypatch.setattr("os.cpu_count", lambda: processes)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    earlier, later = tmp_path / "earlier", tmp_path / "later"
    for folder, names in ((earlier, "a"), (later, "bcde")):
        folder.mkdir()
        for name in names:
            write_result(
                folder / f"{name}.json", lambda record, name=name: record["subject"].update(label=name)
            )
    lake, complete = tmp_path / "lake", tmp_path / "complete"
    tebiki(minimal, "result", "pack", earlier, "-o", lake)
    before = tree(lake)
    shutil.copytree(lake, complete)
    tebiki(minimal, "result", "pack", later, "-o", complete)
    largest = max(map(len, tree(complete).values()))
    for room in range(100, largest, 150):
        with full_disk(room):
            done = tebiki(minimal, "result", "pack", later, "-o", lake)
        assert done.exit_code == 1, room
        assert "File too large" in done.output
        assert str(lake) in done.output or str(scratch) in done.output
        assert says_what_to_do(done.output)
        assert "Traceback" not in done.output
        assert len(list(lake.glob("manifest-*"))) == 1
        assert before.items() <= tree(lake).items() <= tree(complete).items()
        assert not list(scratch.iterdir())
    tebiki(minimal, "result", "pack", later, "-o", lake)
    assert tree(lake) == tree(complete)


def test_a_query_that_needs_more_than_memory_and_disk(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    lake, query = tmp_path / "lake", tmp_path / "query.sql"
    (tmp_path / "results").mkdir()
    write_result(tmp_path / "results" / "a.json")
    tebiki(minimal, "result", "pack", tmp_path / "results", "-o", lake)
    monkeypatch.setitem(DATABASE_SETTINGS, "memory_limit", "20MB")
    query.write_text("SELECT i FROM range(10000000) AS many (i) ORDER BY hash(i)", encoding="utf-8")
    with full_disk():
        done = tebiki(minimal, "result", "query", lake, query, "--lang", "en")
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert str(scratch) in done.output
    assert says_what_to_do(done.output)
    assert not list(scratch.iterdir())


def test_a_packed_site_stays(minimal: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / MARKER).write_text(json.dumps({"handbook": "library", "version": "1.2.0"}), encoding="utf-8")
    packed = tmp_path / "packed" / "library-1.2.0.zip"
    packed.parent.mkdir()
    packed.write_bytes(b"earlier")
    with full_disk():
        done = tebiki(minimal, "offline", "--site", site, "--out", packed.parent)
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert [(path.name, path.read_bytes()) for path in packed.parent.iterdir()] == [(packed.name, b"earlier")]
