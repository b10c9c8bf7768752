"""DuckDB, as packing, counting and asking use it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tebiki.results.lake_error import LakeError

#: Nothing is downloaded: the wheel of DuckDB has all that is needed. No variable of this program is a table.
DATABASE_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "1GB",
    "python_enable_replacements": "false",
}


@contextlib.contextmanager
def connect(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty database in memory, which uses the folder ``scratch`` where memory does not suffice.

    Raises:
        LakeError: DuckDB or the disk has refused something.
    """
    config = {**DATABASE_SETTINGS, "temp_directory": str(scratch)}
    with refusals(scratch), duckdb.connect(config=config) as database:
        database.execute("SET enable_progress_bar = false")
        yield database


@contextlib.contextmanager
def refusals(scratch: Path) -> Iterator[None]:
    """Turn what DuckDB refuses, and what the disk with the temporary folder ``scratch`` does, into a LakeError."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise LakeError("no-memory", limit=str(DATABASE_SETTINGS["memory_limit"])) from error
    except duckdb.IOException as error:
        raise LakeError("no-room", folder=str(scratch.parent), why=reason_of(error)) from error
    except duckdb.Error as error:
        raise LakeError("database", why=reason_of(error)) from error
    except OSError as error:
        raise LakeError("no-room", folder=str(scratch.parent), why=error.strerror or str(error)) from error


def reason_of(error: Exception) -> str:
    """Return what an error of DuckDB says, in one line."""
    text = str(error).partition("\n")[0]
    with contextlib.suppress(ValueError, KeyError, TypeError):  # an error of a thread is in the text as JSON
        return str(json.loads(text[text.index("{") :])["exception_message"])
    return text


def sql_list(texts: list[str]) -> str:
    """Return texts as a list in SQL."""
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
