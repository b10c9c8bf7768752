"""A lake: the rows of any number of results as Parquet files, which every engine can read.

Its files are those that ``docs/results-at-scale.md`` describes. Nothing in a lake is ever changed; ``pack`` only adds
files. A manifest names the parts of the batches that were packed together with their SHA-256, and only these are read.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.results.lake_error import LakeError
from tebiki.results.lake_format import LAKE_FORMAT, TABLE_FOLDERS

_LAKE_FORMAT_MAJOR = 1
_MANIFESTS = "manifest-*.json"
_ID = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_PARTITION = rf"round=(?:_|[0-9-]+)/kind=(?:_|{_ID})"
_PART = re.compile(rf"(?:(?:answers|assessments)/{_PARTITION}|left-out)/part-[0-9a-f]{{32}}\.parquet")
_VERSION = re.compile(r"([0-9]{1,9})\.[0-9]{1,9}\.[0-9]{1,9}")
#: Nothing is downloaded: the wheel of DuckDB has all that is needed. No variable of this program is a table.
DATABASE_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "1GB",
    "python_enable_replacements": "false",
}
_COLUMNS = {
    "answers": "state BIGINT, assessment TEXT, checklist TEXT, version TEXT, digest TEXT, institution TEXT,"
    " section TEXT, item TEXT, rev INT, own BOOLEAN, status TEXT, round TEXT, kind TEXT",
    "assessments": "state BIGINT, assessment TEXT, checklist TEXT, version TEXT, digest TEXT, institution TEXT,"
    " handbook TEXT, status TEXT, updated TEXT, file TEXT, round TEXT, kind TEXT",
    "left_out": "file TEXT, number INT, reason TEXT, details TEXT, hint TEXT",
}


@dataclass(frozen=True)
class Lake:
    """A lake whose parts are all there and unchanged.

    Attributes:
        folder: Its folder.
        parts: The path of every part below the folder, with ``/``, in order.
        checklists: The digest of every checklist version that has results, by checklist id and version.
    """

    folder: Path
    parts: tuple[str, ...]
    checklists: Mapping[tuple[str, str], str]

    def parts_of(self, table: str) -> list[str]:
        """Return the path of every part of a table."""
        folder = f"{TABLE_FOLDERS[table]}/"
        return [str(self.folder / part) for part in self.parts if part.startswith(folder)]

    def create_views(self, database: duckdb.DuckDBPyConnection) -> None:
        """Create the views ``answers``, ``assessments`` and ``left_out``."""
        for table, columns in _COLUMNS.items():
            parts = self.parts_of(table)
            if not parts:
                database.execute(f"CREATE TABLE {table} ({columns})")
                continue
            names = ", ".join(column.split()[0] for column in columns.split(", "))
            database.execute(
                f"CREATE VIEW {table} AS SELECT {names} FROM read_parquet({_sql_list(parts)},"
                " hive_partitioning = true, hive_types_autocast = false)"
            )


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """Open an empty database in memory, which uses the folder ``scratch`` where memory does not suffice."""
    database = duckdb.connect(config={**DATABASE_SETTINGS, "temp_directory": str(scratch)})
    database.execute("SET enable_progress_bar = false")
    return database


def is_lake(folder: Path) -> bool:
    """Return whether a folder has a manifest of a lake."""
    return any(folder.glob(_MANIFESTS))


def open_lake(folder: Path, handbook: Handbook) -> Lake:
    """Read the manifests of a lake and check every part.

    Args:
        folder: The folder of the lake.
        handbook: The handbook that the lake has to belong to.

    Returns:
        The lake.

    Raises:
        LakeError: A part is missing or not the one that a manifest names, a manifest was edited or is of a newer
            format, or the lake belongs to another handbook.
    """
    manifests = _read_manifests(folder, handbook)
    if not manifests:
        raise LakeError("no-lake", folder=str(folder))
    known = _checklist_digests(handbook)
    batches: dict[str, Mapping[str, str]] = {}
    checklists: dict[tuple[str, str], str] = {}
    for manifest in manifests:
        manifest.refuse_unlike(known, manifest.checklists.keys())
        batches.update(manifest.batches)  # a batch that was packed twice counts once
        checklists.update(manifest.checklists)
    digests = {name: sha256 for parts in batches.values() for name, sha256 in parts.items()}
    with ThreadPoolExecutor() as pool:
        for name, actual in zip(
            digests, pool.map(_file_digest, [folder / name for name in digests]), strict=True
        ):
            if actual != digests[name]:
                raise LakeError("part-missing" if actual is None else "part-changed", part=name)
    return Lake(folder, tuple(sorted(digests)), checklists)


def refuse_unreadable(folder: Path, handbook: Handbook) -> None:
    """Refuse a lake that nobody could read any more with results of ``handbook`` in it.

    Raises:
        LakeError: A manifest was edited, is of a newer format or of another handbook, or has other content for a
            checklist version of this one.
    """
    known = _checklist_digests(handbook)
    for manifest in _read_manifests(folder, handbook):
        # who has a newer handbook may have packed versions that this one does not have
        manifest.refuse_unlike(known, manifest.checklists.keys() & known.keys())


@dataclass(frozen=True)
class _Manifest:
    name: str
    batches: dict[str, dict[str, str]]  # the SHA-256 of each part, by the digest of its batch and its path
    checklists: dict[tuple[str, str], str]

    def refuse_unlike(self, known: Mapping[tuple[str, str], str], keys: Iterable[tuple[str, str]]) -> None:
        """Raise LakeError if one of the versions ``keys`` is not ``known`` with the digest that it has here."""
        for checklist, version in sorted(keys):
            if known.get((checklist, version)) != self.checklists[checklist, version]:
                raise LakeError("unknown-version", manifest=self.name, checklist=checklist, version=version)


def _read_manifests(folder: Path, handbook: Handbook) -> list[_Manifest]:
    return [_read_manifest(path, handbook) for path in sorted(folder.glob(_MANIFESTS))]


def _checklist_digests(handbook: Handbook) -> dict[tuple[str, str], str]:
    return {(checklist.id, checklist.version): checklist.digest for checklist in handbook.checklists}


def _read_manifest(path: Path, handbook: Handbook) -> _Manifest:
    """Read one manifest; everything that is used later has the type it should have."""
    try:
        manifest = json.loads(path.read_bytes())
        number = _VERSION.fullmatch(manifest["format_version"])
        if manifest["format"] != LAKE_FORMAT or number is None:
            raise LakeError("manifest-changed", manifest=path.name)
        if int(number[1]) > _LAKE_FORMAT_MAJOR:
            raise LakeError("newer-format", manifest=path.name, version=number[0])
        unchanged = digest({key: value for key, value in manifest.items() if key != "digest"})
        batches = {
            batch: {name: str(part["sha256"]) for name, part in parts.items()}
            for batch, parts in manifest["batches"].items()
        }
        checklists = {
            (checklist, version): str(value)
            for checklist, versions in manifest["checklists"].items()
            for version, value in versions.items()
        }
        names = itertools.chain.from_iterable(batches.values())
        if manifest["digest"] != unchanged or not all(map(_PART.fullmatch, names)):
            raise LakeError("manifest-changed", manifest=path.name)
        if manifest["handbook"] != handbook.data["id"]:
            raise LakeError(
                "other-handbook",
                manifest=path.name,
                handbook=str(manifest["handbook"]),
                own=handbook.data["id"],
            )
    except (IsADirectoryError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, LakeError):
            raise
        raise LakeError("manifest-changed", manifest=path.name) from error
    return _Manifest(path.name, batches, checklists)


def _file_digest(path: Path) -> str | None:
    """The SHA-256 of a file in hexadecimal; None if there is no ordinary file."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sql_list(texts: list[str]) -> str:
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
