"""Counting over any number of results with the SQL files in ``queries/``, run by DuckDB without texts of answers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import duckdb

from tebiki.files import temporary_folder
from tebiki.locales import FALLBACK
from tebiki.model.figure_table import AT_LEAST, FigureRow, write_figure_table
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import WITHHELD
from tebiki.resources import RESULT_QUERIES, read_resource
from tebiki.results.aggregate_values import (
    Aggregate,
    ChecklistCount,
    FileCount,
    JoinedCount,
    SkippedFile,
)
from tebiki.results.aggregate_view import texts_of_reasons
from tebiki.results.check import Finding
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.collect import collect
from tebiki.results.database import connect
from tebiki.results.foreign_rows import left_out_finding, refuse_empty_cells, refuse_foreign_figures
from tebiki.results.lake import Lake, is_lake, open_lake
from tebiki.results.lake_format import NOT_STATED
from tebiki.results.record import latest_credible_time
from tebiki.results.withhold import (
    Figures,
    Group,
    JoinedRow,
    Row,
    fewest_counted,
    withhold,
)

_READ_ROWS = "read_csv(?, header = false, all_varchar = true, allow_quoted_nulls = false, delim = ',', quote = '\"', escape = '\"')"


def aggregate(
    folder: Path, handbook: Handbook, processes: int = 0, now: str = "", at_least: int = AT_LEAST
) -> Aggregate:
    """Count the answers in a lake, or in all result files below a folder.

    Every file is checked in full: schema, checklist version, digest, questions and answers; in a lake, ``pack`` has
    done this. Of several files of one assessment (the same id, checklist and round) only the one that was changed
    last is counted; a state that claims to be from the future is counted only where there is no other. Questions of
    an institution are counted only if all files are of that institution, and then separately. The answers of
    institutions with results of two rounds that follow each other are counted for these two as well. The outcome
    does not depend on the order of the files.

    Args:
        folder: The lake, or the folder with result files, also in folders below it.
        handbook: The handbook with all versions of its checklists.
        processes: How many processes read files; by default as many as there are processors, at most four.
        now: The time after which a time is in the future, as the format writes it. Default: a day after that of the
            clock.
        at_least: The fewest institutions that a figure may count; figures below are withheld, and those from which
            they could be worked out. For checklists that persons answer it is never below five. With 1 nothing else
            is withheld.

    Returns:
        The counts, and the files that are skipped with the reasons.

    Raises:
        LakeError: The folder is a lake that cannot be read, or has rows that this handbook cannot have given; or
            DuckDB or the disk has refused something.
    """
    with temporary_folder() as scratch:
        if is_lake(folder):
            lake = open_lake(folder, handbook)
        else:
            batches = collect([folder], scratch, handbook, processes)
            lake = Lake(scratch, tuple(name for batch in batches for name in batch.parts), {})
        with lake.open_database(scratch) as database:
            refuse_empty_cells(database)
            create_figures(database, handbook, now)
            return _count(database, _left_out(database), handbook, at_least)


def query_text(name: str) -> str:
    """Return the SQL of the query ``name`` in ``queries/``."""
    return read_resource(RESULT_QUERIES, f"{name}.sql")


def create_figures(database: duckdb.DuckDBPyConnection, handbook: Handbook, now: str = "") -> None:
    """Create what the queries of figures read from ``assessments`` and ``answers``: the states that count.

    Args:
        database: The database with the rows.
        handbook: The handbook whose own questions count.
        now: The time after which a time is in the future; by default a day after that of the clock.
    """
    own = handbook.overlay.data["id"] if handbook.overlay else ""
    database.execute("CREATE TABLE settings (latest TEXT, handbook TEXT)")
    database.execute(
        "INSERT INTO settings VALUES (strftime(CAST(? AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ'), ?)",
        [now or latest_credible_time(), own],
    )
    database.execute(f"CREATE TABLE superseded AS {query_text('superseded')}")
    for view in ("latest_assessments", "latest_answers"):
        database.execute(f"CREATE VIEW {view} AS {query_text(view)}")


def _count(
    database: duckdb.DuckDBPyConnection, skipped_files: list[SkippedFile], handbook: Handbook, at_least: int
) -> Aggregate:
    states = database.execute("SELECT file, reason, kept, updated FROM superseded").fetchall()
    for file, reason, kept, updated in states:
        details = (
            {"file": kept, "updated": _shortened(updated)} if reason == "future-state" else {"file": kept}
        )
        skipped_files.append(SkippedFile(file, (Finding(reason, details),)))
    versions = checklist_versions(handbook)
    figures = _figures(database)
    refuse_foreign_figures(figures, versions)
    limits = fewest_counted(versions, at_least)
    published = withhold(figures, versions, at_least)
    return Aggregate(
        tuple(_checklist_counts(figures, published, versions, limits)),
        tuple(sorted(_file_counts(published), key=astuple)),
        tuple(_counts(published, limits)),
        tuple(_joined_counts(published)),
        tuple(
            sorted(
                skipped_files,
                key=lambda skipped: (skipped.file, [finding.code for finding in skipped.findings]),
            )
        ),
    )


def _figures(database: duckdb.DuckDBPyConnection) -> Figures:
    figures = Figures()
    for *group, status, count in _rows(database, "files"):
        figures.statuses.setdefault(Group(*group), {})[status] = count
    for *group, section, item, rev, answer, count in _rows(database, "counts"):
        figures.rows.setdefault(Row(Group(*group), section, item, rev), {})[answer] = count
    for checklist, first, second, *group, item, rev, answer, institutions, count in _rows(database, "joined"):
        figures.institutions[checklist, first, second] = institutions
        joined_row = JoinedRow(first, second, Group(checklist, *group), item, rev)
        figures.joined.setdefault(joined_row, {})[answer] = count
    for checklist, round_, count in _rows(database, "institutions"):
        figures.repeated.setdefault(checklist, {}).setdefault(round_, []).append(count)
    return figures


def _rows(database: duckdb.DuckDBPyConnection, name: str) -> list[list[Any]]:
    rows = database.execute(query_text(name)).fetchall()
    return [["" if value == NOT_STATED else value for value in row] for row in rows]


def _file_counts(figures: Figures) -> Iterator[FileCount]:
    for group, cells in figures.statuses.items():
        yield from (FileCount(*group, status, count) for status, count in cells.items())


def _checklist_counts(
    figures: Figures, published: Figures, versions: Sequence[ChecklistVersion], limits: Mapping[str, int]
) -> Iterator[ChecklistCount]:
    """How the results of each checklist are counted, in the order of their ids."""
    of_institutions = {version.checklist.id: version.of_institutions for version in versions}
    withheld: Counter[str] = Counter()
    for file in _file_counts(figures):
        withheld[file.checklist] += file.count
    for file in _file_counts(published):
        withheld[file.checklist] -= file.count
    for checklist in sorted(withheld):
        yield ChecklistCount(checklist, of_institutions[checklist], limits[checklist], withheld[checklist])


def _counts(figures: Figures, limits: Mapping[str, int]) -> Iterator[FigureRow]:
    """The counts over all versions of each checklist."""
    totals: Counter[tuple[Any, ...]] = Counter()
    for row, cells in figures.rows.items():
        for answer, count in cells.items():
            totals[_count_key(row, answer)] += count
    withheld = {
        _count_key(row, answer)
        for row, answers in figures.hidden.items()
        for answer in (answers or (WITHHELD,))
    }
    for key in sorted(totals.keys() | withheld):
        yield FigureRow(*(*key, totals[key], key in withheld, limits[key[0]]))


def _count_key(row: Row, answer: str) -> tuple[Any, ...]:
    return row.group.checklist, row.group.round, row.group.kind, row.section, row.item, row.rev, answer


def _joined_counts(figures: Figures) -> Iterator[JoinedCount]:
    """The counts of joined rounds over all versions, kinds and questions.

    Where some are withheld, all others are the least that they can be: nobody has to know which question it is.
    """
    totals: Counter[tuple[Any, ...]] = Counter()
    for row, cells in figures.joined.items():
        for answer, count in cells.items():
            totals[(*_joined_key(row, figures), answer)] += count
    incomplete = {_joined_key(row, figures) for row in figures.not_joined}
    totals.update({(*key, WITHHELD): 0 for key in incomplete})
    withheld = {key[:-1] for key in totals if key[-1] == WITHHELD}
    for key, count in sorted(totals.items()):
        is_least = key[:-1] in (incomplete if key[-1] == WITHHELD else withheld)
        yield JoinedCount(*(*key, count, is_least))


def _joined_key(row: JoinedRow, figures: Figures) -> tuple[Any, ...]:
    pair = (row.group.checklist, row.first, row.second)
    return *pair, row.group.round, figures.institutions[pair]


def _left_out(database: duckdb.DuckDBPyConnection) -> list[SkippedFile]:
    """The files that were left out when the lake was packed; a file of two batches is there twice."""
    findings: dict[tuple[str, int], list[Finding]] = {}
    texts = texts_of_reasons(FALLBACK)
    rows = database.execute(
        "SELECT file, reason, details, hint, number,"
        " row_number() OVER (PARTITION BY file, number ORDER BY reason, details) AS copy"
        " FROM left_out ORDER BY file, copy, number"
    ).fetchall()
    for file, reason, details, hint, _number, copy in rows:
        findings.setdefault((file, copy), []).append(left_out_finding(texts, reason, details, hint))
    return [SkippedFile(file, tuple(of_file)) for (file, _copy), of_file in findings.items()]


def _shortened(time: str) -> str:
    """A time without the zeros at its end, as a file writes it."""
    return time.removesuffix("Z").rstrip("0").removesuffix(".") + "Z"


def to_figure_table(aggregate: Aggregate) -> bytes:
    """Return the counts as a table for ``content/figures``, without the names of skipped files."""
    return write_figure_table(list(aggregate.counts)).encode()


def to_parquet(aggregate: Aggregate) -> bytes:
    """Return the counts as a table for ``content/figures`` in Parquet, without the names of skipped files.

    Raises:
        LakeError: DuckDB or the disk has refused something.
    """
    columns = "checklist TEXT, round TEXT, kind TEXT, section TEXT, item TEXT, rev INT, answer TEXT, count BIGINT, withheld BOOLEAN, at_least INT"
    rows = [astuple(count) for count in aggregate.counts]
    with temporary_folder() as scratch, connect(scratch) as database:
        database.execute(f"CREATE TABLE counts ({columns})")
        table = scratch / "rows.csv"
        with table.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        if rows:
            database.execute(f"INSERT INTO counts SELECT * FROM {_READ_ROWS}", [str(table)])
        file = scratch / "counts.parquet"
        database.table("counts").write_parquet(str(file))
        return file.read_bytes()
