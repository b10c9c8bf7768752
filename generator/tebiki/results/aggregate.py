"""Counting over any number of result files with DuckDB, which gets no texts of answers."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from tebiki.model.handbook import Handbook
from tebiki.results.aggregate_values import (
    COUNT_COLUMNS,
    Aggregate,
    Count,
    FileCount,
    JoinedCount,
    SkippedFile,
)
from tebiki.results.check import Finding
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.collect import collect
from tebiki.results.record import latest_credible_time
from tebiki.results.status_codes import StatusCodes

# nothing is downloaded: the wheel of DuckDB has all that is needed
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "1GB",
}
_READ_ROWS = "read_csv(?, header = false, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"


def aggregate(folder: Path, handbook: Handbook, processes: int = 0, now: str = "") -> Aggregate:
    """Count the answers in all result files below ``folder``.

    Every file is checked in full: schema, checklist version, digest, questions and answers. Of several files of one
    assessment (the same id, checklist and round) only the one that was changed last is counted; a state that claims to
    be from the future is counted only where there is no other. Questions of an
    institution are counted only if all files are of that institution, and then separately. The answers of
    institutions with results of two rounds that follow each other are counted for these two as well. The outcome
    does not depend on the order of the files.

    Args:
        folder: The folder with result files, also in folders below it.
        handbook: The handbook with all versions of its checklists.
        processes: How many processes read; by default as many as there are processors, at most four.
        now: The time after which a time is in the future, as the format writes it. Default: a day after that of the
            clock.

    Returns:
        The counts, and the files that are skipped with the reasons.
    """
    with tempfile.TemporaryDirectory(prefix="tebiki-") as scratch:
        skipped_files = collect(folder, handbook, Path(scratch), processes)
        with duckdb.connect(config=_CONFIG) as database:
            return _count(database, Path(scratch), handbook, skipped_files, now or latest_credible_time())


def _count(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    handbook: Handbook,
    skipped_files: list[SkippedFile],
    now: str,
) -> Aggregate:
    _create_version_tables(database, checklist_versions(handbook))
    _create_results_table(database, folder)
    database.execute(_RANKED, {"now": now})
    database.execute(_COUNTED)
    earlier = database.execute(
        "SELECT file, identical, ahead, updated, (SELECT file FROM ranked AS kept WHERE kept.age = 1 AND kept.id = ranked.id"
        " AND kept.checklist = ranked.checklist AND kept.round = ranked.round) FROM ranked WHERE age > 1"
    ).fetchall()
    for file, identical, ahead, updated, kept in earlier:
        code = "same-again" if identical else "future-state" if ahead else "older-state"
        finding = Finding(
            code, {"file": kept, "updated": updated} if code == "future-state" else {"file": kept}
        )
        skipped_files.append(SkippedFile(file, (finding,)))
    files = database.execute(
        "SELECT checklist, version, round, kind, status, count(*) FROM counted GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    own = handbook.overlay.data["id"] if handbook.overlay else ""
    counts = database.execute(_COUNTS, {"own": own}).fetchall()
    joined = database.execute(_JOINED).fetchall()
    file_counts = tuple(FileCount(*row) for row in files)
    return Aggregate(
        sum(file.count for file in file_counts) + len(skipped_files),
        file_counts,
        tuple(Count(*row) for row in counts),
        tuple(JoinedCount(*row) for row in joined),
        tuple(
            sorted(
                skipped_files,
                key=lambda skipped: (skipped.file, [finding.code for finding in skipped.findings]),
            )
        ),
    )


# which of several states of one assessment counts does not depend on the order of the files
_RANKED = """
CREATE TABLE ranked AS
WITH timed AS (SELECT *, coalesce(try_cast(updated AS TIMESTAMP) > $now::TIMESTAMP, false) AS ahead FROM results)
SELECT *,
  row_number() OVER latest AS age,
  digest = first_value(digest) OVER latest AS identical
