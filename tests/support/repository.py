"""Real git repositories for tests, independent of the user's git settings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

#: The environment of git in every test: no settings of the machine, a fixed author and date.
SETTINGS = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "編集者", "GIT_AUTHOR_EMAIL": "editor@library.example.org",
    "GIT_COMMITTER_NAME": "編集者", "GIT_COMMITTER_EMAIL": "editor@library.example.org",
    "GIT_AUTHOR_DATE": "2026-04-01T09:00:00Z", "GIT_COMMITTER_DATE": "2026-04-01T09:00:00Z",
}  # fmt: skip


def git(root: Path, *arguments: str) -> str:
    """Run git in ``root``; return its standard output."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, env=SETTINGS, capture_output=True, text=True, check=True).stdout


def commit(root: Path, message: str = "a change", tag: str | None = None) -> str:
    """Commit everything in ``root``, after initialising a repository if there is none; return the commit."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
        (root / ".gitignore").write_text("build/\nsite/\nsite_overrides\n", encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    if tag:
        git(root, "tag", tag)
    return git(root, "rev-parse", "HEAD").strip()
