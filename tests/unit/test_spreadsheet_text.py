"""Texts that a spreadsheet could run as a formula. The browser is tested with the same vectors."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from tebiki.model.spreadsheet_text import escape_formula, rows_to_csv

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "spreadsheet.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=[ascii(vector["text"]) for vector in VECTORS])
def test_formulas_are_escaped_and_other_texts_stay(vector: dict[str, str]) -> None:
    assert escape_formula(vector["text"]) == vector["safe"]


def test_escaped_texts_differ_where_the_texts_differ() -> None:
    assert len({vector["safe"] for vector in VECTORS}) == len({vector["text"] for vector in VECTORS})


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_separator_makes_a_cell_that_is_a_formula(separator: str) -> None:
    rows = [("before", vector["text"], "after") for vector in VECTORS]
    for line in csv.reader(
        io.StringIO(rows_to_csv(rows).decode("utf-8-sig"), newline=""), delimiter=separator
    ):
        assert [cell for cell in line if re.match("[ \u00a0\u3000\\s]*[=+\\-@＝＋－＠]", cell)] == []


def test_every_field_is_quoted() -> None:
    assert rows_to_csv([["a", ""], ['"', "1"]]) == b'\xef\xbb\xbf"a",""\r\n"""","1"\r\n'
