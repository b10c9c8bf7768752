"""Comparisons: their labels and rows. What all cells of a row or of a table share is written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tebiki.locales import words
from tebiki.model.handbook import Handbook

_SHARED = ("as_of", "status", "sources")
Context = Mapping[str, Any]  # the template context of an item, see ItemContexts


def comparison_labels(handbook: Handbook, comparison: str, language: str) -> dict[str, str]:
    """Return the title of a comparison, and the words for what it compares.

    Returns:
        ``title``, ``subject``, ``choose_subjects``, ``dimension``, ``choose_dimensions`` and ``code`` in
        ``language``, those of the generator where the handbook has none.
    """
    defined = handbook.comparisons[comparison]
    labels = {**defined.get("labels", {}), **{key: defined[key] for key in ("title",) if key in defined}}
    own = {name: label[language] for name, label in labels.items()}
    return {**words(language, "site")["comparison"], **own}


def in_common(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what all ``entries`` have in common.

    Args:
        entries: Cells, or what the cells of each row have in common.

    Returns:
        The date (``as_of``), the ``status`` and the ``sources`` of all entries; each None where they differ. A single
        entry has nothing in common with others.
    """
    common: dict[str, Any] = {}
    for key in _SHARED:
        values = [entry.get(key) for entry in entries]
        is_shared = len(values) > 1 and all(value == values[0] for value in values)
        common[key] = values[0] if is_shared else None
    return common


def matrix_row(context: Context) -> dict[str, Any]:
    """Return the context of an item with cells, such as a country, and what its cells have in ``common``."""
    cells = [{**cell, "as_of": cell["cell"]["as_of"]} for cell in context["cells"]]
    return {**context, "common": in_common(cells)}


def table_in_common(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the rows of a matrix, their heads and all cells, have in common; see ``in_common``."""
    common = in_common([row["common"] for row in rows])
    for key in ("status", "sources"):
        if any(row[key] != common[key] for row in rows):
            common[key] = None
    return common


def definition_rows(terms: Sequence[Context]) -> list[dict[str, Any]]:
    """Return a row for each authority that defines one of ``terms``.

    Returns:
        Rows with the ``authority``, its definitions of each term in ``cells``, and what they have in ``common``.
    """
    rows: dict[str, list[list[dict[str, Any]]]] = {}
    for column, term in enumerate(terms):
        for definition in term["item"]["definitions"] or ():
            part = term["parts"][definition["id"]]
            row = rows.setdefault(definition["authority"], [[] for _ in terms])
            sources = part["sources"] or term["sources"]
            row[column].append({"definition": definition, "status": part["status"], "sources": sources})
    return [
        {
            "authority": authority,
            "cells": cells,
            "common": in_common([entry for cell in cells for entry in cell]),
        }
        for authority, cells in rows.items()
    ]
