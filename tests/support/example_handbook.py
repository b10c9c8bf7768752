"""The example handbook of a city library in examples/valid/minimal, with an item of every kind."""

from __future__ import annotations

import functools
import os
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tebiki.cli.main import main
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLES = PROJECT / "tests" / "examples"
MINIMAL = EXAMPLES / "valid" / "minimal"
#: Handbooks on other subjects and in other languages.
OTHER_HANDBOOKS = {name: EXAMPLES / "valid" / name for name in ("research-data", "accessibility")}
#: The languages of this repository's handbook and of the example.
LANGUAGES = ("ja", "en")

#: Whether `make soak` runs the tests, which then leave nothing out.
SOAK = bool(os.environ.get("TEBIKI_SOAK"))


def languages_by_turns(number: int) -> tuple[str, ...]:
    """Return the language of the ``number``-th of many pages that are checked, each in one; ``make soak``: all."""
    return LANGUAGES if SOAK else (LANGUAGES[number % len(LANGUAGES)],)


def in_one_language(test: Callable[..., Any]) -> Any:
    """Run a test whose steps depend on no words in one of the languages; ``make soak`` runs it in both."""
    turn = zlib.crc32(test.__name__.encode()) % len(LANGUAGES)
    languages = LANGUAGES if SOAK else LANGUAGES[turn : turn + 1]
    return pytest.mark.parametrize("language", languages)(test)


@functools.cache
def loaded(root: Path) -> Handbook:
    """Return the handbook in ``root``, read once for each process of a test run; not to be changed."""
    return load(root)[0]


def of_institutions(handbook: Handbook) -> Handbook:
    """Return a handbook whose checklists are all answered for institutions: persons are never counted below five."""
    readers = [{**reader, "institution": True} for reader in handbook.data["audiences"]]
    return replace(handbook, data={**handbook.data, "audiences": readers})


def copy_minimal(folder: Path) -> Path:
    """Copy the example handbook to the new folder ``folder``, ready to build; return ``folder``."""
    shutil.copytree(MINIMAL, folder, symlinks=True)
    return folder


def tebiki(root: Path, *arguments: str | Path) -> Result:
    """Run ``tebiki --root ROOT ARGUMENTS…`` in this process.

    Raises:
        Exception: Any exception other than SystemExit that the command raised.
    """
    result = CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rewrite(file: Path, old: str, new: str) -> None:
    """Replace ``old``, which must occur exactly once in ``file``, by ``new``."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")
