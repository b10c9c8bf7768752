"""The JSON Schemas of the open data, made from the schemas of the handbook's own files.

Each is complete in itself: the definitions of ``common.schema.json`` are copied in, so that a third
party needs one file and no other address.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW, PART_KEYS
from tebiki.reading.schema import read_schema

_BASE = "https://tebiki.invalid/data/v1/schemas/"
_COMMON = "common-"
_ADDRESSES: dict[str, Any] = {
    "title": "Addresses",
    "description": "By language: where this stands, as a path from the root of the site, with its fragment.",
    "type": "object",
    "additionalProperties": {
        "type": "string",
        "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*/[^#?]+\\.html(#\\S+)?$",
    },
}
_STATUS: dict[str, Any] = {
    "$ref": "#/$defs/common-status",
    "description": "The status of the statement: as stated, or the weakest among its sources.",
}
_PAGE_STATUS: dict[str, Any] = {
    "title": "Status",
    "description": "How firm what the page rests on is; null for a page that states no fact of its own.",
}
_STALE: dict[str, Any] = {
    "title": "Stale translations",
    "description": "The languages whose text was made from an earlier state of the original.",
    "type": "array",
    "items": {"type": "string"},
}
_HIDDEN: dict[str, Any] = {
    "title": "Hidden",
    "description": "By language: why the pages of an institution's own handbook do not show it. Left out where they do.",
    "type": "object",
    "additionalProperties": {"type": "string"},
}
_SECTION: dict[str, Any] = {
    "title": "Section",
    "description": "The id of the section of the navigation that the page belongs to; null for none.",
    "type": ["string", "null"],
}
_ENGLISH: dict[str, Any] = {
    "title": "Standing of the English name",
    "description": "The same as en in official.",
    "enum": ["official", "unofficial"],
}
_DIGEST: dict[str, Any] = {
    "title": "Digest",
    "description": "SHA-256 over the checklist's canonical JSON (RFC 8785); results carry the same.",
    "type": "string",
}
_CURRENT: dict[str, Any] = {
    "title": "Current",
    "description": "Whether this is the highest version, which is the one that the site shows.",
    "type": "boolean",
}


def collection_schema(name: str, handbook: Handbook) -> dict[str, Any]:
    """Return the schema of a collection, ``data/v1/NAME.json``.

    Args:
        name: A kind of items, a comparison, ``page``, ``checklist`` or ``answer-set``.
        handbook: The handbook, which defines the comparisons and the statuses.
    """
    kind = COMPARISON_ROW if name in handbook.comparisons else name
    own = _self_contained(kind)
    defs = own["$defs"]
    status = defs[f"{_COMMON}status"]
    defs[f"{_COMMON}status"] = {
        "title": status["title"],
        "description": status["description"],
        "enum": list(handbook.statuses),
    }
    if "items" in own["properties"]:
        entry, definition_name = defs["item"], "item"
        _add_required(entry, {"status": _STATUS, "addresses": _ADDRESSES, "stale_translations": _STALE})
        for key in PART_KEYS:
            if key in entry["properties"]:
                part = defs[entry["properties"][key]["items"]["$ref"].rsplit("/", 1)[-1]]
                _add_required(part, {"status": _STATUS, "addresses": _ADDRESSES})
        if "official" in entry["properties"]:
            entry["properties"]["english"] = _ENGLISH
        if "cells" in entry["properties"]:
            _add_required(defs["cell"], {"status": _STATUS})
    else:
        keys = ("title", "description", "type", "properties", "required", "additionalProperties", "oneOf")
        entry, definition_name = {key: own[key] for key in keys if key in own}, "entry"
        entry["properties"].pop("kind", None)
        entry["required"] = [key for key in entry["required"] if key != "kind"]
        _add_required(entry, _added_properties(kind, handbook))
        defs[definition_name] = entry
    if "items" in own["properties"] or kind == "checklist":
        entry["properties"]["hidden"] = _HIDDEN
    for definition in defs.values():
        for key in ("comment", "covers"):  # for editors; ids of a list that is not published
            definition.get("properties", {}).pop(key, None)
    return {
        "$schema": own["$schema"],
        "$id": f"{_BASE}{name}.schema.json",
        "title": own["title"],
        "description": own["description"],
        "type": "object",
        "properties": {
            "$schema": {"title": "Schema", "description": "Where this schema stands.", "type": "string"},
            "kind": {"title": "Kind", "description": "What the entries are.", "const": name},
            "handbook": {"$ref": "#/$defs/handbook"},
            "items": {
                "title": "Entries",
                "description": "In the order of the handbook's files.",
                "type": "array",
                "items": {"$ref": f"#/$defs/{definition_name}"},
            },
        },
        "required": ["$schema", "kind", "handbook", "items"],
        "additionalProperties": False,
        "$defs": {**defs, "handbook": _version_schema()},
    }


def index_schema() -> dict[str, Any]:
    """The schema of ``data/v1/index.json``."""
    own = _self_contained("handbook")
    text: dict[str, Any] = {"type": "string"}
    file = {"title": "File", "description": "Relative to this index.", **text}
    listed = _closed_object(
        "Collection",
        "One file of entries: what it holds, how many, and where it and its schema stand.",
        kind={"title": "Kind", **text},
        title={"title": "Title", **text},
        count={"title": "Number of entries", "type": "integer", "minimum": 0},
        file=file,
        schema={**file, "title": "Schema of the file"},
    )
    table = _closed_object(
        "Table",
        "A comparison as a CSV file (UTF-8 with byte order mark, RFC 4180).",
        kind={"title": "Kind", **text},
        language={"title": "Language", **text},
        file=file,
    )
    site = "Where the site is published, from https:// on; null where the handbook does not say."
    return {
        "$schema": own["$schema"],
        "$id": f"{_BASE}index.schema.json",
        "title": "Index of the open data",
        "description": "What the handbook is, and the collections that it publishes.",
        "type": "object",
        "properties": {
            "$schema": {"title": "Schema", "description": "Where this schema stands.", **text},
            "format": {"title": "Format", "description": "The version of this form.", "const": 1},
            "site": {"title": "Site", "description": site, "type": ["string", "null"]},
            "built_languages": {
                "title": "Built languages",
                "description": "The languages that have pages.",
                "type": "array",
                "items": text,
            },
            "handbook": {"$ref": "#/$defs/handbook"},
            "collections": {
                "title": "Collections",
                "description": "By kind.",
                "type": "array",
                "items": {"$ref": "#/$defs/collection"},
            },
            "tables": {
                "title": "Tables",
                "description": "By kind and language.",
                "type": "array",
                "items": {"$ref": "#/$defs/table"},
            },
        },
        "required": ["$schema", "format", "site", "built_languages", "handbook", "collections", "tables"],
        "additionalProperties": False,
        "$defs": {**own["$defs"], "handbook": _handbook_schema(own), "collection": listed, "table": table},
    }


def _handbook_schema(own: dict[str, Any]) -> dict[str, Any]:
    """The schema of ``handbook`` in the index, from that of the handbook's own file."""
    keys = ("title", "description", "type", "properties", "required", "additionalProperties")
    handbook = {key: own[key] for key in keys}
    del handbook["properties"]["kind"]
    handbook["properties"]["dimensions"] = {
        **own["$defs"]["comparison"]["properties"]["dimensions"],
        "description": "The dimensions of all comparisons.",
    }
    handbook["required"] = [key for key in handbook["required"] if key != "kind"]
    return handbook


