"""What the tests of the history share."""

from __future__ import annotations

from pathlib import Path

import pytest
from repository import commit


@pytest.fixture
def repository(minimal: Path) -> Path:
    """The example handbook, committed and tagged as v1.2.0."""
    commit(minimal, "first", "v1.2.0")
    return minimal
