"""The handbook of a city library in examples/valid/minimal, which shows one item of every kind."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner, Result
from tebiki.cli.main import main

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLES = PROJECT / "tests" / "examples"
MINIMAL = EXAMPLES / "valid" / "minimal"
#: Those of this repository's handbook and of the example.
LANGUAGES = ("ja", "en")


def copy_minimal(into: Path) -> Path:
    """A copy of the example handbook in the new folder ``into``, ready to build."""
    shutil.copytree(MINIMAL, into, symlinks=True)
    (into / "site_overrides").symlink_to(PROJECT / "site_overrides")
    return into


def tebiki(root: Path, *arguments: str | Path) -> Result:
    """``tebiki --root ROOT ARGUMENTS…``, which has to end in an exit code and not in a traceback."""
    result = CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rewrite(file: Path, old: str, new: str) -> None:
    """Replace ``old``, which has to be there once, by ``new``."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")
