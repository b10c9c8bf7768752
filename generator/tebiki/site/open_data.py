"""Open data: every collection of the handbook as JSON below ``data/v1/``, each with its JSON Schema.

The format is promised to third parties in ``docs/open-data.md``: within v1, keys are added, never
renamed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import PART_KEYS, Item
from tebiki.model.navigation import navigation_sections
from tebiki.model.page_status import page_status
from tebiki.model.placement import place_items
from tebiki.model.site_layout import OPEN_DATA_FOLDER
from tebiki.site.comparison_csv import write_tables
from tebiki.site.open_data_schema import collection_schema, index_schema


def write_open_data(handbook: Handbook, site: Path, stale: Mapping[str, frozenset[str]]) -> None:
    """Write ``data/v1/`` into the new folder ``site``.

    Args:
        handbook: The handbook.
        site: The site.
        stale: For each language that the site is built in, the ids of the entries whose translation is
            not up to date. Addresses are given for these languages.
    """
    folder = site / OPEN_DATA_FOLDER
    (folder / "schemas").mkdir(parents=True)
    version = {
        key: handbook.data[key] for key in ("id", "version", "date", "licence") if key in handbook.data
    }
    collections = []
    for kind, entries in _Collections(handbook, stale).all():
        schema = collection_schema(kind, handbook)
        head = _json({"$schema": f"schemas/{kind}.schema.json", "kind": kind, "handbook": version})
        # one entry on a line, so that a comparison of lines shows what changed between two versions
        lines = ",\n".join(map(_json, entries))
        text = f'{head[:-1]},"items":[\n{lines}\n]}}\n'
        (folder / f"{kind}.json").write_text(text, encoding="utf-8")
        (folder / "schemas" / f"{kind}.schema.json").write_text(_json(schema) + "\n", encoding="utf-8")
        collections.append(
            {
                "kind": kind,
                "title": schema["title"],
                "count": len(entries),
                "file": f"{kind}.json",
                "schema": f"schemas/{kind}.schema.json",
            }
        )
    index = {
        "$schema": "schemas/index.schema.json",
        "format": 1,
        "site": handbook.site.get("site_url") or None,
        "built_languages": list(stale),
        "handbook": _own_data(handbook),
        "collections": collections,
        "tables": write_tables(handbook, folder, stale),
    }
    (folder / "index.json").write_text(_json(index) + "\n", encoding="utf-8")
    index_file = folder / "schemas" / "index.schema.json"
    index_file.write_text(_json(index_schema()) + "\n", encoding="utf-8")


class _Collections:
    """Makes the entries of every collection."""

    def __init__(self, handbook: Handbook, stale: Mapping[str, frozenset[str]]) -> None:
        self._handbook = handbook
        self._stale = stale
        self._placement = place_items(handbook)

    def all(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Each kind or comparison with its entries: sorted by name, entries in the order of the files."""
        handbook = self._handbook
        section_of = {
            page.id: section.id for section in navigation_sections(handbook) for page in section.pages
        }
        collections: dict[str, list[dict[str, Any]]] = {
            "page": [self._page(page, section_of.get(page.id)) for page in handbook.pages],
            "checklist": [self._checklist(checklist) for checklist in handbook.checklists],
            "answer-set": [
                {**_without(answer_set.data, ("kind",)), **self._translation(answer_set.id)}
                for answer_set in handbook.answer_sets
            ],
        }
        for item in handbook.items:
            collections.setdefault(item.collection, []).append(self._item(item))
        yield from sorted(collections.items())

    def _item(self, item: Item) -> dict[str, Any]:
        handbook = self._handbook
        entry = _without(item.data, ("covers",))
        parts = {part.id: part for part in item.parts}
        for key in PART_KEYS:
            if key in entry:
                entry[key] = [
                    {
                        **_without(data, ("covers",)),
                        "status": handbook.status_of(parts[data["id"]].status, parts[data["id"]].sources),
                        "addresses": self._addresses(data["id"]),
                    }
                    for data in entry[key]
                ]
        if "cells" in entry:
            entry["cells"] = [
                {**_without(cell, ("covers",)), "status": handbook.cell_provenance(item, cell)[0]}
                for cell in entry["cells"]
            ]
        if "en" in (official := entry.get("official", {})):  # as v1 had it first
            entry["english"] = "official" if official["en"] else "unofficial"
        return {
            **entry,
            "status": handbook.status_of(item.status, item.sources),
            "addresses": self._addresses(item.id),
            **self._translation(item.id),
            **self._hidden(item.id),
        }

    def _page(self, page: Page, section: str | None) -> dict[str, Any]:
        return {
            **_without(page.head.data, ("covers",)),
            "title": page.title,
            "description": page.description,
            "text": page.body,
            "section": section,
            "status": page_status(self._handbook, page),
            "addresses": self._addresses(page.id),
            **self._translation(page.id),
        }

    def _checklist(self, checklist: Checklist) -> dict[str, Any]:
        current = checklist in self._handbook.current_checklists
        return {
            **_without(checklist.head.data, ("kind", "covers")),
            "status": self._handbook.status_of(checklist.head.status, checklist.head.sources),
            "digest": checklist.digest,
            "current": current,
            "addresses": self._addresses(checklist.id) if current else {},
            **self._translation(checklist.id),
            **self._hidden(checklist.id),
        }

    def _addresses(self, entry_id: str) -> dict[str, str]:
        """Language → address of an entry: a path from the root of the site, with its fragment."""
        anchor = self._placement.anchor_of[entry_id]
        end = f"{self._placement.page_of[entry_id]}.html" + (f"#{anchor}" if anchor else "")
        return {language: f"{language}/{end}" for language in self._stale}

    def _hidden(self, entry_id: str) -> dict[str, Any]:
        overlay = self._handbook.overlay
        hidden = overlay.hidden if overlay else {}
        return {"hidden": hidden[entry_id]["reason"]} if entry_id in hidden else {}

    def _translation(self, entry_id: str) -> dict[str, list[str]]:
        return {"stale_translations": [language for language, ids in self._stale.items() if entry_id in ids]}


def _own_data(handbook: Handbook) -> dict[str, Any]:
    """The data of the handbook's own file, with the dimensions of all comparisons in one list as v1 has them."""
    own = _without(handbook.data, ("kind",))
    if dimensions := [
        entry for comparison in handbook.comparisons.values() for entry in comparison["dimensions"]
    ]:
        own["dimensions"] = dimensions
    return own


def _without(data: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
