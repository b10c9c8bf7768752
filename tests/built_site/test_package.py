"""The package: complete without a clone, its version from one place, its hook for other repositories."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import tebiki
import yaml
from example_handbook import MINIMAL, PROJECT
from tebiki.cli.main import main

#: What pip needs to build the package.
SOURCES = ("generator", "schemas", "site_overrides", "browser/build", "pyproject.toml", "setup.py", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip installed the package from a copy of its sources."""
    sources, installed = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("installed")
    ignored = shutil.ignore_patterns("*.egg-info", "__pycache__")
    for name in SOURCES:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, sources / name, ignore=ignored)
        else:
            shutil.copy(PROJECT / name, sources / name)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(installed)]
    run([sys.executable, "-m", "pip", "install", *options, str(sources)], sources)
    return installed


def run(command: list[str], folder: Path, **variables: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_installed_package_builds_the_same_site(installed: Path, site: Path, tmp_path: Path) -> None:
    root = tmp_path / "minimal"
    shutil.copytree(MINIMAL, root, symlinks=True)  # without site_overrides: the package has its own
    python = [sys.executable, "-c", "import tebiki; print(tebiki.__file__)"]
    assert Path(run(python, root, PYTHONPATH=str(installed)).strip()).is_relative_to(installed)
    command = [sys.executable, "-m", "tebiki", "build", "--out", str(tmp_path / "site")]
    run(command, root, PYTHONPATH=str(installed))
    assert differences(filecmp.dircmp(site, tmp_path / "site")) == []


def differences(compared: filecmp.dircmp[str]) -> list[str]:
    """Every file that is in one of two folders only or has other bytes."""
    _same, differ, errors = filecmp.cmpfiles(
        compared.left, compared.right, compared.common_files, shallow=False
    )
    here = [*compared.left_only, *compared.right_only, *differ, *errors]
    return here + [name for inside in compared.subdirs.values() for name in differences(inside)]


def test_the_version_is_written_in_one_place() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "tebiki.__version__"}
    for name in ("browser/package.json", "bench/forms/package.json"):
        assert "version" not in json.loads((PROJECT / name).read_text(encoding="utf-8"))
    assert run([sys.executable, "-m", "tebiki", "--version"], PROJECT) == f"tebiki {tebiki.__version__}\n"
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
