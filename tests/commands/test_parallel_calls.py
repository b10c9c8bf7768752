"""Functions that are called in copies of a process: what comes back, and what ends with what."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time

import pytest
from patience import SECONDS

BEGINNING = """
import functools, os, signal, sys, time
from tebiki.site.parallel_calls import call_in_parallel

def named(name):
    return name, os.getpid()

def failing(error):
    raise error
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run ``program`` in a process of its own: copies of a process with other threads are not for tests."""
    return subprocess.run(
        [sys.executable, "-c", BEGINNING + program],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def test_results_come_back_in_order_from_as_many_processes() -> None:
    output = run(
        "calls = [functools.partial(named, name) for name in 'abc']\n"
        "results = call_in_parallel(*calls)\n"
        "print(*(name for name, _ in results), len({process for _, process in results}))\n"
        "print(results[-1][1] == os.getpid())"
    )
    assert output.stdout == "a b c 3\nTrue\n", output.stderr


def test_what_waits_to_be_printed_is_printed_once() -> None:
    output = run("sys.stdout.write('once\\n')\ncall_in_parallel(int, int)")
    assert output.stdout == "once\n"


def test_an_error_of_a_copy_is_raised_as_it_was() -> None:
    output = run(
        "try:\n"
        "    call_in_parallel(functools.partial(failing, OSError(28, 'No space left', 'file')), int)\n"
        "except OSError as error:\n"
        "    print(error, error.errno)"
    )
    assert output.stdout == "[Errno 28] No space left: 'file' 28\n", output.stderr


def test_an_unexpected_error_of_a_copy_says_where_it_was_raised() -> None:
    output = run("call_in_parallel(functools.partial(failing, KeyError('key')), int)")
    assert output.returncode == 1
    assert "in failing" in output.stderr


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(0)", "os._exit(3)"])
def test_a_copy_that_ends_without_a_result_is_an_error(end: str) -> None:
    output = run(f"call_in_parallel(lambda: {end}, int)")
    assert output.returncode == 1
    assert "BuildError" in output.stderr


def test_copies_end_with_an_error_of_this_process() -> None:
    output = run(
        "try:\n"
        f"    call_in_parallel(lambda: time.sleep({10 * SECONDS}), functools.partial(failing, OSError()))\n"
        "except OSError:\n"
        "    print('ended')\n"
        "os.wait()"
    )
    assert output.stdout == "ended\n"
    assert "ChildProcessError" in output.stderr, "nothing is left to wait for"


def test_copies_end_with_the_process() -> None:
    # at once, or the lines of two processes mix where Python does not buffer
    work = f"(os.write(1, b'%d\\n' % os.getpid()), time.sleep({10 * SECONDS}))"
    program = f"{BEGINNING}\ncall_in_parallel(*[lambda: {work}] * 3)"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        processes = {int(process.stdout.readline()) for _ in range(3)}
        process.kill()
        process.wait()
        deadline = time.monotonic() + SECONDS
        while any(map(lives, processes)):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def lives(process: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False
