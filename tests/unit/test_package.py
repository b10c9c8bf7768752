"""The package: its version comes from one place, and other repositories can use its hook."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib

import click
import tebiki
import yaml
from example_handbook import PROJECT
from tebiki.cli.main import main


def test_the_version_is_written_in_one_place() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"] == {"path": "generator/tebiki/__init__.py"}
    for name in ("browser/package.json", "bench/forms/package.json"):
        assert "version" not in json.loads((PROJECT / name).read_text(encoding="utf-8"))
    command = [sys.executable, "-m", "tebiki", "--version"]
    assert subprocess.check_output(command, text=True) == f"tebiki {tebiki.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+", tebiki.__version__)


def test_the_changelog_starts_with_the_next_or_the_present_version() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"(?m)^## \[(.*?)\]", text)
    assert newest
    assert newest[1] in ("Unreleased", tebiki.__version__)


def test_the_hook_runs_a_command_that_exists() -> None:
    (hook,) = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] == "tebiki-check"
    program, command = hook["entry"].split()
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert program in scripts
    assert main.get_command(click.Context(main), command)
    assert hook["pass_filenames"] is False  # a problem can be in a file that was not changed
    for name in ("mkdocs.yml", "overlay.yml", "content/terms.yml", "checklists/visitor-check/1.0.0.yml"):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "docs/content/notes.md")