FROM timed
WINDOW latest AS (
  PARTITION BY id, checklist, round
  ORDER BY ahead, try_cast(updated AS TIMESTAMP) DESC NULLS LAST, digest DESC, file
)
"""
_COUNTED = """
CREATE VIEW counted AS SELECT * FROM ranked WHERE age = 1
"""

# questions of an institution count only if all results of a checklist are of that institution
_COUNTS = """
WITH counted_together AS (
  SELECT checklist FROM counted GROUP BY checklist HAVING min(handbook) = $own AND max(handbook) = $own
), tallied AS (
  SELECT checklist, version, round, kind, place, substr(codes, place, 1) AS code, count(*) AS count
  FROM counted JOIN questions USING (checklist, version)
  WHERE NOT own OR checklist IN (FROM counted_together)
  GROUP BY ALL
)
SELECT checklist, round, kind, section, item, rev, answer, CAST(sum(count) AS BIGINT)
FROM tallied JOIN questions USING (checklist, version, place) JOIN meanings USING (checklist, version, code)
GROUP BY ALL
ORDER BY ALL
"""

# institutions with results of two rounds that follow each other; their identifiers are only compared
_JOINED = """
WITH identified AS (
  SELECT * FROM counted WHERE institution <> '' AND round <> ''
), rounds AS (
  SELECT checklist, round AS first, lead(round) OVER (PARTITION BY checklist ORDER BY round) AS second
  FROM (SELECT DISTINCT checklist, round FROM identified)
), members AS (
  SELECT DISTINCT rounds.checklist, first, second, before.institution
  FROM rounds
  JOIN identified AS before ON before.checklist = rounds.checklist AND before.round = first
  JOIN identified AS later ON later.checklist = rounds.checklist AND later.round = second
    AND later.institution = before.institution
), sizes AS (
  SELECT checklist, first, second, count(*) AS institutions FROM members GROUP BY ALL
), tallied AS (
  SELECT checklist, version, first, second, round, substr(codes, place, 1) AS code, count(*) AS count
  FROM members
  JOIN identified USING (checklist, institution)
  JOIN questions USING (checklist, version)
  WHERE round IN (first, second) AND item <> '' AND NOT own
  GROUP BY ALL
)
SELECT checklist, first, second, round, institutions, answer, CAST(sum(count) AS BIGINT)
FROM tallied JOIN sizes USING (checklist, first, second) JOIN meanings USING (checklist, version, code)
GROUP BY ALL
ORDER BY ALL
"""


def _create_version_tables(database: duckdb.DuckDBPyConnection, versions: Sequence[ChecklistVersion]) -> None:
    """Create the tables of the places and the codes of each checklist version."""
    database.execute(
        "CREATE TABLE questions (checklist TEXT, version TEXT, place INT, section TEXT, item TEXT, rev INT, own BOOLEAN);"
        "CREATE TABLE meanings (checklist TEXT, version TEXT, code TEXT, answer TEXT)"
    )
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


def _create_results_table(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Create the table of results from the lines of JSON in ``folder``."""
    columns = [
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
    ]
    types = ", ".join(f"{name}: 'VARCHAR'" for name in columns)
    database.execute(f"CREATE TABLE results ({', '.join(f'{name} TEXT' for name in columns)})")
    for part in sorted(folder.glob("*.ndjson")):
        if part.stat().st_size:
            database.execute(
                f"INSERT INTO results SELECT {', '.join(columns)}"
                f" FROM read_json(?, format = 'newline_delimited', columns = {{{types}}})",
                [str(part)],
            )


def to_parquet(aggregate: Aggregate) -> bytes:
    """Write the counts as a Parquet file.

    Args:
        aggregate: The counts and the files that are skipped.

    Returns:
        The content of the file: one row for each count with the columns of ``Count``. A file that is skipped is a row
        with the answer ``left-out``; its item is the name of the file, its section the codes of the reasons.
    """
    columns = (
        "checklist TEXT, round TEXT, kind TEXT, section TEXT, item TEXT, rev INT, answer TEXT, count BIGINT"
    )
    rows: list[tuple[Any, ...]] = [
        tuple(getattr(count, name) for name in COUNT_COLUMNS) for count in aggregate.counts
    ]
    for skipped in aggregate.skipped_files:
        codes = " ".join(finding.code for finding in skipped.findings)
        rows.append(("", "", "", codes, skipped.file, 0, "left-out", 1))
    with tempfile.TemporaryDirectory(prefix="tebiki-") as scratch, duckdb.connect(config=_CONFIG) as database:
        database.execute(f"CREATE TABLE counts ({columns})")
        table = Path(scratch, "rows.csv")
        with table.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        if rows:
            database.execute(f"INSERT INTO counts SELECT * FROM {_READ_ROWS}", [str(table)])
        file = Path(scratch, "counts.parquet")
        database.table("counts").write_parquet(str(file))
        return file.read_bytes()
