"""What the cells of a comparison share is written once."""

from __future__ import annotations

from typing import Any

from tebiki.compiling.comparison import (
    comparison_labels,
    definition_rows,
    in_common,
    matrix_row,
    table_in_common,
)
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook

NOTICE, PAPER = [{"id": "doc-notice", "places": ["1"]}], [{"id": "doc-paper", "places": ["2"]}]


def cell(as_of: str, status: str, sources: list[dict[str, Any]]) -> dict[str, Any]:
    return {"cell": {"as_of": as_of}, "status": status, "sources": sources}


def row(
    *cells: dict[str, Any], status: str = "draft", sources: list[dict[str, Any]] = NOTICE
) -> dict[str, Any]:
    return matrix_row({"cells": list(cells), "status": status, "sources": sources})


def test_a_row_shares_what_is_equal_in_all_its_cells() -> None:
    common = row(cell("2025", "draft", NOTICE), cell("2026", "draft", NOTICE))["common"]
    assert common == {"as_of": None, "status": "draft", "sources": NOTICE}


def test_a_single_cell_shares_nothing() -> None:
    assert in_common([cell("2025", "draft", NOTICE)]) == {"as_of": None, "status": None, "sources": None}


def test_a_table_shares_what_is_equal_in_all_cells_and_heads() -> None:
    same = row(cell("2025", "draft", NOTICE), cell("2025", "draft", NOTICE))
    assert table_in_common([same, same]) == {"as_of": "2025", "status": "draft", "sources": NOTICE}
    other_head = row(
        cell("2025", "draft", NOTICE), cell("2025", "draft", NOTICE), status="adopted", sources=PAPER
    )
    assert table_in_common([same, other_head]) == {"as_of": "2025", "status": None, "sources": None}
    other_cell = row(cell("2025", "draft", NOTICE), cell("2024", "draft", PAPER))
    assert table_in_common([same, other_cell]) == {"as_of": None, "status": "draft", "sources": None}


def test_definitions_are_compared_by_authority() -> None:
    def term(*definitions: tuple[str, str, str]) -> dict[str, Any]:
        entries = [{"id": name, "authority": authority} for name, authority, _ in definitions]
        parts = {name: {"status": status, "sources": []} for name, _, status in definitions}
        return {"item": {"definitions": entries}, "parts": parts, "sources": NOTICE}

    g7, oecd = definition_rows(
        [term(("a", "G7", "draft"), ("b", "OECD", "draft")), term(("c", "G7", "adopted")), term()]
    )
    assert (g7["authority"], oecd["authority"]) == ("G7", "OECD")
    assert [[entry["definition"]["id"] for entry in entries] for entries in g7["cells"]] == [["a"], ["c"], []]
    assert g7["common"] == {"as_of": None, "status": None, "sources": NOTICE}
    assert oecd["common"] == {"as_of": None, "status": None, "sources": None}


def test_the_labels_of_a_comparison_come_from_the_handbook_and_else_from_the_generator() -> None:
    subject = {"subject": {"en": "Repository"}}
    repositories = {"id": "repository", "title": {"en": "Repositories compared"}, "labels": subject}
    handbook = Handbook({"comparisons": [repositories, {"id": "licence"}]}, Place("content/handbook.yml"))
    labels = comparison_labels(handbook, "repository", "en")
    assert (labels["title"], labels["subject"]) == ("Repositories compared", "Repository")
    assert labels["choose_subjects"] == comparison_labels(handbook, "licence", "en")["choose_subjects"] != ""
