"""``tebiki diff`` where it cannot compare: a sentence with the remedy, and no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from diffs import diff_error
from example_handbook import rewrite
from repository import commit, git

CHECKLIST = "checklists/visitor-check/1.0.0.yml"


def test_a_reference_that_does_not_exist(repository: Path) -> None:
    assert "git knows no v1.2.O; did you mean v1.2.0?" in diff_error(repository, "v1.2.O")
    assert "git fetch --tags" in diff_error(repository, "v9", "v1.2.0")
    assert "git knows no HEAD:content" in diff_error(repository, "HEAD:content")
    for odd in ("", "-x", "HEAD^{tree}", "v1.2.0\n", "../../etc"):
        assert "git knows no " in diff_error(repository, "--", odd)


def test_a_repository_without_a_commit(minimal: Path) -> None:
    git(minimal, "init", "--quiet")
    assert "nothing has been committed yet" in diff_error(minimal, "HEAD")


def test_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    commit(repository, "second")
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", repository.as_uri(), str(tmp_path / "clone")], check=True
    )
    message = diff_error(tmp_path / "clone", "v1.2.0")
    assert "this clone is shallow" in message
    assert "git fetch --unshallow --tags" in message


def test_a_folder_that_is_no_repository(minimal: Path) -> None:
    message = diff_error(minimal, "v1.2.0")
    assert "is in no git repository" in message
    assert "git init" in message


def test_git_is_missing(minimal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert "git is not installed here: install it" in diff_error(minimal, "v1.2.0")


def test_a_commit_before_the_handbook(minimal: Path) -> None:
    (minimal / "mkdocs.yml").rename(minimal / "later.yml")
    commit(minimal, "before", "v0")
    (minimal / "later.yml").rename(minimal / "mkdocs.yml")
    assert "at v0 there is no handbook" in diff_error(minimal, "v0")


def test_a_state_that_this_generator_does_not_read(repository: Path) -> None:
    rewrite(repository / "content/events.yml", "planned: true", "planned: perhaps")
    rewrite(repository / "content/cases.yml", "kind: case", "kind: story")
    commit(repository, "of another time", "v1.3.0")
    message = diff_error(repository, "v1.3.0", "v1.2.0")
    assert message.startswith("v1.3.0 cannot be read: content/cases.yml:2:1 kind ")
    assert "(and 1 more)" in message
    assert "another version of the generator" in message


def test_an_id_that_stands_twice(repository: Path) -> None:
    shutil.copy(repository / "content/events.yml", repository / "content/again.yml")
    message = diff_error(repository, "v1.2.0")
    assert "has event-new-building twice, at content/again.yml:4:5 and content/events.yml:4:5" in message


def test_links_in_the_history_are_not_followed(repository: Path) -> None:
    (repository / "content/secret.yml").symlink_to("/etc/passwd")
    commit(repository, "a link", "v1.3.0")
    (repository / "content/secret.yml").unlink()
    assert "content/secret.yml is a link" in diff_error(repository, "v1.3.0")


def test_the_real_command_in_another_folder_and_language(repository: Path) -> None:
    command = [Path(sys.executable).with_name("tebiki"), "--root", repository, "diff", "nowhere"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "ja_JP.UTF-8"}
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "git knows no nowhere" in done.stderr
