"""What the tests of the commands share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from overlay_handbook import create_branch, create_library
from published_handbook import create_repository, publish
from repository import commit
from shared_folder import make_once


@pytest.fixture
def repository(minimal: Path) -> Path:
    """The example handbook, committed and tagged as v1.2.0."""
    commit(minimal, "first", "v1.2.0")
    return minimal


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The example handbook as a repository."""
    create_library(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """The branch's handbook, with the library's beside it."""
    create_branch(tmp_path / "branch")
    return tmp_path / "branch"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example handbook as a repository, nothing published."""
    return create_repository(tmp_path / "handbook")


@pytest.fixture
def published(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example handbook as a repository whose version 1.2.0 is published."""

    def make(folder: Path) -> None:
        publish(create_repository(folder / "handbook"), "1.2.0")

    made = make_once(tmp_path_factory, "published", make) / "handbook"
    return shutil.copytree(made, tmp_path / "handbook", symlinks=True)
