"""What the tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import OTHER_HANDBOOKS, PROJECT, SOAK, copy_minimal, tebiki
from hypothesis import settings
from shared_folder import make_once, shared_folder

# a loaded machine is no finding
settings.register_profile("tebiki", deadline=None, print_blob=True)
settings.load_profile("tebiki")


def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers share the tests: one more than cores, since a test often waits for a browser or git."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps what is fetched and built out of the person's own cache; all workers of a run share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEBIKI_CACHE", str(shared_folder(tmp_path_factory) / "cache"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _english() -> Iterator[None]:
    """Makes messages English, whatever the language of the person is who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEBIKI_LANG", "en")
        yield


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the example handbook that a test may change."""
    return copy_minimal(tmp_path / "minimal")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The finished sites of this repository's handbook ("real") and of the example ("example")."""
    return _sites(tmp_path_factory, "built", ("real", "example"))


@pytest.fixture(scope="session")
def site(built: dict[str, Path]) -> Path:
    """The finished site of the example handbook; not to be changed."""
    return built["example"]


@pytest.fixture(scope="session")
def other_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The finished sites of ``OTHER_HANDBOOKS`` and of a new handbook ("starter"); not to be changed."""

    def build(folder: Path) -> None:
        for name, root in OTHER_HANDBOOKS.items():
            shutil.copytree(root, folder / f"{name}-files")
        started = tebiki(folder, "init", "starter-files", "--lang", "en")
        assert started.exit_code == 0, started.output
        for name in names:
            result = tebiki(folder / f"{name}-files", "build", "--out", folder / name)
            assert result.exit_code == 0, result.output

    names = (*OTHER_HANDBOOKS, "starter")
    folder = make_once(tmp_path_factory, "other-handbooks", build)
    return {name: folder / name for name in names}


@pytest.fixture(scope="session")
def by_zensical(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of the example, made by the other builder; in `make soak` also that of this repository."""
    names = ("real", "example") if SOAK else ("example",)
    return _sites(tmp_path_factory, "zensical", names, "--builder", "zensical")


def _sites(
    tmp_path_factory: pytest.TempPathFactory, name: str, sites: tuple[str, ...], *options: str
) -> dict[str, Path]:
    def build(folder: Path) -> None:
        roots = {"real": PROJECT, "example": copy_minimal(folder / "minimal")}
        for site in sites:
            result = tebiki(roots[site], "build", *options, "--out", folder / site)
            assert result.exit_code == 0, result.output

    folder = make_once(tmp_path_factory, name, build)
    return {site: folder / site for site in sites}
