"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import PROJECT, copy_minimal, tebiki
from hypothesis import settings

# a loaded machine is no finding
settings.register_profile("tebiki", deadline=None, print_blob=True)
settings.load_profile("tebiki")


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the example handbook that a test may change."""
    return copy_minimal(tmp_path / "minimal")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The finished sites of this repository's handbook ("real") and of the example ("example")."""
    folder = tmp_path_factory.mktemp("built")
    roots = {"real": PROJECT, "example": copy_minimal(folder / "minimal")}
    for name, root in roots.items():
        result = tebiki(root, "build", "--out", folder / name)
        assert result.exit_code == 0, result.output
    return {name: folder / name for name in roots}


@pytest.fixture(scope="session")
def site(built: dict[str, Path]) -> Path:
    """The finished site of the example handbook; not to be changed."""
    return built["example"]


@pytest.fixture(scope="session")
def by_zensical(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same two sites, made by the other builder."""
    folder = tmp_path_factory.mktemp("zensical")
    roots = {"real": PROJECT, "example": copy_minimal(folder / "minimal")}
    for name, root in roots.items():
        result = tebiki(root, "build", "--builder", "zensical", "--out", folder / name)
        assert result.exit_code == 0, result.output
    return {name: folder / name for name in roots}
