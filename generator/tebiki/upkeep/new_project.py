"""The folder of a new handbook: empty before, a git repository after, and gone if anything fails."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from tebiki.model.message import Message
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError, git_is_installed
from tebiki.upkeep.project_record import ProjectError


@contextlib.contextmanager
def new_project(root: Path) -> Iterator[None]:
    """Make the folder ``root`` for the files that the block writes, and add them to git.

    Raises:
        ProjectError: The folder is not empty, or git fails.
    """
    if not git_is_installed():
        raise ProjectError(Message("upkeep.project.no-git"))
    if root.exists() and (not root.is_dir() or any(entry.name != ".git" for entry in root.iterdir())):
        raise ProjectError(Message("upkeep.project.not-empty", folder=str(root)))
    existed, had_git = root.exists(), (root / ".git").exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        yield
        if not had_git:
            Repository.create(root)
        Repository(root).ask("add", "--all")
    except BaseException as error:
        _empty(root, keep_git=had_git)
        if not existed:
            with contextlib.suppress(OSError):
                root.rmdir()
        if isinstance(error, GitError):
            raise ProjectError(error.message) from error
        raise


def _empty(root: Path, keep_git: bool) -> None:
    for path in root.iterdir() if root.is_dir() else ():
        if path.name == ".git" and keep_git:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
