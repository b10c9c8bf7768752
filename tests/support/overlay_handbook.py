"""An overlay handbook of a branch library on the example handbook, in real git repositories."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

from example_handbook import EXAMPLES, MINIMAL
from repository import commit, git

BRANCH = EXAMPLES / "valid" / "branch"
_COMMIT_PLACEHOLDER = "0" * 40  # stands for the library's commit in the examples


@functools.cache
def _library() -> Path:
    """Create a repository once per process, because copying it is faster than creating another."""
    folder = Path(tempfile.mkdtemp(prefix="tebiki-library-")) / "library"
    shutil.copytree(MINIMAL, folder, symlinks=True)
    commit(folder, "Version 1.2.0", "v1.2.0")
    return folder


def create_library(folder: Path) -> str:
    """Create the example handbook as a repository in ``folder``, tagged v1.2.0; return its commit."""
    shutil.copytree(_library(), folder, symlinks=True)
    return git(folder, "rev-parse", "HEAD").strip()


def create_branch(folder: Path) -> str:
    """Create the branch's handbook in ``folder`` and the library's beside it; return the library's commit."""
    library = folder.parent / "library"
    commit_id = git(library, "rev-parse", "v1.2.0").strip() if library.exists() else create_library(library)
    shutil.copytree(BRANCH, folder, symlinks=True)
    pin_library(folder)
    return commit_id


def pin_library(folder: Path) -> None:
    """Replace the placeholder in ``overlay.yml`` by the library's commit."""
    commit_id = git(folder.parent / "library", "rev-parse", "v1.2.0").strip()
    file = folder / "overlay.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(_COMMIT_PLACEHOLDER, commit_id), encoding="utf-8")