def _version_schema() -> dict[str, Any]:
    """The schema of ``handbook`` in a collection."""
    return {
        "title": "Handbook",
        "description": "The handbook that the entries come from, its version and its licence.",
        "type": "object",
        "properties": {
            "id": {"$ref": "#/$defs/common-id"},
            "version": {"$ref": "#/$defs/common-version"},
            "date": {
                "title": "Date",
                "description": "The day of this version.",
                "type": "string",
                "format": "date",
            },
            "licence": _self_contained("handbook")["properties"]["licence"],
        },
        "required": ["id", "version", "date"],
        "additionalProperties": False,
    }


def _added_properties(kind: str, handbook: Handbook) -> dict[str, Any]:
    """The properties that the open data add to an entry with a file of its own."""
    localized = {"$ref": "#/$defs/common-localized"}
    return {
        "page": {
            "title": {"title": "Title", **localized},
            "description": {"title": "Description", **localized},
            "text": {"title": "Text", "description": "The page's Markdown, by language.", **localized},
            "section": _SECTION,
            "status": {**_PAGE_STATUS, "enum": [*handbook.statuses, None]},
            "addresses": _ADDRESSES,
            "stale_translations": _STALE,
        },
        "checklist": {
            "status": _STATUS,
            "digest": _DIGEST,
            "current": _CURRENT,
            "addresses": _ADDRESSES,
            "stale_translations": _STALE,
        },
        "answer-set": {"stale_translations": _STALE},
    }[kind]


def _add_required(entry: dict[str, Any], added: dict[str, Any]) -> None:
    """Add properties that every entry has."""
    entry["properties"].update(added)
    entry["required"] = list(dict.fromkeys([*entry["required"], *added]))


def _self_contained(name: str) -> dict[str, Any]:
    """A copy of a schema that refers to nothing outside itself."""
    text = json.dumps(read_schema(name)).replace('"common.schema.json#/$defs/', f'"#/$defs/{_COMMON}')
    own: dict[str, Any] = json.loads(text)
    own["$defs"] = {**own.get("$defs", {}), **json.loads(_common())}
    return own


@functools.cache
def _common() -> str:
    text = json.dumps(read_schema("common")["$defs"]).replace('"#/$defs/', f'"#/$defs/{_COMMON}')
    return json.dumps({_COMMON + name: definition for name, definition in json.loads(text).items()})


def _closed_object(title: str, description: str, /, **properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object that has all of ``properties`` and nothing else."""
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }
