"""The template context of items: their data in one language, with status and sources resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.item import Item, SourceReference
from tebiki.model.localise import localise
from tebiki.reading.schema import schema_shape


class ItemContexts:
    """Makes the contexts of the items of a handbook in one language, each once.

    Args:
        handbook: The handbook, without errors.
        language: The language of the pages.
        stale: The ids of the translation units that are not up to date.
    """

    def __init__(self, handbook: Handbook, language: str, stale: frozenset[str]) -> None:
        self._handbook = handbook
        self._language = language
        self._stale = stale
        self._contexts: dict[str, dict[str, Any]] = {}

    def context(self, item: Item) -> dict[str, Any]:
        """Return the context of an item; it must not be changed.

        ``item`` is its data in the language, ``titles`` its title in all languages; ``status``, ``sources`` and
        ``stale`` are its own, ``parts`` has the status and the sources of each part by id (no sources where they are
        those of the item), ``cells`` the status and the sources of each cell.
        """
        if item.id not in self._contexts:
            self._contexts[item.id] = self._make(item)
        return self._contexts[item.id]

    def sources(self, references: tuple[SourceReference, ...]) -> list[dict[str, Any]]:
        """Return the documents of ``references``, each once with all its places."""
        sources: dict[str, dict[str, Any]] = {}
        for reference in references:
            source = self._handbook.sources[reference.source]
            entry = sources.setdefault(
                source.id,
                {
                    "id": source.id,
                    "title": source.title[self._language],
                    "issuer": source.data["issuer"][self._language],
                    "date": source.data["date"],
                    "era": source.data.get("era", False),
                    "places": [],
                    "places_language": self._language,
                    "status": source.status,
                },
            )
            entry["places"].append(reference.place_in(self._language))
            if isinstance(reference.place, str):
                entry["places_language"] = self._handbook.languages[0]
        return list(sources.values())

    def provenance(self, references: tuple[SourceReference, ...], stated: str | None) -> dict[str, Any]:
        """Return the ``status`` and the ``sources`` of a statement with a stated status, if any."""
        return {
            "status": self._handbook.status_of(stated, references),
            "sources": self.sources(references),
        }

    def entry_provenance(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Return the provenance of an entry of an item that is not one of its parts, from its data."""
        position = self._handbook.at  # not used after the checks
        references = tuple(
            SourceReference(source["source"], source["place"], position, source.get("status"))
            for source in entry["sources"]
        )
        return self.provenance(references, entry.get("status"))

    def _make(self, item: Item) -> dict[str, Any]:
        handbook = self._handbook
        shape = schema_shape(item.kind).value("items")
        data = localise(item.data, self._language, handbook.languages, shape)
        cells = [handbook.cell_provenance(item, cell) for cell in item.data.get("cells", ())]
        return {
            "item": data,
            "cells": [
                {"cell": cell, "status": status, "sources": self.sources(references)}
                for cell, (status, references) in zip(data.get("cells", ()), cells, strict=True)
            ],
            "titles": item.title,
            "status": handbook.status_of(item.status, item.sources),
            "sources": self.sources(item.sources),
            "parts": {
                part.id: {
                    "status": handbook.status_of(part.status, part.sources),
                    "sources": self.sources(part.sources) if part.sources != item.sources else [],
                }
                for part in item.parts
            },
            "stale": item.id in self._stale,
        }
