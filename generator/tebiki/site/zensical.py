"""build, with Zensical instead of MkDocs: a staged tree → the same pages at the same addresses.

Zensical is the successor of MkDocs Material, by its authors; it reads the same configuration and the
same theme overrides. What differs is in ``docs/zensical.md``. It is installed for the tests, and
needed for nothing else.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

#: What can build a staged tree, the one that is meant first.
BUILDERS = ("mkdocs", "zensical")


class RefusedByZensical(Exception):
    """A staged tree was refused; the text is what Zensical said."""


def zensical_is_here() -> bool:
    """Whether Zensical is installed beside this package."""
    return importlib.util.find_spec("zensical") is not None


def build_with_zensical(stage: Path, site: Path) -> None:
    """Build the tree in ``stage`` into the new folder ``site``.

    Raises RefusedByZensical when Zensical reports so much as a warning.
    """
    # it builds beside its configuration, and has no option for another place
    config = str(stage / "mkdocs.yml")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "--config-file", config]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").splitlines()
        frames = ("Traceback", "  ")  # of Zensical's own code, where a template cannot be read
        raise RefusedByZensical("\n".join(line for line in said if line and not line.startswith(frames)))
    built = stage / "site"
    (built / "search").mkdir()
    (built / "search.json").rename(built / "search" / "search_index.json")  # where MkDocs writes it
    site.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(built, site)
