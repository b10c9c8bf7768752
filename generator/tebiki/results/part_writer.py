"""Writing of the rows of a batch as Parquet files, with DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from tebiki.files import temporary_folder
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.database import DATABASE_SETTINGS, refusals
from tebiki.results.lake_format import TABLE_FOLDERS
from tebiki.results.rows import AssessmentRow, LeftOutRow
from tebiki.results.status_codes import FIRST_CODE, NOT_ASKED, StatusCodes

_VERSIONS = """
CREATE OR REPLACE TEMP TABLE texts (
  checklist TEXT, version TEXT, questions STRUCT(section TEXT, item TEXT, rev INT, own BOOLEAN)[], statuses TEXT[]
)
"""
# DuckDB writes a word of an ENUM as its number, where it would look a text up in each row
_WORDS = {
    "checklist": "checklist",
    "version": "version",
    "section": "unnest(questions).section",
    "item": "unnest(questions).item",
    "status": "unnest(statuses)",
}
_WORD = "CREATE OR REPLACE TYPE {name}_word AS ENUM (SELECT DISTINCT {words} FROM texts ORDER BY ALL)"
_VERSIONS_OF_WORDS = """
CREATE OR REPLACE TABLE versions AS SELECT
  checklist::checklist_word AS checklist, version::version_word AS version,
  questions::STRUCT(section section_word, item item_word, rev INT, own BOOLEAN)[] AS questions,
  statuses::status_word[] AS statuses
FROM texts
"""
_PARTITIONS = "SELECT round, kind FROM batch GROUP BY round, kind ORDER BY round, kind"
_ASSESSMENTS = """
SELECT state, assessment, checklist, version, digest, institution, handbook, status, updated, file
FROM batch WHERE round = $round AND kind = $kind
"""
# statuses are numbered from 1, as the places of a list are
_ANSWERS = f"""
SELECT
  state, assessment, checklist, version, digest, institution,
  question.section AS section, question.item AS item, question.rev AS rev, question.own AS own,
  statuses[unicode(code) - {FIRST_CODE - 1}] AS status
FROM (
  SELECT
    state, assessment, versions.checklist, versions.version, digest, institution, statuses,
    unnest(questions) AS question, unnest(string_split(codes, '')) AS code
  FROM batch JOIN versions
    ON batch.checklist = versions.checklist::TEXT AND batch.version = versions.version::TEXT
  WHERE round = $round AND kind = $kind
)
WHERE code <> '{NOT_ASKED}'
"""
_LEFT_OUT = "SELECT file, number, reason, details, hint FROM batch"
# other levels take a quarter more time for a tenth less, and nobody looks single texts up
_FORMAT = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, WRITE_BLOOM_FILTER false"
_TYPES = {"number": "INT"}


class PartWriter:
    """Writes tables for the questions of the given checklist versions.

    The same rows give the same bytes, as long as DuckDB has the same version: it works in one thread, and keeps the
    order of rows.
    """

    def __init__(self, versions: Sequence[ChecklistVersion]) -> None:
        self._database = duckdb.connect(config={**DATABASE_SETTINGS, "threads": 1, "temp_directory": ""})
        self._versions = {(version.checklist.id, version.checklist.version): version for version in versions}
        self._used: Set[tuple[str, str]] = frozenset()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def write(
        self,
        rows: bytes | bytearray,
        first_state: int,
        versions: Set[tuple[str, str]],
        left_out: Sequence[LeftOutRow],
    ) -> Iterator[tuple[str, bytes, int]]:
        """Write the parts of a batch.

        Args:
            rows: Its results, each an ``AssessmentRow`` as a line of JSON.
            first_state: The state of the first result; the others follow.
            versions: The id and the version of every checklist of these.
            left_out: Its files that are left out.

        Yields:
            The folder, the content and the number of rows of each part.

        Raises:
            LakeError: DuckDB or the disk has refused something.
        """
        with temporary_folder() as scratch, refusals(scratch):
            part = scratch / "part.parquet"
            if rows:
                self._read(rows, AssessmentRow, first_state, scratch)
                self._use(versions)
                partitions = self._database.execute(_PARTITIONS).fetchall()
                for table, query in (("assessments", _ASSESSMENTS), ("answers", _ANSWERS)):
                    copy = self._copy_statement(query, part)
                    for round_, kind in partitions:
                        count = self._execute(copy, {"round": round_, "kind": kind})
                        if count:
                            folder = f"{TABLE_FOLDERS[table]}/round={round_}/kind={kind}"
                            yield folder, part.read_bytes(), count
            if left_out:
                self._read(msgspec.json.Encoder().encode_lines(left_out), LeftOutRow, 0, scratch)
                count = self._execute(self._copy_statement(_LEFT_OUT, part), {})
                yield TABLE_FOLDERS["left_out"], part.read_bytes(), count

    def _read(
        self, rows: bytes | bytearray, kind: type[msgspec.Struct], first_state: int, scratch: Path
    ) -> None:
        """Make the table ``batch`` of rows in their order; DuckDB reads JSON many times as fast as values of Python."""
        file = scratch / "batch.json"
        file.write_bytes(rows)
        columns = {name: _TYPES.get(name, "TEXT") for name in kind.__struct_fields__}
        self._database.execute(
            "CREATE OR REPLACE TABLE batch AS SELECT *, (? + row_number() OVER () - 1)::BIGINT AS state"
            f" FROM read_json(?, format = 'newline_delimited', columns = {columns})",
            [first_state, str(file)],
        )

    def _use(self, used: Set[tuple[str, str]]) -> None:
        """Make the table ``versions``: of those in the batch only, since all their words come into its parts."""
        if used == self._used:
            return
        self._database.execute(_VERSIONS)
        for key in sorted(used):
            version = self._versions[key]
            codes = StatusCodes(version)
            questions = [_question(version, *place) for place in codes.places]
            row = [*key, questions, list(codes.meanings.values())]
            self._database.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", row)
        for name, words in _WORDS.items():
            self._database.execute(_WORD.format(name=name, words=words))
        self._database.execute(_VERSIONS_OF_WORDS)
        self._used = used

    def _copy_statement(self, query: str, part: Path) -> duckdb.Statement:
        """A statement that is parsed once for all partitions: parsing takes an eighth of the time of a small part."""
        target = str(part).replace("'", "''")
        (statement,) = self._database.extract_statements(f"COPY ({query}) TO '{target}' ({_FORMAT})")
        return statement

    def _execute(self, copy: duckdb.Statement, values: dict[str, str]) -> int:
        ((count,),) = self._database.execute(copy, values).fetchall()
        return int(count)


def _question(version: ChecklistVersion, section: str, question: str) -> dict[str, Any]:
    # a section that is one question has no revision, and is never an institution's own
    item = version.questions.get(question)
    return {
        "section": section,
        "item": question,
        "rev": item.rev if item else 0,
        "own": item.local if item else False,
    }
