"""Starts Python without what lies in the current folder: a handbook may hold a ``yaml.py``."""

from __future__ import annotations

import sys
from pathlib import Path

#: Where this package lies; it may be outside the places that an isolated interpreter looks at.
_SOURCE_ROOT = Path(__file__).resolve().parents[2]


def isolated_python(module: str, *arguments: str) -> list[str]:
    """Return the command that runs ``module`` as ``python -m`` does, in an isolated interpreter.

    ``-I`` leaves out the current folder, the folder of the person, and all variables for Python. Its output is UTF-8,
    whatever the terminal can show.
    """
    start = (
        "import runpy, sys;"
        f" sys.path.append({str(_SOURCE_ROOT)!r});"
        f" sys.argv[0] = {module!r};"
        f" runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    )
    return [sys.executable, "-I", "-X", "utf8", "-c", start, *arguments]
