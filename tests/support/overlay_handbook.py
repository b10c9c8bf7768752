"""The handbook of a branch library, made from that of examples/valid/minimal, in real repositories."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

from example_handbook import EXAMPLES, MINIMAL
from repository import commit, git

BRANCH = EXAMPLES / "valid" / "branch"
_OPEN = "0" * 40  # stands for the library's commit in the examples


@functools.cache
def _library() -> Path:
    """A repository to be copied, which is faster than making one."""
    folder = Path(tempfile.mkdtemp(prefix="tebiki-library-")) / "library"
    shutil.copytree(MINIMAL, folder, symlinks=True)
    commit(folder, "Version 1.2.0", "v1.2.0")
    return folder


def a_library(folder: Path) -> str:
    """The example handbook as a repository in the new folder ``folder``, tagged v1.2.0; the commit."""
    shutil.copytree(_library(), folder, symlinks=True)
    return git(folder, "rev-parse", "HEAD").strip()


def a_branch(folder: Path) -> str:
    """The branch's handbook in the new folder ``folder``, with the library's beside it; that one's commit."""
    library = folder.parent / "library"
    at = git(library, "rev-parse", "v1.2.0").strip() if library.exists() else a_library(library)
    shutil.copytree(BRANCH, folder, symlinks=True)
    pin(folder)
    return at


def pin(folder: Path) -> None:
    """Put the library's commit into ``overlay.yml`` where it is still open."""
    at = git(folder.parent / "library", "rev-parse", "v1.2.0").strip()
    file = folder / "overlay.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(_OPEN, at), encoding="utf-8")
