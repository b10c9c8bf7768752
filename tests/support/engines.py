"""The queries of ``generator/tebiki/results/queries/`` in several engines over the same lake.

Each engine gets the lake and the handbook whose own questions count, and gives the rows of each query.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import datafusion
import duckdb
import polars
import pyarrow
from tebiki.resources import RESULT_QUERIES

#: The queries, each after those that it reads from.
STEPS = ("superseded", "latest_assessments", "latest_answers", "files", "counts", "joined", "institutions")
#: The time from which a state is from the future.
LATEST = "2026-12-01T00:00:00.000000Z"
PARTITIONS = ("round", "kind")
Rows = list[tuple[Any, ...]]


def query_text(name: str) -> str:
    return (RESULT_QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def row_hash(rows: Rows) -> str:
    """The SHA-256 of rows in their order."""
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def in_duckdb(lake: Path, handbook: str) -> Iterator[tuple[str, Rows]]:
    with duckdb.connect() as database:
        for table in ("answers", "assessments"):
            database.execute(
                f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{lake}/{table}/*/*/*.parquet',"
                " hive_partitioning = true, hive_types_autocast = false)"
            )
        database.execute("CREATE TABLE settings (latest TEXT, handbook TEXT)")
        database.execute("INSERT INTO settings VALUES (?, ?)", (LATEST, handbook))
        for name in STEPS:
            database.execute(f"CREATE VIEW {name} AS {query_text(name)}")
            yield name, database.execute(f"{query_text(name)}").fetchall()


def in_polars(lake: Path, handbook: str) -> Iterator[tuple[str, Rows]]:
    text = polars.Schema(dict.fromkeys(PARTITIONS, polars.String))
    context = polars.SQLContext(eager=True)
    for table in ("answers", "assessments"):
        context.register(
            table,
            polars.scan_parquet(
                f"{lake}/{table}/**/*.parquet",
                hive_partitioning=True,
                hive_schema=text,
                try_parse_hive_dates=False,
            ),
        )
    context.register(
        "settings", polars.DataFrame([(LATEST, handbook)], schema=["latest", "handbook"], orient="row")
    )
    for name in STEPS:
        frame = context.execute(query_text(name))
        context.register(name, frame)
        yield name, frame.rows()


def in_datafusion(lake: Path, handbook: str) -> Iterator[tuple[str, Rows]]:
    context = datafusion.SessionContext()
    for table in ("answers", "assessments"):
        columns = [(name, pyarrow.string()) for name in PARTITIONS]
        context.register_parquet(table, f"{lake}/{table}", table_partition_cols=columns)
    context.from_pydict({"latest": [LATEST], "handbook": [handbook]}, name="settings")
    for name in STEPS:
        table = context.sql(query_text(name)).to_arrow_table()
        context.from_arrow(table, name=name)
        yield name, [tuple(row.values()) for row in table.to_pylist()]


@contextlib.contextmanager
def spark_session() -> Iterator[Any]:
    spark: Any = importlib.import_module("pyspark.sql")  # only installed by make soak
    session = (
        spark.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    try:
        yield session
    finally:
        session.stop()


def in_spark(lake: Path, handbook: str) -> Iterator[tuple[str, Rows]]:
    with spark_session() as session:
        session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        for table in ("answers", "assessments"):
            session.read.parquet(f"{lake}/{table}").createOrReplaceTempView(table)
        session.createDataFrame(
            [(LATEST, handbook)], "latest string, handbook string"
        ).createOrReplaceTempView("settings")
        for name in STEPS:
            frame = session.sql(query_text(name)).cache()
            frame.createOrReplaceTempView(name)
            yield name, [tuple(row) for row in frame.collect()]


ENGINES: dict[str, Callable[[Path, str], Iterator[tuple[str, Rows]]]] = {
    "duckdb": in_duckdb,
    "polars": in_polars,
    "datafusion": in_datafusion,
    "spark": in_spark,
}
