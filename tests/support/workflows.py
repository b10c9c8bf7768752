"""The workflows for GitHub and GitLab, read as the hosts read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from example_handbook import PROJECT

GITHUB = {file.stem: file for file in sorted((PROJECT / ".github/workflows").glob("*.yml"))}
GITLAB = PROJECT / ".gitlab-ci.yml"


def read(file: Path) -> dict[str, Any]:
    """A workflow; the key ``on`` is a word, as GitHub reads it."""
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


JOBS = {
    (name, job): definition for name, file in GITHUB.items() for job, definition in read(file)["jobs"].items()
}


def gitlab() -> dict[str, dict[str, Any]]:
    """The jobs of GitLab's file."""
    return {name: entry for name, entry in read(GITLAB).items() if "script" in entry}
