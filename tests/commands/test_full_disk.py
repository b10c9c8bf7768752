"""On a disk that takes nothing more, every command says so in a line, and what stood there stays as it was.

``tests/commands/test_interrupted.py`` does the same to ``tebiki publish``.
"""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
from repository import commit, git

COMMANDS = (
    "new page opening-hours",
    "translations",
    "translations confirm --all",
    "diff v1.2.0 --write",
    "release check",
    "build",
)


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
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # no file may hold a byte more than it does
    try:
        done = tebiki(minimal, *arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert done.exit_code == 1
    assert "File too large" in done.output
    assert "Traceback" not in done.output
    assert git(minimal, "status", "--porcelain", "--untracked-files=all") == ""
    assert not list(scratch.iterdir())
    assert not (tmp_path / "site").exists()
