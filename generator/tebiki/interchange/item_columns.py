"""The columns of a table of items, which follow from the schema of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.interchange.cell_text import cell_text
from tebiki.interchange.columns import Codec
from tebiki.locales.reference import localized_schema
from tebiki.model.item import COMPARISON_ROW

#: What can be a table, as it is called in a command, and the kind of the items.
TABLE_KINDS = {
    "terms": "term",
    "sources": "source",
    "contacts": "contact",
    "comparisons": COMPARISON_ROW,
    "events": "event",
}
_SUFFIX = ".schema.json"
_SCALARS: Mapping[str, Codec] = {"boolean": "truth", "integer": "whole", "string": "word"}
_BY_LANGUAGE: Mapping[str, Codec] = {"string": "text", "array": "ids", "boolean": "truth"}


@dataclass(frozen=True)
class ItemColumn:
    """A column.

    Attributes:
        key: Its name in every language: the key of the schema, with the language where there is one (``title.ja``).
        path: Where its values are in the data of a row.
        codec: How its values become texts.
        heading: Its title in the language of the table.
    """

    key: str
    path: tuple[str, ...]
    codec: Codec
    heading: str

    def value(self, data: Mapping[str, Any]) -> Any:
        """Return the value in the data of a row; None where there is none."""
        value: Any = data
        for step in self.path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    def text(self, data: Mapping[str, Any]) -> str:
        """Return the text of the cell for the data of a row; a line end at the end of a text is left out."""
        value = self.value(data)
        if value is None:
            return ""
        text = cell_text(value, self.codec)
        return text.rstrip("\n") if self.codec == "text" else text


def item_columns(kind: str, languages: Sequence[str], language: str) -> list[ItemColumn]:
    """Return the columns for items of a kind; a comparison has a row for each cell, named by item and dimension.

    Args:
        kind: The kind of the items.
        languages: The languages of the handbook.
        language: The language of the headings.
    """
    schema = localized_schema(kind, language)["$defs"]
    item = schema["item"]["properties"]
    if kind != COMPARISON_ROW:
        return list(_columns(item, kind, languages, language))
    return [
        *_columns({"id": item["id"]}, kind, languages, language),
        *_columns(schema["cell"]["properties"], kind, languages, language),
    ]


def _columns(
    properties: Mapping[str, Any], kind: str, languages: Sequence[str], language: str
) -> Iterator[ItemColumn]:
    for key, declared in properties.items():
        if key == "comment":  # is not read, and stays in the file
            continue
        schema, name, title = _resolved(declared, kind, language)
        values = schema.get("additionalProperties")
        if schema.get("type") == "object" and isinstance(values, Mapping):
            codec = _BY_LANGUAGE[str(values["type"])]
            for code in languages:
                yield ItemColumn(f"{key}.{code}", (key, code), codec, f"{title} ({code})")
        else:
            yield ItemColumn(key, (key,), _codec(key, schema, name, language), title)


def _codec(key: str, schema: Mapping[str, Any], name: str, language: str) -> Codec:
    if key == "sources":
        return "sources"
    if schema.get("type") == "array":
        entry, _name, _title = _resolved(schema["items"], name, language)
        return "ids" if entry.get("type") == "string" else "json"
    return "word" if "enum" in schema else _SCALARS.get(str(schema.get("type")), "json")


def _resolved(declared: Mapping[str, Any], name: str, language: str) -> tuple[Mapping[str, Any], str, str]:
    """Return what a key holds, without references, the name of the schema that says so, and the title."""
    title = str(declared.get("title", ""))
    while "$ref" in declared:
        file, _, pointer = str(declared["$ref"]).partition("#")
        name = file.removesuffix(_SUFFIX) or name
        target: Any = localized_schema(name, language)
        for step in pointer.split("/")[1:]:
            target = target[step]
        declared = target
        title = title or str(declared.get("title", ""))
    return declared, name, title
