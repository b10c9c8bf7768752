"""The rows of many results in DuckDB: assessments, answers and left-out files, without any text of an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

from tebiki.model.handbook import Handbook
from tebiki.results.aggregate_values import SkippedFile
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.status_codes import StatusCodes

#: The value of a partition for what a result does not state: engines read an empty one differently.
NOT_STATED = "_"
#: Nothing is downloaded: the wheel of DuckDB has all that is needed. No variable of this program is a table.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
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
    _insert_versions(database, checklist_versions(handbook))
    _insert_results(database, lines)
    _insert_left_out(database, lines, skipped_files)
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


def _insert_versions(database: duckdb.DuckDBPyConnection, versions: Sequence[ChecklistVersion]) -> None:
    """Insert the places and the codes of each checklist version."""
    for version in versions:
        codes, key = StatusCodes(version), (version.checklist.id, version.checklist.version)
        database.executemany(
            "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (*key, place, section, question, *_revision_and_origin(version, question))
                for place, (section, question) in enumerate(codes.places, 1)
            ],
        )
        database.executemany(
            "INSERT INTO meanings VALUES (?, ?, ?, ?)",
            [(*key, code, answer) for code, answer in codes.meanings.items()],
        )


def _revision_and_origin(version: ChecklistVersion, question: str) -> tuple[int, bool]:
    """The revision of a question, and whether it is an institution's own; a section as one question has neither."""
    item = version.questions.get(question)
    return (item.rev, item.local) if item else (0, False)


def _insert_left_out(
    database: duckdb.DuckDBPyConnection, folder: Path, skipped_files: Sequence[SkippedFile]
) -> None:
    if not skipped_files:
        return
    table = folder / "left-out.json"
    with table.open("w", encoding="utf-8") as stream:
        for skipped in skipped_files:
            for number, finding in enumerate(skipped.findings):
                details = json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True)
                row = {"file": skipped.file, "number": number, "reason": finding.code, "details": details}
                stream.write(json.dumps({**row, "hint": finding.hint}) + "\n")
    columns = "{file: 'VARCHAR', number: 'INT', reason: 'VARCHAR', details: 'VARCHAR', hint: 'VARCHAR'}"
    database.execute(
        "INSERT INTO left_out SELECT file, number, reason, details, hint"
        f" FROM read_json(?, format = 'newline_delimited', columns = {columns})",
        [str(table)],
    )


def _insert_results(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    types = ", ".join(f"{name}: 'VARCHAR'" for name in _COLUMNS)
    for part in sorted(folder.glob("*.ndjson")):
        if part.stat().st_size:
            database.execute(
                f"INSERT INTO results SELECT {', '.join(_COLUMNS)}"
                f" FROM read_json(?, format = 'newline_delimited', columns = {{{types}}})",
                [str(part)],
            )
