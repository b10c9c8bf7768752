"""No command fails because the terminal cannot show a character."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from example_handbook import MINIMAL, rewrite
from repository import commit
from result_files import write_result
from tebiki.cli.main import main

ENCODINGS = ("cp932", "latin-1", "ascii", "euc-jp")
#: What the encodings cannot all show: Japanese, an arrow, a Latin letter, a sign beyond 16 bits.
HARD = "図書館→é😀"
COMMANDS = (
    "check",
    "check --format json",
    "check --format github",
    f"diff v1.2.0 {MINIMAL}",
    "diff v1.2.0",
    "diff v1.2.0 --format json",
    "summary v1.2.0",
    "release check",
    "translations",
    "review --on 2030-01-01",
    "coverage",
    f"impact {HARD}",
    "impact doc-ordinance",
    f"search {HARD}",
    f"new page {HARD}",
    "build",
    f"build --lang {HARD}",
    f"publish {HARD}",
    f"upstream {HARD}",
    f"sources fingerprint {HARD}",
    f"checklist export {HARD} --to csv",
    "upgrade",
    f"schemas --out {{folder}}/{HARD}",
    "offline",
    "editor",
    "format --check",
    "table terms --out {folder}/terms.csv",
    "result check {file} --lang ja",
    "result compare {file} {second} --lang ja",
    "result report {file} --lang ja --out {folder}/report.html",
    "result migrate {file} --to 9.9.9 --lang ja --out {folder}",
    "result merge {file} {second} --lang ja --out {folder}/merged.json",
    "result aggregate {folder} --lang ja --out {folder}/counts.html",
    "result export {file} --to csv --lang ja --out {folder}",
    "--help",
    HARD,
)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tagged handbook with an error whose message holds what no terminal can show."""
    root = tmp_path_factory.mktemp("terminals") / "minimal"
    root.mkdir()
    for folder in ("content", "checklists"):
        subprocess.run(["cp", "-r", str(MINIMAL / folder), str(root / folder)], check=True)
    (root / "mkdocs.yml").write_bytes((MINIMAL / "mkdocs.yml").read_bytes())
    commit(root, tag="v1.2.0")
    rewrite(root / "content/terms.yml", "kind: term\n", f'kind: term\n"{HARD}": 1\n')
    rewrite(root / "content/events.yml", "kind: event", f"kind: {HARD}")
    return root


def run(handbook: Path, encoding: str, command: str, folder: Path) -> Result:
    places = {
        "file": write_result(folder / f"{HARD}.json"),
        "second": write_result(folder / "second.json", lambda record: record["subject"].update(label=HARD)),
        "folder": folder,
    }
    arguments = [part.format_map(places) for part in command.split()]
    return CliRunner(charset=encoding).invoke(main, ["--root", str(handbook), *arguments])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_ends_without_a_traceback(encoding: str, handbook: Path, tmp_path: Path) -> None:
    for command in COMMANDS:
        folder = tmp_path / str(COMMANDS.index(command))
        folder.mkdir()
        result = run(handbook, encoding, command, folder)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            command,
            result.exception,
        )
    assert {name for command in COMMANDS for name in command.split()} >= set(
        main.list_commands(click.Context(main))
    ) - {
        "serve",
        "init",
    }


@pytest.mark.parametrize("encoding", sorted({*ENCODINGS} - {"ascii"}))  # to ASCII alone, click writes UTF-8
def test_json_stays_json(encoding: str, handbook: Path, tmp_path: Path) -> None:
    result = run(handbook, encoding, "check --format json", tmp_path)
    assert any(HARD in problem["message"] for problem in json.loads(result.stdout))


def test_the_program_itself(handbook: Path) -> None:
    command = [sys.executable, "-m", "tebiki", "--root", str(handbook), "check"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"\\u56f3\\u66f8\\u9928\\u2192\xe9\\ud83d\\ude00" in done.stdout
    assert b"Traceback" not in done.stderr
