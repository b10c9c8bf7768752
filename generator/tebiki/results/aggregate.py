"""Counting over any number of result files. DuckDB does the counting; no answer's text is read into it."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from tebiki.model.handbook import Handbook
from tebiki.results.aggregate_values import COUNT_COLUMNS, Aggregate, Count, FileCount, SkippedFile
from tebiki.results.check import Finding
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.collect import collect
from tebiki.results.status_codes import StatusCodes

# nothing is fetched: what DuckDB needs for this is in its wheel
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "1GB",
}
_READ_ROWS = "read_csv(?, header = false, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"


def aggregate(folder: Path, handbook: Handbook, processes: int = 0) -> Aggregate:
    """Count the answers in all result files below ``folder``.

    Questions of an institution are counted only where it alone is counted, and then apart. Every file is checked in full: form, checklist version, digest, questions and answers. Of files of
    one assessment (the same id, checklist and round) only the one that was changed last is counted.
    What is left out is listed with its reasons. The result does not depend on the order of the files.
    """
    with tempfile.TemporaryDirectory(prefix="tebiki-") as scratch:
        skipped_files = collect(folder, handbook, Path(scratch), processes)
        with duckdb.connect(config=_CONFIG) as database:
            return _count(database, Path(scratch), handbook, skipped_files)


def _count(
    database: duckdb.DuckDBPyConnection, lines: Path, handbook: Handbook, skipped_files: list[SkippedFile]
) -> Aggregate:
    _tables(database, checklist_versions(handbook))
    _results(database, lines)
    database.execute(_LATEST)
    earlier = database.execute(
        "SELECT file, same, (SELECT file FROM ranked AS kept WHERE kept.age = 1 AND kept.id = ranked.id"
        " AND kept.checklist = ranked.checklist AND kept.round = ranked.round) FROM ranked WHERE age > 1"
    ).fetchall()
    for file, same, kept in earlier:
        finding = Finding("same-again" if same else "older-state", {"file": kept})
        skipped_files.append(SkippedFile(file, (finding,)))
    files = database.execute(
        "SELECT checklist, version, round, kind, status, count(*) FROM counted GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    own = handbook.overlay.data["id"] if handbook.overlay else ""
    counts = database.execute(_COUNTS, {"own": own}).fetchall()
    counted = sum(row[-1] for row in files)
    return Aggregate(
        counted + len(skipped_files),
        tuple(FileCount(*row) for row in files),
        tuple(Count(*row) for row in counts),
        tuple(sorted(skipped_files, key=lambda one: (one.file, [finding.code for finding in one.findings]))),
    )


# a result is a line of its own; which of several states of one assessment counts does not depend on order
_LATEST = """
CREATE TABLE ranked AS SELECT *,
  row_number() OVER latest AS age,
  digest = first_value(digest) OVER latest AS same
FROM results
WINDOW latest AS (
  PARTITION BY id, checklist, round
  ORDER BY try_cast(updated AS TIMESTAMP) DESC NULLS LAST, digest DESC, file
);
CREATE VIEW counted AS SELECT * FROM ranked WHERE age = 1
"""

# questions of an institution only where all results of a checklist are of that institution
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


def _tables(database: duckdb.DuckDBPyConnection, forms: Sequence[ChecklistVersion]) -> None:
    """What the codes of each version of a checklist mean."""
    database.execute(
        "CREATE TABLE questions (checklist TEXT, version TEXT, place INT, section TEXT, item TEXT, rev INT, own BOOLEAN);"
        "CREATE TABLE meanings (checklist TEXT, version TEXT, code TEXT, answer TEXT)"
    )
    for form in forms:
        codes, version = StatusCodes(form), (form.checklist.id, form.checklist.version)
        database.executemany(
            "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (*version, place, section, name, *_of_question(form, name))
                for place, (section, name) in enumerate(codes.places, 1)
            ],
        )
        database.executemany(
            "INSERT INTO meanings VALUES (?, ?, ?, ?)",
            [(*version, code, answer) for code, answer in codes.meanings.items()],
        )


def _of_question(form: ChecklistVersion, name: str) -> tuple[int, bool]:
    """Its revision, and whether it is an institution's own; a section as one question has neither."""
    return (form.questions[name].rev, form.questions[name].local) if name else (0, False)


def _results(database: duckdb.DuckDBPyConnection, lines: Path) -> None:
    columns = [
        "file",
        "id",
        "digest",
        "checklist",
        "version",
        "kind",
        "round",
        "status",
        "updated",
        "codes",
        "handbook",
    ]
    types = ", ".join(f"{name}: 'VARCHAR'" for name in columns)
    database.execute(f"CREATE TABLE results ({', '.join(f'{name} TEXT' for name in columns)})")
    for part in sorted(lines.glob("*.ndjson")):
        if part.stat().st_size:
            database.execute(
                f"INSERT INTO results SELECT {', '.join(columns)}"
                f" FROM read_json(?, format = 'newline_delimited', columns = {{{types}}})",
                [str(part)],
            )


def to_parquet(found: Aggregate) -> bytes:
    """Counts and files left out as a Parquet file, one row for each count.

    The columns are those of ``Count``. A file left out is a row with the answer ``left-out`` whose item is
    the name of the file and whose section holds the codes of the reasons.
    """
    columns = (
        "checklist TEXT, round TEXT, kind TEXT, section TEXT, item TEXT, rev INT, answer TEXT, count BIGINT"
    )
    rows: list[tuple[Any, ...]] = [
        tuple(getattr(one, name) for name in COUNT_COLUMNS) for one in found.counts
    ]
    for left in found.skipped_files:
        codes = " ".join(finding.code for finding in left.findings)
        rows.append(("", "", "", codes, left.file, 0, "left-out", 1))
    with tempfile.TemporaryDirectory(prefix="tebiki-") as scratch, duckdb.connect(config=_CONFIG) as database:
        database.execute(f"CREATE TABLE counts ({columns})")
        lines = Path(scratch, "rows.csv")
        with lines.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        if rows:
            database.execute(f"INSERT INTO counts SELECT * FROM {_READ_ROWS}", [str(lines)])
        to = Path(scratch, "counts.parquet")
        database.table("counts").write_parquet(str(to))
        return to.read_bytes()
