"""What the tests of overlays share."""

from __future__ import annotations

from pathlib import Path

import pytest
from overlay_handbook import a_branch, a_library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The example handbook as a repository."""
    a_library(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """The branch's handbook, with the library's beside it."""
    a_branch(tmp_path / "branch")
    return tmp_path / "branch"
