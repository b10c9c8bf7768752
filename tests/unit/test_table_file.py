"""Tables that spreadsheet programs save as text. The browser is tested with the same vectors."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from tebiki.locales import words
from tebiki.results.table_file import NoTableError, fold_width, read_table

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "tables.json").read_text("utf-8"))
HEADINGS = ("ID", "質問", "回答")


@pytest.mark.parametrize("vector", VECTORS["tables"], ids=[vector["case"] for vector in VECTORS["tables"]])
def test_a_table_is_read_or_its_kind_is_stated(vector: dict[str, Any]) -> None:
    raw = base64.b64decode(vector["bytes"])
    if "rows" in vector:
        assert read_table(raw, HEADINGS) == vector["rows"]
        return
    with pytest.raises(NoTableError, match=f"^{vector['kind']}$"):
        read_table(raw, HEADINGS)


def test_every_kind_has_words() -> None:
    kinds = {vector["kind"] for vector in VECTORS["tables"] if "kind" in vector}
    assert words("en", "result")["tables"].keys() == words("ja", "result")["tables"].keys() == kinds


@pytest.mark.parametrize("vector", VECTORS["ids"], ids=[ascii(vector["text"]) for vector in VECTORS["ids"]])
def test_full_width_is_folded_in_ids_and_numbers(vector: dict[str, str]) -> None:
    assert fold_width(vector["text"]) == vector["folded"]
