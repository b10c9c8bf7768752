"""Measures the processor time of ``tebiki --help`` beside that of the smallest program made with click."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPEATS = 10
LIMIT = 150
BARE = """
import click

@click.group()
def main():
    pass

@main.command()
def build():
    pass

main()
"""


def milliseconds(command: list[str], folder: str) -> float:
    """The least of several processor times of ``command``, in milliseconds, after a first run that compiles."""
    times = []
    for _repeat in range(1 + REPEATS):
        before = os.times()
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        spent = (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )
        times.append(1000 * spent)
    return min(times[1:])


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "bare.py")
        program.write_text(BARE, encoding="utf-8")
        bare = milliseconds([sys.executable, str(program), "--help"], folder)
        ours = milliseconds([sys.executable, "-m", "tebiki", "--help"], folder)
    print(f"tebiki --help: {ours:.0f} ms of processor time, a bare click program {bare:.0f} ms")
    print(f"  {ours - bare:.0f} ms above it (limit {LIMIT} ms), {ours / bare:.2f} times")
    return 0 if ours - bare <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
