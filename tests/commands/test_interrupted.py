"""Whatever stops ``tebiki publish``, at whatever moment: the branch is as before or complete."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from published_handbook import ADDRESS, BRANCH, create_repository, publish, raise_version, tip
from repository import git

#: How often it is killed; ``make soak`` asks for a hundred.
KILLS = int(os.environ.get("TEBIKI_KILLS", "2"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook whose version 1.2.0 is published, and whose version 1.3.0 is to be."""
    root = create_repository(tmp_path_factory.mktemp("interrupted") / "handbook")
    publish(root, "1.2.0")
    git(root, "branch", "complete", BRANCH)
    raise_version(root, "1.3.0")
    publish(root, "1.3.0", "--branch", "complete")  # the same files give the same commit
    return root


@contextmanager
def publishing(root: Path, scratch: Path, blocks: int | None = None) -> Iterator[subprocess.Popen[str]]:
    """The command in a process group of its own; no file may grow beyond so many blocks of 512 bytes."""

    command = [
        sys.executable,
        "-m",
        "tebiki",
        "--root",
        str(root),
        "publish",
        "1.3.0",
        "--site-url",
        ADDRESS,
    ]
    if blocks is not None:
        command = ["sh", "-c", 'ulimit -f "$0" && exec "$@"', str(blocks), *command]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )  # fmt: skip
    try:
        yield process
    finally:
        stop(process, signal.SIGKILL)
        rest(process)


def rest(process: subprocess.Popen[str]) -> str:
    """What the command and all that it has started say until they end."""
    assert process.stdout
    output = "" if process.stdout.closed else process.stdout.read()
    process.stdout.close()
    process.wait()
    return output


def stop(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """Send a signal to the whole group, as a terminal does, and as a machine that is switched off would."""
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        return


def until(process: subprocess.Popen[str], step: str) -> str:
    """Wait until the command says that it has come to ``step``; what it has said so far."""
    output = ""
    assert process.stdout
    for line in process.stdout:
        output += line
        if step in line:
            return output
    raise AssertionError(f"it never came to {step}: {output}")


def test_killed_at_random_moments(root: Path, tmp_path: Path) -> None:
    before, complete = tip(root), tip(root, "complete")
    started = time.monotonic()
    with publishing(root, tmp_path) as process:
        until(process, "1.3.0 is on")
    takes = time.monotonic() - started
    assert tip(root) == complete
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    ends = {before: 0, complete: 0}
    for number in range(KILLS):
        git(root, "update-ref", f"refs/heads/{BRANCH}", before)
        with publishing(root, tmp_path) as process:
            if number % 2:  # every other time while git writes, which is the shorter part
                until(process, "[3/3]")
                time.sleep(chance.uniform(0, takes / 4))
            else:
                time.sleep(chance.uniform(0, takes))
            stop(process, chance.choice((signal.SIGKILL, signal.SIGINT, signal.SIGTERM)))
            rest(process)
        published = tip(root)
        assert published in ends, f"seed {seed}, kill {number}: neither as before nor complete"
        ends[published] += 1
        git(root, "rev-list", "--objects", "--quiet", BRANCH)  # every object of it is there
        (root / ".git/refs/heads" / f"{BRANCH}.lock").unlink(missing_ok=True)  # left by a killed git
    print(f"killed {KILLS} times: {ends[before]} as before, {ends[complete]} complete")
    git(root, "update-ref", f"refs/heads/{BRANCH}", before)
    with publishing(root, tmp_path) as process:
        until(process, "1.3.0 is on")
    assert tip(root) == complete
    git(root, "update-ref", f"refs/heads/{BRANCH}", before)


def test_ctrl_c_is_answered_in_words(root: Path, tmp_path: Path) -> None:
    before = tip(root)
    with publishing(root, tmp_path) as process:
        until(process, "[2/3]")
        stop(process, signal.SIGINT)
        output = rest(process)
    assert process.returncode == 130
    assert output.splitlines()[-1] == "interrupted"
    assert "Traceback" not in output
    assert tip(root) == before
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("blocks", [2, 60, 300])
def test_no_more_room(blocks: int, root: Path, tmp_path: Path) -> None:
    """Files that may not grow, as on a full disk: it says so, and leaves nothing behind."""
    before = tip(root)
    with publishing(root, tmp_path, blocks) as process:
        output = rest(process)
    assert process.returncode not in (0, None), output
    assert "Traceback" not in output
    assert re.search(r"File too large|signal|too large", output), output
    assert tip(root) == before
    assert not list(tmp_path.iterdir())
