"""Measures the memory of a program and of all processes that it starts."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_INTERVAL = 0.2  # seconds


def peak_memory(command: Sequence[str]) -> float:
    """Run ``command``, and return the largest memory of all its processes together, in MiB.

    It is the sum of the proportional set sizes (Linux): what processes share after a fork counts once.

    Raises:
        subprocess.CalledProcessError: The command failed.
    """
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_size, _processes(process.pid))))
            time.sleep(_INTERVAL)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak / 1024


def _processes(process: int) -> Iterator[int]:
    """Yield ``process`` and all that descend from it."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(children).split():
            yield from _processes(int(child))


def _proportional_size(process: int) -> int:
    """The proportional set size of a process in KiB; 0 if it has ended."""
    for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except OSError:  # the process has ended
        return ""
