"""The rows of many results in DuckDB: assessments, answers and left-out files, without any text of an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from tebiki.model.handbook import Handbook
from tebiki.results.aggregate_values import SkippedFile
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.status_codes import StatusCodes

#: The value of a partition for what a result does not state: engines read an empty one differently.
NOT_STATED = "_"
#: Nothing is downloaded: the wheel of DuckDB has all that is needed. No variable of this program is a table.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "1GB",
    "python_enable_replacements": "false",
}
_COLUMNS = (
    "file",
    "id",
    "digest",
    "checklist",
    "version",
    "kind",
    "round",
    "institution",
    "status",
    "updated",
    "codes",
    "handbook",
)

_TABLES = f"""
CREATE TABLE results ({", ".join(f"{name} TEXT" for name in _COLUMNS)});
CREATE TABLE questions (checklist TEXT, version TEXT, place INT, section TEXT, item TEXT, rev INT, own BOOLEAN);
CREATE TABLE meanings (checklist TEXT, version TEXT, code TEXT, answer TEXT);
CREATE TABLE left_out (file TEXT, number INT, reason TEXT, details TEXT, hint TEXT);
"""
# a state is one copy of an assessment in one batch, so that every other copy can be told from it
_ASSESSMENTS = f"""
CREATE TABLE assessments AS
SELECT
  CAST(md5_number_lower(concat_ws(chr(10), $batch, file, digest)) >> 1 AS BIGINT) AS state,
  id AS assessment, checklist, version, digest, institution, handbook, status,
  coalesce(strftime(try_cast(updated AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ'), '') AS updated,
  file, codes,
  CASE round WHEN '' THEN '{NOT_STATED}' ELSE round END AS round,
  CASE kind WHEN '' THEN '{NOT_STATED}' ELSE kind END AS kind
FROM results
"""
_ANSWERS = """
CREATE VIEW answers AS
SELECT
  state, assessment, checklist, version, digest, institution, section, item, rev, own, answer AS status, place,
  round, kind
FROM assessments
JOIN questions USING (checklist, version)
JOIN meanings USING (checklist, version)
WHERE meanings.code = substr(codes, place, 1)
"""


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """Open an empty database in memory, which uses the folder ``scratch`` where memory does not suffice."""
    database = duckdb.connect(config={**_CONFIG, "temp_directory": str(scratch)})
    database.execute("SET enable_progress_bar = false")
    return database


def create_rows(
    database: duckdb.DuckDBPyConnection, lines: Path, skipped_files: Sequence[SkippedFile], handbook: Handbook
) -> str:
    """Create the tables ``assessments`` and ``left_out`` and the view ``answers``.

    Args:
        database: An empty database.
        lines: The folder with the lines of JSON that ``collect`` has written.
        skipped_files: The files that ``collect`` has left out.
        handbook: The handbook that the files were checked with.

    Returns:
        The digest of the batch in hexadecimal: it follows from the names and contents of the files and the id of the
        handbook, not from their order.
    """
    database.execute(_TABLES)
    _insert_versions(database, lines, checklist_versions(handbook))
    _insert_results(database, lines)
    _insert(database, lines, "left_out", _left_out_rows(skipped_files))
    batch = _batch_digest(database, handbook)
    database.execute(_ASSESSMENTS, {"batch": batch})
    database.execute(_ANSWERS)
    return batch


def _batch_digest(database: duckdb.DuckDBPyConnection, handbook: Handbook) -> str:
    digest = hashlib.sha256(handbook.data["id"].encode())
    cursor = database.execute(
        "SELECT file, digest, version FROM results UNION ALL SELECT file, reason, details FROM left_out ORDER BY ALL"
    )
    while rows := cursor.fetchmany(10_000):
        digest.update(json.dumps(rows).encode())
    return digest.hexdigest()


def _insert_versions(
    database: duckdb.DuckDBPyConnection, folder: Path, versions: Sequence[ChecklistVersion]
) -> None:
    """Insert the places and the codes of each checklist version."""
    places: list[tuple[Any, ...]] = []
    meanings: list[tuple[Any, ...]] = []
    for version in versions:
        codes, key = StatusCodes(version), (version.checklist.id, version.checklist.version)
        places += [
            (*key, place, section, question, *_revision_and_origin(version, question))
            for place, (section, question) in enumerate(codes.places, 1)
        ]
        meanings += [(*key, code, answer) for code, answer in codes.meanings.items()]
    _insert(database, folder, "questions", places)
    _insert(database, folder, "meanings", meanings)


def _revision_and_origin(version: ChecklistVersion, question: str) -> tuple[int, bool]:
    """The revision of a question, and whether it is an institution's own; a section as one question has neither."""
    item = version.questions.get(question)
    return (item.rev, item.local) if item else (0, False)


def _left_out_rows(skipped_files: Sequence[SkippedFile]) -> Iterator[tuple[Any, ...]]:
    for skipped in skipped_files:
        for number, finding in enumerate(skipped.findings):
            details = json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True)
            yield skipped.file, number, finding.code, details, finding.hint


def _insert(
    database: duckdb.DuckDBPyConnection, folder: Path, table: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows by way of a file, which is many times as fast as one by one."""
    columns = [name for name, *_type in database.execute(f"DESCRIBE {table}").fetchall()]
    file = folder / f"{table}.json"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)
    if file.stat().st_size:
        _insert_file(database, file, table)


def _insert_file(database: duckdb.DuckDBPyConnection, file: Path, table: str) -> None:
    columns = database.execute(f"DESCRIBE {table}").fetchall()
    types = ", ".join(f"{name}: '{column_type}'" for name, column_type, *_rest in columns)
    database.execute(
        f"INSERT INTO {table} SELECT {', '.join(name for name, *_rest in columns)}"
        f" FROM read_json(?, format = 'newline_delimited', columns = {{{types}}})",
        [str(file)],
    )


def _insert_results(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for part in sorted(folder.glob("*.ndjson")):
        if part.stat().st_size:
            _insert_file(database, part, "results")
