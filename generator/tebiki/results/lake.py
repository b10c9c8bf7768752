"""A lake: the rows of any number of results as Parquet files, which every engine can read.

Its files are those that ``docs/results-at-scale.md`` describes. Nothing in a lake is ever changed; ``pack`` only adds
files. A manifest names the parts of the batches that were packed together with their SHA-256, and only these are read.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.model.result_patterns import ID, ROUND
from tebiki.results.database import DATABASE_SETTINGS, connect, reason_of, sql_list
from tebiki.results.lake_error import LakeError
from tebiki.results.lake_format import LAKE_FORMAT, TABLE_FOLDERS

_LAKE_FORMAT_MAJOR = 1
_MANIFESTS = "manifest-*.json"
_PARTITION = rf"round=(?:_|{ROUND})/kind=(?:_|{ID})"
_PART = re.compile(rf"(?:(?:answers|assessments)/{_PARTITION}|left-out)/part-[0-9a-f]{{32}}\.parquet")
#: Where parts may be.
_PARTS = (
    *(f"{table}/round=*/kind=*/part-*.parquet" for table in ("answers", "assessments")),
    "left-out/part-*.parquet",
)
_VERSION = re.compile(r"([0-9]{1,9})\.[0-9]{1,9}\.[0-9]{1,9}")
#: The columns in the parts of each table.
_COLUMNS = {
    "answers": "state BIGINT, assessment VARCHAR, checklist VARCHAR, version VARCHAR, digest VARCHAR,"
    " institution VARCHAR, section VARCHAR, item VARCHAR, rev INTEGER, own BOOLEAN, status VARCHAR",
    "assessments": "state BIGINT, assessment VARCHAR, checklist VARCHAR, version VARCHAR, digest VARCHAR,"
    " institution VARCHAR, handbook VARCHAR, status VARCHAR, updated VARCHAR, file VARCHAR",
    "left_out": "file VARCHAR, number INTEGER, reason VARCHAR, details VARCHAR, hint VARCHAR",
}
#: The columns that the path of a part gives.
_PATH_COLUMNS = {
    "answers": ", round VARCHAR, kind VARCHAR",
    "assessments": ", round VARCHAR, kind VARCHAR",
    "left_out": "",
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

    @contextlib.contextmanager
    def open_database(self, scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a database with the views ``answers``, ``assessments`` and ``left_out``.

        Args:
            scratch: The folder that it uses where memory does not suffice.

        Raises:
            LakeError: A part has other columns or cannot be read; or DuckDB or the disk has refused something.
        """
        with connect(scratch) as database:
            try:
                self._create_views(database)
                yield database
            except duckdb.OutOfMemoryException:
                raise
            except duckdb.Error:
                self.refuse_unreadable_parts()
                raise

    def refuse_unreadable_parts(self) -> None:
        """Read every row of every part.

        Raises:
            LakeError: A part cannot be read, or does not have the columns of its table.
        """
        with duckdb.connect(config=DATABASE_SETTINGS) as database:
            for table in TABLE_FOLDERS:
                for part in self.parts_of(table):
                    try:
                        _refuse_other_columns(database, table, [part])
                        database.execute(f"SELECT bit_xor(hash(part)) FROM {_rows_of([part])} AS part")
                    except duckdb.Error as error:
                        raise LakeError("part-unreadable", part=part, why=reason_of(error)) from error

    def _create_views(self, database: duckdb.DuckDBPyConnection) -> None:
        for table, columns_of_part in _COLUMNS.items():
            parts = self.parts_of(table)
            columns = columns_of_part + _PATH_COLUMNS[table]
            if not parts:
                database.execute(f"CREATE TABLE {table} ({columns})")
                continue
            _refuse_other_columns(database, table, parts)
            names = ", ".join(column.split()[0] for column in columns.split(", "))
            database.execute(f"CREATE VIEW {table} AS SELECT {names} FROM {_rows_of(parts)}")


def _rows_of(parts: list[str]) -> str:
    """The rows of parts, as a table in SQL."""
    return f"read_parquet({sql_list(parts)}, hive_partitioning = true, hive_types_autocast = false)"


def _refuse_other_columns(database: duckdb.DuckDBPyConnection, table: str, parts: list[str]) -> None:
    """Raise LakeError for the first part that does not have the columns of its table."""
    others = database.execute(
        "SELECT file_name, string_agg(name || ' ' || duckdb_type, ', ')"
        f" FROM parquet_schema({sql_list(parts)}) WHERE duckdb_type IS NOT NULL GROUP BY file_name"
        " HAVING list_sort(list(name || ' ' || duckdb_type)) <> list_sort(string_split(?, ', ')) ORDER BY file_name",
        [_COLUMNS[table]],
    ).fetchone()
    if others:
        part, columns = others
        raise LakeError("other-columns", part=part, columns=columns, expected=_COLUMNS[table])


def is_lake(folder: Path) -> bool:
    """Return whether a folder has a manifest of a lake, or parts of one whose manifest is missing."""
    return any(folder.glob(_MANIFESTS)) or bool(_parts_in(folder))


def _parts_in(folder: Path) -> set[str]:
    paths = itertools.chain.from_iterable(map(folder.glob, _PARTS))
    names = (path.relative_to(folder).as_posix() for path in paths)
    return {name for name in names if _PART.fullmatch(name)}


def open_lake(folder: Path, handbook: Handbook) -> Lake:
    """Read the manifests of a lake and check every part.

    Args:
        folder: The folder of the lake.
        handbook: The handbook that the lake has to belong to.

    Returns:
        The lake.

    Raises:
        LakeError: A part is missing or not the one that a manifest names, a manifest was edited or is of a newer
            format or of another handbook, or there is none.
    """
    manifests = _read_manifests(folder, handbook)
    if not manifests:
        raise LakeError("no-manifest" if is_lake(folder) else "no-lake", folder=str(folder))
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


def unnamed_parts(folder: Path, handbook: Handbook) -> int:
    """Return how many parts of a lake no manifest names: they are not read.

    Raises:
        LakeError: A manifest cannot be read.
    """
    manifests = _read_manifests(folder, handbook)
    read_parts = {name for manifest in manifests for parts in manifest.batches.values() for name in parts}
    return len(_parts_in(folder) - read_parts)


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
