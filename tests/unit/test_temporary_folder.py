"""A temporary folder is removed, also where Ctrl-C comes while it is being removed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tebiki.files import temporary_folder

# Raises at the first step of the removal what Ctrl-C raises
INTERRUPTED = """
import os
from tebiki.files import temporary_folder

scandir = os.scandir
def interrupted(*arguments):
    os.scandir = scandir
    raise SystemExit(130)
with temporary_folder() as folder:
    (folder / "file").touch()
    os.scandir = interrupted
"""


def test_it_is_removed() -> None:
    with temporary_folder() as folder:
        (folder / "file").touch()
    assert not folder.exists()


def test_it_is_removed_when_its_removal_is_interrupted(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )
    assert done.returncode == 130
    assert not list(tmp_path.iterdir())
