"""Packing of result files into a lake."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import rfc8785

from tebiki.files import temporary_folder
from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.results.collect import collect
from tebiki.results.lake import LAKE_FORMAT, LAKE_FORMAT_VERSION, TABLE_FOLDERS
from tebiki.results.lake_error import LakeError
from tebiki.results.rows import connect, create_rows

_ROWS = {
    "answers": "SELECT * EXCLUDE (place, round, kind) FROM answers WHERE round = $round AND kind = $kind"
    " ORDER BY assessment, state, place",
    "assessments": "SELECT * EXCLUDE (codes, round, kind) FROM assessments WHERE round = $round AND kind = $kind"
    " ORDER BY assessment, state",
}
_LEFT_OUT = "SELECT * FROM left_out ORDER BY file, number"


@dataclass(frozen=True)
class Packed:
    """What ``pack`` has added to a lake.

    Attributes:
        assessments: The number of results.
        left_out: The number of files that are left out.
        parts: The number of parts of the batch.
    """

    assessments: int
    left_out: int
    parts: int


def pack(folders: Sequence[Path], lake: Path, handbook: Handbook, processes: int = 0) -> Packed:
    """Add all result files below ``folders`` to a lake, as one batch.

    Every file is checked in full. The same batch gives the same parts: packing it again changes nothing, and
    completes what was interrupted. Other parts of the lake are not read or touched.

    Args:
        folders: The folders with result files, also in folders below them.
        lake: The folder of the lake; it may not exist yet.
        handbook: The handbook with all versions of its checklists.
        processes: How many processes read; by default as many as there are processors, at most four.

    Returns:
        What was added.

    Raises:
        LakeError: One of the folders contains another one, or the lake.
        OSError: The lake cannot be written.
    """
    _refuse_nested(folders, lake)
    with temporary_folder() as scratch:
        skipped_files = collect(folders, handbook, scratch, processes)
        with connect(scratch) as database:
            batch = create_rows(database, scratch, skipped_files, handbook)
            parts = dict(_write_parts(database, scratch, lake))
            counted = database.execute("SELECT count(*) FROM assessments").fetchall()[0][0]
            versions = database.execute("SELECT DISTINCT checklist, version FROM assessments").fetchall()
        manifest: dict[str, Any] = {
            "format": LAKE_FORMAT,
            "format_version": LAKE_FORMAT_VERSION,
            "handbook": handbook.data["id"],
            "batch": batch,
            "checklists": _checklist_digests(handbook, versions),
            "parts": parts,
        }
        file = scratch / "manifest.json"
        file.write_bytes(rfc8785.dumps({**manifest, "digest": digest(manifest)}))
        # last: what no manifest names is not read
        _place(file, lake / f"manifest-{batch[:32]}.json")
    return Packed(counted, len(skipped_files), len(parts))


def _refuse_nested(folders: Sequence[Path], lake: Path) -> None:
    resolved = [folder.resolve() for folder in (*folders, lake)]
    for place, folder in enumerate(resolved):
        for other in resolved[place + 1 :]:
            if folder.is_relative_to(other) or other.is_relative_to(folder):
                raise LakeError("nested", folder=str(folder), other=str(other))


def _write_parts(
    database: duckdb.DuckDBPyConnection, scratch: Path, lake: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write the parts of the batch, and yield the path of each in the lake with its SHA-256, bytes and rows."""
    partitions = database.execute("SELECT DISTINCT round, kind FROM assessments ORDER BY ALL").fetchall()
    queries = [
        (f"{TABLE_FOLDERS[table]}/round={round_}/kind={kind}", rows, {"round": round_, "kind": kind})
        for table, rows in _ROWS.items()
        for round_, kind in partitions
    ]
    if database.execute("SELECT 1 FROM left_out LIMIT 1").fetchall():
        queries.append((TABLE_FOLDERS["left_out"], _LEFT_OUT, {}))
    for folder, rows, values in queries:
        file = scratch / "part.parquet"
        count = database.execute(
            f"COPY ({rows}) TO '{_quoted(file)}' (FORMAT parquet, COMPRESSION zstd)", values
        ).fetchall()[0][0]
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        name = f"{folder}/part-{sha256[:32]}.parquet"
        yield name, {"sha256": sha256, "bytes": file.stat().st_size, "rows": count}
        _place(file, lake / name)


def _place(file: Path, target: Path) -> None:
    """Copy a file to its place in the lake, completely or not at all.

    The name of an incomplete copy begins with ``_``, which engines skip. What earlier attempts at the same file have
    left is removed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    incomplete = target.with_name(f"_{target.name}-{uuid.uuid4().hex}")
    with file.open("rb") as source, incomplete.open("xb") as stream:
        shutil.copyfileobj(source, stream, 1 << 20)
        stream.flush()
        os.fsync(stream.fileno())
    # another process may pack the same batch and have removed the copy: then the file is in its place
    with contextlib.suppress(FileNotFoundError):
        incomplete.replace(target)
    for leftover in target.parent.glob(f"_{target.name}-*"):
        leftover.unlink(missing_ok=True)


def _checklist_digests(handbook: Handbook, versions: Sequence[tuple[str, str]]) -> dict[str, dict[str, str]]:
    digests: dict[str, dict[str, str]] = {}
    for checklist in handbook.checklists:
        if (checklist.id, checklist.version) in versions:
            digests.setdefault(checklist.id, {})[checklist.version] = checklist.digest
    return digests


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")
