"""The comparisons as CSV files, one for each kind and language: the cells of a ``![[matrix KIND]]``.

One row for each cell, with its date, status and sources. The files are UTF-8 with a byte order mark,
without which spreadsheet programs misread Japanese, and have the line ends of RFC 4180.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tebiki.compiling.page_text import plain_text
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item, SourceReference
from tebiki.model.placement import Placement, place_items, titles_by_id
from tebiki.model.site_layout import comparison_file_name
from tebiki.model.spreadsheet_text import rows_to_csv


def write_tables(handbook: Handbook, folder: Path, languages: Iterable[str]) -> list[dict[str, str]]:
    """Write a table for each kind that has cells, in each of ``languages``.

    Returns:
        ``kind``, ``language`` and ``file``, a name in ``folder``, of each table.
    """
    kinds = sorted({item.kind for item in handbook.items if "cells" in item.data})
    placement = place_items(handbook)
    tables = []
    for kind, language in itertools.product(kinds, languages):
        name = comparison_file_name(kind, language)
        (folder / name).write_bytes(_table(handbook, placement, kind, language))
        tables.append({"kind": kind, "language": language, "file": name})
    return tables


def _table(handbook: Handbook, placement: Placement, kind: str, language: str) -> bytes:
    texts = words(language, "site")
    titles = titles_by_id(handbook, language)
    dimensions = {
        dimension["id"]: dimension["title"][language] for dimension in handbook.data.get("dimensions", ())
    }
    headings = (
        "country",
        "code",
        "dimension",
        "statement",
        "as_of",
        "status_word",
        "sources",
        "address_here",
    )
    table = [[str(texts[heading]) for heading in headings]]
    hidden = handbook.overlay.hidden if handbook.overlay else {}
    for item in (item for item in handbook.items if item.kind == kind and item.id not in hidden):
        for row in _rows(handbook, item, language, dimensions, titles):
            address = f"{language}/{placement.page_of[item.id]}.html#{placement.anchor_of[item.id]}"
            table.append([*row, address])
    return rows_to_csv(table)


def _rows(
    handbook: Handbook,
    item: Item,
    language: str,
    dimensions: Mapping[str, str],
    titles: Mapping[str, str],
) -> Iterator[tuple[str, ...]]:
    texts = words(language, "site")
    name = item.title[language]
    for cell in item.data["cells"]:
        status, sources = handbook.cell_provenance(item, cell)
        yield (
            name,
            item.data.get("code", ""),
            dimensions[cell["dimension"]],
            plain_text(cell["text"][language], titles),
            cell["as_of"],
            texts["status"][status],
            _citations(handbook, sources, language),
        )


def _citations(handbook: Handbook, references: tuple[SourceReference, ...], language: str) -> str:
    citations = []
    for reference in references:
        source = handbook.sources[reference.source]
        issuer = source.data["issuer"][language]
        citations.append(f"{source.title[language]} ({issuer}, {source.data['date']}) {reference.place}")
    return "\n".join(citations)
