"""The comparisons as CSV files, one for each comparison and language: the cells of a ``![[matrix ID]]``.

One row for each cell, with its date, status and sources. The files are UTF-8 with a byte order mark,
without which spreadsheet programs misread Japanese, and have the line ends of RFC 4180.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tebiki.compiling.comparison import comparison_labels
from tebiki.compiling.site_words import site_words
from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW, Item, SourceReference
from tebiki.model.placement import Placement, place_items, titles_by_id
from tebiki.model.plain_text import plain_text
from tebiki.model.portable_text import portable_text
from tebiki.model.site_layout import comparison_file_name
from tebiki.model.spreadsheet_text import rows_to_csv


def write_tables(handbook: Handbook, folder: Path, languages: Iterable[str]) -> list[dict[str, str]]:
    """Write a table for each comparison that has rows, in each of ``languages``.

    Returns:
        ``kind``, the id of the comparison, ``language`` and ``file``, a name in ``folder``, of each table.
    """
    comparisons = sorted({item.collection for item in handbook.items if item.kind == COMPARISON_ROW})
    placement = place_items(handbook)
    tables = []
    for comparison, language in itertools.product(comparisons, languages):
        name = comparison_file_name(comparison, language)
        (folder / name).write_bytes(_table(handbook, placement, comparison, language))
        tables.append({"kind": comparison, "language": language, "file": name})
    return tables


def _table(handbook: Handbook, placement: Placement, comparison: str, language: str) -> bytes:
    texts = site_words(handbook, language)
    titles = titles_by_id(handbook, language)
    dimensions = {
        dimension["id"]: dimension["title"][language]
        for dimension in handbook.comparisons[comparison]["dimensions"]
    }
    labels = comparison_labels(handbook, comparison, language)
    headings = [labels[name] for name in ("subject", "code", "dimension")]
    headings += [texts[name] for name in ("statement", "as_of", "status_word", "sources", "address_here")]
    table = [headings]
    hidden = handbook.overlay.hidden if handbook.overlay else {}
    for item in (item for item in handbook.items if item.collection == comparison and item.id not in hidden):
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
    texts = site_words(handbook, language)
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
        place = portable_text(reference.place_in(language))
        citations.append(f"{source.title[language]} ({issuer}, {source.data['date']}) {place}")
    return "\n".join(citations)
