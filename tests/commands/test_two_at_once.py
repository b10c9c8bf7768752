"""Two commands that write one site at the same time: both end well, and the site is whole."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import copy_minimal, tebiki
from patience import BUILD_SECONDS
from tebiki.site.build_lock import build_lock


@contextlib.contextmanager
def building(root: Path, out: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a build of the handbook in ``root`` into ``out``."""
    command = [sys.executable, "-m", "tebiki", "--root", str(root), "build", "--no-cache", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_minimal(tmp_path_factory.mktemp("two") / "minimal")


@pytest.fixture(scope="module")
def complete(handbook: Path) -> dict[str, bytes]:
    """The files of the site as a build alone makes them."""
    out = handbook.with_name("alone")
    assert tebiki(handbook, "build", "--out", out).exit_code == 0
    return files(out)


@contextlib.contextmanager
def two_builds(root: Path, out: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Two builds into one folder: the first has the lock and is stopped, and the second waits."""
    with building(root, out) as first:
        assert first.stdout
        first.stdout.readline()  # it has read the handbook, and has the lock
        first.send_signal(signal.SIGSTOP)
        with building(root, out) as second:
            assert second.stdout
            line = second.stdout.readline()
            assert f"is in use by tebiki build (process {first.pid}, since" in line, line
            yield [first, second]


def test_two_builds_into_one_folder(handbook: Path, tmp_path: Path, complete: dict[str, bytes]) -> None:
    out = tmp_path / "site"
    with two_builds(handbook, out) as processes:
        processes[0].send_signal(signal.SIGCONT)
        outputs = [process.communicate(timeout=BUILD_SECONDS)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert files(out) == complete
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_waits_goes_on_when_the_other_is_killed(
    handbook: Path, tmp_path: Path, complete: dict[str, bytes]
) -> None:
    out = tmp_path / "site"
    with two_builds(handbook, out) as (first, second):
        first.send_signal(signal.SIGKILL)
        output, _ = second.communicate(timeout=BUILD_SECONDS)
    assert second.returncode == 0, output
    assert files(out) == complete


def test_packing_waits_for_a_build(handbook: Path, complete: dict[str, bytes]) -> None:
    site = handbook.with_name("alone")
    command = [sys.executable, "-m", "tebiki", "--root", str(handbook), "offline", "--site", str(site)]
    lock = contextlib.ExitStack()
    lock.enter_context(build_lock("serve", site, report=lambda message: pytest.fail(str(message))))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as packing:
        assert packing.stdout
        with lock:
            assert f"{site} is in use by tebiki serve (process {os.getpid()}, " in packing.stdout.readline()
        assert packing.wait(BUILD_SECONDS) == 0
    with zipfile.ZipFile(next((handbook / "build" / "offline").iterdir())) as archive:
        assert len(archive.namelist()) == len(complete)
