"""The JSON Schemas of all kinds of files (JSON Schema 2020-12), and the formats of their texts."""

from __future__ import annotations

import datetime
import difflib
import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from tebiki.model.localise import Shape
from tebiki.model.message import Message
from tebiki.resources import SCHEMAS, read_resource, resource_names

#: The end of the name of a file with a schema.
SUFFIX = ".schema.json"
_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@functools.cache
def schema_names() -> tuple[str, ...]:
    """Return the names of all schemas, sorted."""
    files = (name for name in resource_names(SCHEMAS) if name.endswith(SUFFIX))
    return tuple(sorted(name.removesuffix(SUFFIX) for name in files))


@functools.cache
def read_schema(name: str) -> dict[str, Any]:
    """Return the schema as data, which callers must not change."""
    data: dict[str, Any] = json.loads(read_resource(SCHEMAS, name + SUFFIX))
    return data


@functools.cache
def schema_shape(name: str) -> Shape:
    """Return the keys that the schema called ``name`` lists, at every level."""
    return _shape(read_schema(name), name, {})


def _shape(node: Mapping[str, Any], name: str, shapes: dict[str, Shape]) -> Shape:
    """The shape of what ``node`` in the schema called ``name`` describes; ``shapes`` has those of references."""
    if "$ref" in node:
        return _referenced_shape(node["$ref"], name, shapes)
    if "items" in node:
        return _shape(node["items"], name, shapes)
    if "else" in node and "properties" not in node:  # the notes of a checklist are read as they are
        return _shape(node["else"], name, shapes)
    properties = {key: _shape(value, name, shapes) for key, value in node.get("properties", {}).items()}
    others = node.get("additionalProperties")
    return Shape(properties, _shape(others, name, shapes) if isinstance(others, Mapping) else None)


def _referenced_shape(reference: str, name: str, shapes: dict[str, Shape]) -> Shape:
    file, _, pointer = reference.partition("#")
    name = file.removesuffix(SUFFIX) or name
    key = f"{name}#{pointer}"
    if key not in shapes:
        shapes[key] = shape = Shape()  # filled below: a condition holds conditions
        target: Any = read_schema(name)
        for step in pointer.split("/")[1:]:
            target = target[step]
        resolved = _shape(target, name, shapes)
        shape.properties, shape.other_values = resolved.properties, resolved.other_values
    return shapes[key]


def suggestion(word: str, known: Iterable[str]) -> Message | Literal[""]:
    """Return a part to end a message with: the known word most like ``word``; "" without one."""
    known = list(known)
    for other in known:
        if unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", word):
            return Message("common.composed-differently", word=other)
    match = similar_word(word, known)
    return Message("common.did-you-mean", word=match) if match else ""


def similar_word(word: str, known: Iterable[str]) -> str:
    """Return the one of ``known`` that is most like ``word``; "" if none is."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def is_day(value: object) -> bool:
    """Return whether ``value`` is a day that exists; what is no text is left to the type."""
    return not isinstance(value, str) or (len(value) == 10 and is_partial_date(value))


def is_partial_date(value: object) -> bool:
    """Return whether ``value`` is a day, a month or a year that exists; what is no text is left to the type."""
    if not isinstance(value, str):
        return True
    if not _PARTIAL_DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def is_web_address(value: object) -> bool:
    """Return whether ``value`` is an address with http or https; what is no text is left to the type."""
    if not isinstance(value, str):
        return True
    if re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port  # reading it raises on a port that is none
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
