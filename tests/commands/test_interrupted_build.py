"""``tebiki build`` ends with one line on Ctrl-C, and its workers end with it, whatever ended it."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import LANGUAGES, tebiki
from patience import SECONDS
from tebiki.site.workers import CAN_FORK

MOMENTS = 2
#: Python's own start, before the first line of Tebiki, cannot be answered by Tebiki.
START = "from tebiki.__main__ import run; print('started', flush=True); run()"


@contextlib.contextmanager
def building(root: Path, out: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Start a build in a session of its own."""
    command = [sys.executable, "-c", START, "--root", str(root), "build", "--out", str(out), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "started\n"
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def living(group: int) -> list[str]:
    """The processes of ``group`` that have not ended."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    processes = [line.split(None, 2) for line in listed.splitlines()]
    return [rest[0] for pgid, state, *rest in processes if int(pgid) == group and state[0] not in "ZX"]


def wait_for_end(group: int) -> None:
    deadline = time.monotonic() + SECONDS
    while processes := living(group):
        assert time.monotonic() < deadline, processes
        time.sleep(0.1)


def test_ctrl_c_at_random_moments(minimal: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    with building(minimal, tmp_path / "site", "--no-cache") as process:
        process.communicate()
    assert process.returncode == 0
    duration = time.monotonic() - began
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    ends = []
    for number in range(MOMENTS):
        with building(minimal, tmp_path / "site", "--no-cache") as process:
            time.sleep(duration * (number + chance.random()) / MOMENTS)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            output, _ = process.communicate()
            assert living(process.pid) == [], f"seed {seed}, moment {number}"
        assert "Traceback" not in output, f"seed {seed}, moment {number}: {output}"
        assert process.returncode in (0, 130), f"seed {seed}, moment {number}: {output}"
        if process.returncode:
            assert output.splitlines()[-1] == "interrupted", f"seed {seed}, moment {number}: {output}"
        ends.append(process.returncode)
    print(f"interrupted {ends.count(130)} times of {MOMENTS}")
    assert 130 in ends
    assert sorted(path.name for path in tmp_path.iterdir()) == ["minimal", "site"]


def test_workers_end_with_a_killed_build(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEBIKI_CACHE", str(tmp_path / "cache"))
    assert tebiki(minimal, "build", "--out", tmp_path / "site").exit_code == 0
    for entry in (tmp_path / "cache/pages").iterdir():  # each worker waits for a writer that never comes
        entry.unlink()
        os.mkfifo(entry)
    with building(minimal, tmp_path / "site") as process:
        assert process.stdout
        assert "reading" in process.stdout.readline()
        time.sleep(1)
        assert len(living(process.pid)) == 1 + CAN_FORK + len(LANGUAGES)
        process.kill()
        process.wait()
        wait_for_end(process.pid)
