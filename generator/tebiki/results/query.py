"""One SELECT over the rows of a lake, which can neither read nor write anything else."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tebiki.files import temporary_folder
from tebiki.model.handbook import Handbook
from tebiki.model.spreadsheet_text import rows_to_csv
from tebiki.results.aggregate import create_figures
from tebiki.results.database import reason_of
from tebiki.results.lake import open_lake
from tebiki.results.lake_error import LakeError
from tebiki.results.lake_format import TABLE_FOLDERS

#: Errors that no row can be the cause of.
_WRONG_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


def query(folder: Path, sql: str, handbook: Handbook) -> bytes:
    """Run a query over the tables ``answers``, ``assessments``, ``left_out`` and what ``queries/`` makes of them.

    Args:
        folder: The lake.
        sql: One SELECT statement.
        handbook: The handbook that the lake belongs to.

    Returns:
        The rows as CSV in UTF-8 with a heading; no text in it is a formula for a spreadsheet program.

    Raises:
        LakeError: The folder is no lake that can be read, or the query is not one SELECT, is wrong, or reads or
            writes something outside the lake; or DuckDB or the disk has refused something.
    """
    lake = open_lake(folder, handbook)
    with temporary_folder() as scratch, lake.open_database(scratch) as database:
        create_figures(database, handbook)
        database.execute(
            "SET allowed_paths = $parts",
            {"parts": [part for table in TABLE_FOLDERS for part in lake.parts_of(table)]},
        )
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        try:
            statements = database.extract_statements(sql)
            if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
                raise LakeError("not-one-select")
            cursor = database.execute(statements[0])
            heading = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall()
        except duckdb.PermissionException:
            raise LakeError("outside") from None
        except (duckdb.OutOfMemoryException, duckdb.IOException):
            raise
        except (duckdb.Error, OverflowError) as error:  # Python has no interval of a million years
            if not isinstance(error, _WRONG_SQL):
                lake.refuse_unreadable_parts()
            raise LakeError("query", why=reason_of(error)) from error
    return rows_to_csv(["" if value is None else str(value) for value in row] for row in (heading, *rows))
