"""The columns and the kinds of rows of a checklist as a table, and what they hold of the data of a checklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Codec = Literal[
    "text", "word", "whole", "decimal", "truth", "ids", "word-or-ids", "lines", "sources", "condition", "json"
]
DataPath = tuple[str, ...]

#: The columns in their order. ``lines`` and ``text`` are texts for readers: a column for each language.
COLUMNS: Mapping[str, Codec] = {
    "row": "word",
    "id": "word",
    "number": "word",
    "title": "text",
    "text": "text",
    "level": "word",
    "required": "truth",
    "type": "word",
    "answer-set": "word",
    "format": "word",
    "minimum": "decimal",
    "maximum": "decimal",
    "unit": "text",
    "row-name": "text",
    "when": "condition",
    "default": "word-or-ids",
    "na": "truth",
    "notes": "truth",
    "criteria": "lines",
    "evidence": "word",
    "evidence-for": "ids",
    "examples": "lines",
    "for": "ids",
    "link": "word",
    "role": "word",
    "office": "text",
    "minutes": "decimal",
    "basis": "word",
    "wording": "text",
    "sources": "sources",
    "covers": "ids",
    "group": "text",
    "one-question": "truth",
    "ready-texts": "json",
    "replaces": "ids",
    "takes-from": "ids",
    "rev": "whole",
    "status": "word",
    "version": "word",
    "audience": "word",
    "paging": "word",
}


@dataclass(frozen=True)
class RowKind:
    """A kind of row.

    Attributes:
        path: Where the rows of this kind are in the data of the row that they stand under.
        under: The kinds of rows that it may stand under; the nearest above it is the one.
        cells: The path in the data of the row for each column that the row uses.
    """

    path: DataPath
    under: tuple[str, ...]
    cells: Mapping[str, DataPath] = field(default_factory=dict)


def _same(*keys: str) -> dict[str, DataPath]:
    """Columns that are called like the key, with hyphens in place of low lines."""
    return {key.replace("_", "-"): (key,) for key in keys}


_TITLED = _same("id", "title", "text")
_SPEC = _same("type", "answer_set", "format", "minimum", "maximum", "unit")

ROW_KINDS: Mapping[str, RowKind] = {
    "checklist": RowKind(
        (),
        (),
        _TITLED
        | _same("version", "audience", "minutes", "answer_set", "status", "sources", "covers", "paging"),
    ),
    "level": RowKind(("levels",), ("checklist",), _TITLED),
    "result": RowKind(("results",), ("checklist",), _TITLED | _same("when", "sources")),
    "section": RowKind(("sections",), ("checklist",), _TITLED | _same("group", "covers", "one_question")),
    "note": RowKind(("items",), ("section",), {"id": ("id",), "title": ("note",)}),
    "question": RowKind(
        ("items",),
        ("section",),
        _same("id", "rev", "status", "replaces", "number", "level", "required", "default", "basis", "wording")
        | _same("criteria", "office", "minutes", "when", "sources", "covers", "takes_from")
        | {column: ("answer", *path) for column, path in _SPEC.items()}
        | {
            "title": ("question",),
            "text": ("help",),
            "row-name": ("answer", "row"),
            "ready-texts": ("answer", "ready_texts"),
            "evidence": ("evidence", "wanted"),
            "evidence-for": ("evidence", "for"),
            "examples": ("evidence", "examples"),
            "na": ("na", "allowed"),
            "notes": ("notes", "allowed"),
        },
    ),
    "field": RowKind(
        ("answer", "fields"),
        ("question",),
        _same("id", "title", "required") | _SPEC | {"text": ("hint",)},
    ),
    "advice": RowKind(
        ("advice",), ("question",), {"title": ("action",), "text": ("text",)} | _same("for", "link")
    ),
    "answer-set": RowKind((), (), _same("id")),
    "answer": RowKind(("answers",), ("answer-set",), _TITLED | _same("role")),
}

#: Headings of other programs for what has no place here; they are compared in lower case.
SCORE_HEADINGS = frozenset(
    [
        "weight",
        "weights",
        "weighting",
        "score",
        "scores",
        "points",
        "rating",
        "重み",
        "重み付け",
        "配点",
        "得点",
        "点数",
        "スコア",
        "ウェイト",
        "ウエイト",
    ]
)


def is_localized(column: str) -> bool:
    """Return whether there is a column for each language."""
    return COLUMNS.get(column) in ("text", "lines")


def column_keys(languages: Iterable[str]) -> list[str]:
    """Return the keys of all columns, such as ``id`` and ``title.ja``, in their order."""
    languages = list(languages)
    return [
        key
        for column in COLUMNS
        for key in ([f"{column}.{language}" for language in languages] if is_localized(column) else [column])
    ]


def row_kind_of(parent: str, data: Mapping[str, object], path: DataPath) -> str:
    """Return the kind of the row for ``data``, which stands at ``path`` in the data of a row of the kind ``parent``."""
    kinds = [name for name, kind in ROW_KINDS.items() if parent in kind.under and kind.path == path]
    return kinds[0] if "note" in data else kinds[-1]
