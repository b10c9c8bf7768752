"""Parquet files that are written without a library, read by engines."""

from __future__ import annotations

import random
from pathlib import Path

import datafusion
import duckdb
import polars
import pytest
from tebiki.results.parquet_columns import (
    Dictionary,
    Repetition,
    column_of_booleans,
    column_of_indices,
    column_of_values,
)
from tebiki.results.parquet_file import parquet_file


@pytest.mark.parametrize("distinct", [1, 8, 300, 70_000])  # indices of one, two and four bytes
def test_engines_read_what_was_written(distinct: int, tmp_path: Path) -> None:
    chance = random.Random(distinct)
    lengths = [3, *(chance.choice((0, 1, 2)) for _value in range(distinct - 1))]
    lengths[-1] = max(lengths[-1], 200)  # the length of a run has two bytes
    texts = [f"機関{number}" for number in range(distinct)]
    rows = sum(lengths)
    flags = bytes(chance.randrange(2) for _row in range(rows))
    numbers = [chance.randrange(2**31) for _row in range(rows)]
    indices = [chance.randrange(2) for _row in range(rows)]
    repetition, pair = Repetition(lengths), Dictionary(["", "b"])
    content = parquet_file(
        [
            repetition.column("text", Dictionary(texts)),
            repetition.column("half", Dictionary([text[:3] for text in texts])),
            repetition.column("wide", Dictionary([2**62 + number for number in range(distinct)], wide=True)),
            column_of_indices("pair", pair, pair.encode(indices)),
            column_of_booleans("flag", flags),
            column_of_values("number", Dictionary(numbers)),
        ]
    )
    file = tmp_path / "table.parquet"
    file.write_bytes(content)
    expected = [
        (texts[place], texts[place][:3], 2**62 + place)
        for place, length in enumerate(lengths)
        for _copy in range(length)
    ]
    by_row = zip(expected, indices, flags, numbers, strict=True)
    table = [(*values, ("", "b")[index], bool(flag), number) for values, index, flag, number in by_row]
    assert duckdb.sql(f"SELECT * FROM '{file}'").fetchall() == table
    assert polars.read_parquet(file).rows() == table
    context = datafusion.SessionContext()
    context.register_parquet("t", str(file))
    arrow = context.sql("SELECT * FROM t").to_arrow_table()
    assert list(zip(*arrow.to_pydict().values(), strict=True)) == table
