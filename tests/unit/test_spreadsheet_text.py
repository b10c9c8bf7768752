"""Texts that a spreadsheet could run as a formula. The browser is tested with the same vectors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tebiki.model.spreadsheet_text import escape_formula

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "spreadsheet.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=[ascii(vector["text"]) for vector in VECTORS])
def test_formulas_are_escaped_and_other_texts_stay(vector: dict[str, str]) -> None:
    assert escape_formula(vector["text"]) == vector["safe"]


def test_escaped_texts_differ_where_the_texts_differ() -> None:
    assert len({vector["safe"] for vector in VECTORS}) == len({vector["text"] for vector in VECTORS})
