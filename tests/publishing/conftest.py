"""What the tests of publishing share."""

from __future__ import annotations

from pathlib import Path

import pytest
from published_handbook import a_repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example handbook as a repository, nothing published."""
    return a_repository(tmp_path / "handbook")
