"""On a disk that takes nothing more, every command says so in a line, and what stood there stays as it was.

``tests/commands/test_interrupted.py`` does the same to ``tebiki publish``.
"""

from __future__ import annotations

import contextlib
import json
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from example_handbook import rewrite, tebiki
from repository import commit, git
from result_files import write_result
from tebiki.model.site_layout import MARKER

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
)


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """No file may hold a byte more than it does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
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
    places = {"file": file, "second": second, "results": results, "folder": folder}
    with full_disk():
        done = run()
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert not list(folder.glob("*"))
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"earlier")
    with full_disk():
        done = run("--force")
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(name, b"earlier")]


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
