"""The targets of the Makefile, run with what is installed and bundled here already."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

TOOLS = Path(sys.executable).parent
_BUNDLE = "site_overrides/assets/bundles/checklist.js"


def path_with_make(folder: Path) -> str:
    """A PATH on which ``make`` takes for done what would install, bundle and lint.

    ``folder`` is new; the command is written there. ``tebiki`` is on the PATH as well.
    """
    done = [f"{TOOLS.parent}/site.stamp", f"{TOOLS.parent}/test.stamp", _BUNDLE, "lint"]
    command = [shutil.which("make") or "", f"VENV={TOOLS.parent}", *(f"--old-file={one}" for one in done)]
    folder.mkdir(exist_ok=True)
    # the tests run under make themselves; what it has set for its own children is not meant for these
    script = f'#!/bin/sh\nunset MAKEFLAGS MFLAGS MAKELEVEL\nexec {shlex.join(command)} "$@"\n'
    (folder / "make").write_text(script, encoding="utf-8")
    (folder / "make").chmod(0o755)
    return f"{folder}:{TOOLS}:{os.environ['PATH']}"
