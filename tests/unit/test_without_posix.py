"""Nothing is called that only POSIX has: tests of units run again with what Python has on Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from example_handbook import PROJECT

#: The tests of what deals with files, processes and the terminal.
UNITS = [
    *("test_build_lock", "test_cli", "test_files", "test_load", "test_local_server", "test_progress"),
    *("test_safe_paths", "test_swap"),
]


def test_the_units_work_without_posix() -> None:
    files = [f"tests/unit/{name}.py" for name in UNITS]
    command = [sys.executable, "-m", "pytest", "-p", "without_posix", "-p", "no:cacheprovider", *files]
    variables = {**os.environ, "PYTHONPATH": str(PROJECT / "tests/support")}
    done = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("import fcntl", "ModuleNotFoundError"),
        ("import os; os.fork()", "AttributeError"),
        ("from signal import SIGKILL", "ImportError"),
        ("import os; a = open('a', 'w'); os.replace('a', 'b')", "PermissionError"),
    ],
)
def test_what_only_posix_has_is_missing(source: str, error: str, tmp_path: Path) -> None:
    start = "import without_posix"
    run = f"exec({source!r}, {{'__name__': 'tebiki.example'}})"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.append({str(PROJECT / 'tests/support')!r}); {start}; {run}",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{error}: " in done.stderr
