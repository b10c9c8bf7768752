"""An entry of the handbook of any kind: its head is typed, the rest is plain data.

What a kind adds to the head stays in ``data``, whose form the JSON Schema of the kind guarantees. A new
kind therefore needs a schema and a template, and no class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.diagnostics import Place

#: An item holds its parts under these keys: small items with permanent ids of their own.
PART_KEYS = (
    "definitions", "points", "steps", "duties", "questions", "aspects", "tiers", "parties", "subjects",
    "ends",
)  # fmt: skip

#: The kinds of documents in the register of a handbook that defines none.
DEFAULT_DOCUMENT_KINDS = (
    "arrangement", "guideline", "law", "notice", "policy", "press", "recommendation", "report", "slides",
    "strategy",
)  # fmt: skip

#: The kind of a row of a comparison, such as a country. What is compared is defined in the handbook's own file.
COMPARISON_ROW = "comparison-row"

Localized = Mapping[str, str]


@dataclass(frozen=True)
class SourceReference:
    """A document of the register, and the place in it; ``status`` is set where it differs from the document's."""

    source: str
    place: str | Localized
    at: Place
    status: str | None = None

    def place_in(self, language: str) -> str:
        """Return the place in ``language``; one that is not by language is the same in all."""
        return self.place if isinstance(self.place, str) else self.place[language]


@dataclass(frozen=True)
class Part:
    """A definition, point, step, duty, question or end inside an item."""

    id: str
    sources: tuple[SourceReference, ...]
    status: str | None
    data: Mapping[str, Any]
    at: Place


@dataclass(frozen=True)
class Item:
    """An entry of the handbook, of whatever kind."""

    id: str
    kind: str
    title: Localized
    sources: tuple[SourceReference, ...]
    status: str | None
    parts: tuple[Part, ...]
    data: Mapping[str, Any]
    at: Place

    @property
    def collection(self) -> str:
        """What lists, tables and open data put it into: its kind, or the comparison that it is a row of."""
        return str(self.data["comparison"]) if self.kind == COMPARISON_ROW else self.kind
