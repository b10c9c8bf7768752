"""Runs targets of the Makefile without installing or bundling anything."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

TOOLS = Path(sys.executable).parent
_BUNDLE = "browser/build/bundles/checklist.js"


def path_with_make(folder: Path) -> str:
    """Return a PATH with a ``make`` that takes installing, bundling and linting for done, and with ``tebiki``.

    Args:
        folder: A folder for the wrapper of ``make``; created when missing.
    """
    done = [f"{TOOLS.parent}/site.stamp", f"{TOOLS.parent}/test.stamp", _BUNDLE, "lint"]
    command = [
        shutil.which("make") or "",
        f"VENV={TOOLS.parent}",
        *(f"--old-file={target}" for target in done),
    ]
    folder.mkdir(exist_ok=True)
    # the tests themselves run under make, whose variables must not reach the tested make
    script = f'#!/bin/sh\nunset MAKEFLAGS MFLAGS MAKELEVEL\nexec {shlex.join(command)} "$@"\n'
    (folder / "make").write_text(script, encoding="utf-8")
    (folder / "make").chmod(0o755)
    return f"{folder}:{TOOLS}:{os.environ['PATH']}"
