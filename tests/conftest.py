"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import copy_minimal
from hypothesis import settings

# a loaded machine is no finding
settings.register_profile("tebiki", deadline=None, print_blob=True)
settings.load_profile("tebiki")


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the example handbook that a test may change."""
    return copy_minimal(tmp_path / "minimal")
