"""Checks the data of a file against the JSON Schema of its kind (JSON Schema 2020-12)."""

from __future__ import annotations

import datetime
import difflib
import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from referencing import Registry, Resource

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.localise import Shape
from tebiki.reading.yaml_reader import Document
from tebiki.resources import SCHEMAS

DataPath = tuple[str | int, ...]
_SUFFIX = ".schema.json"
_FORMATS = FormatChecker(formats=())
_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def schema_problems(document: Document, schema: str) -> Iterator[tuple[DataPath, Diagnostic]]:
    """Yield every way in which ``document`` does not satisfy the schema called ``schema`` ("term", "page").

    Each problem comes with the path of the value that it concerns, such as ``("items", 3, "title")``.
    """
    if _accepts(schema).is_valid(document.data):
        return
    for error in _validator(schema).iter_errors(document.data):
        violation = _violation(document, error)
        for diagnostic in _BY_KEYWORD.get(violation.keyword, _other)(violation):
            yield violation.path, diagnostic


def schema_errors(data: Any, schema: str) -> Iterator[ValidationError]:
    """Yield the library's own errors for data that does not come from a YAML file."""
    yield from _validator(schema).iter_errors(data)


def schema_names() -> list[str]:
    """Return the names of all schemas, sorted."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in SCHEMAS.glob("*" + _SUFFIX))


@functools.cache
def read_schema(name: str) -> dict[str, Any]:
    """Return the schema as data, which callers must not change."""
    data: dict[str, Any] = json.loads((SCHEMAS / (name + _SUFFIX)).read_text(encoding="utf-8"))
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
    properties = {key: _shape(value, name, shapes) for key, value in node.get("properties", {}).items()}
    others = node.get("additionalProperties")
    return Shape(properties, _shape(others, name, shapes) if isinstance(others, Mapping) else None)


def _referenced_shape(reference: str, name: str, shapes: dict[str, Shape]) -> Shape:
    file, _, pointer = reference.partition("#")
    name = file.removesuffix(_SUFFIX) or name
    key = f"{name}#{pointer}"
    if key not in shapes:
        shapes[key] = shape = Shape()  # filled below: a condition holds conditions
        target: Any = read_schema(name)
        for step in pointer.split("/")[1:]:
            target = target[step]
        resolved = _shape(target, name, shapes)
        shape.properties, shape.other_values = resolved.properties, resolved.other_values
    return shapes[key]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to append to a message: the known word most like ``word``; "" without one."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {match[0]}?" if match else ""


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    """``pattern`` as JSON Schema means it (ECMA-262): $ is the end, in Python also before a last line break."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_extend: Any = validators.extend  # which the library leaves untyped
_Validator = _extend(Draft202012Validator, {"pattern": _pattern})


@functools.cache
def _accepts(name: str) -> jsonschema_rs.Draft202012Validator:
    """A validator that says yes or no sixty times as fast as ``_validator``, which gives the reasons."""
    registry = jsonschema_rs.Registry(
        [(schema["$id"], schema) for schema in map(read_schema, schema_names())]
    )
    formats = {"date": _is_day, "partial-date": _is_partial_date, "uri": _is_web_address}
    return jsonschema_rs.Draft202012Validator(
        read_schema(name), registry=registry, validate_formats=True, formats=formats
    )


@functools.cache
def _validator(name: str) -> Any:
    resources = [Resource.from_contents(read_schema(schema)) for schema in schema_names()]
    registry: Registry[Any] = Registry().with_resources(
        (str(resource.id()), resource) for resource in resources
    )
    return _Validator(read_schema(name), registry=registry, format_checker=_FORMATS)


@_FORMATS.checks("date")
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and _is_partial_date(value))


@_FORMATS.checks("partial-date")
def _is_partial_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _PARTIAL_DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


@_FORMATS.checks("uri")
def _is_web_address(value: object) -> bool:
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


@dataclass(frozen=True)
class _Violation:
    """One error of the JSON Schema library, with its place in the file."""

    document: Document
    path: DataPath
    place: Place
    keyword: str  # the JSON Schema keyword that was not satisfied
    expected: Any  # the keyword's value in the schema
    value: Any  # the data that it was applied to
    schema: Mapping[str, Any]
    message: str

    @property
    def properties(self) -> Mapping[str, Any]:
        """The keys that the schema knows at this place."""
        known: Mapping[str, Any] = self.schema.get("properties", {})
        return known


def _violation(document: Document, error: ValidationError) -> _Violation:
    path = tuple(error.absolute_path)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    place = document.place(path)
    return _Violation(
        document,
        path,
        place,
        str(error.validator),
        error.validator_value,
        error.instance,
        schema,
        error.message,
    )


@rule("unknown-key")
def _unknown_key(violation: _Violation) -> Iterator[Diagnostic]:
    """A key is not one that this kind of entry has.

    Mostly a typing error: the nearest key that exists is suggested. The keys of each kind are
    listed in ``docs/data-dictionary.md``.
    """
    for key in violation.value:
        if key not in violation.properties:
            message = f"unknown key {key}{did_you_mean(key, list(violation.properties))}"
            if remedy := violation.schema.get("$comment"):
                message = f"{message}; {remedy}"
            yield Diagnostic(violation.document.place((*violation.path, key)), "unknown-key", message)


@rule("missing-source")
def _missing_source(place: Place) -> Diagnostic:
    """An entry names no source.

    Every statement of the handbook rests on a document of the register. Add
    ``sources: [{source: DOCUMENT-ID, place: where in it}]``. A page that states no fact of its
    own says so with ``editorial: the reason``.
    """
    message = "no source: add sources with a document id and the place in it"
    return Diagnostic(place, "missing-source", message)


def _required(violation: _Violation) -> Iterator[Diagnostic]:
    # the library reports each missing key in an error of its own and names it only in the message
    for key in violation.expected:
        if key in violation.value or not violation.message.startswith(repr(key)):
            continue
        if key == "sources":
            yield _missing_source(violation.place)
        else:
            message = f"the key {key} is missing here: {_meaning(violation.properties.get(key, {}))}"
            yield Diagnostic(violation.place, "schema", message)


def _meaning(property_schema: Mapping[str, Any]) -> str:
    if "description" not in property_schema and "$ref" in property_schema:
        name = property_schema["$ref"].rsplit("/", 1)[-1]
        property_schema = read_schema("common")["$defs"].get(name, {})
    return str(property_schema.get("description", "add it"))


def _min_items(violation: _Violation) -> Iterator[Diagnostic]:
    if violation.path and violation.path[-1] == "sources":
        yield _missing_source(violation.place)
    else:
        yield from _other(violation)


def _either(violation: _Violation) -> Iterator[Diagnostic]:
    """Only a page and a condition have alternatives at this level."""
    needed = [branch["required"] for branch in violation.expected]
    present = [
        keys for keys in needed if isinstance(violation.value, Mapping) and set(keys) <= set(violation.value)
    ]
    if ["sources"] in needed and not present:
        yield _missing_source(violation.place)
    else:
        words = " or ".join(" with ".join(keys) for keys in needed)
        yield Diagnostic(violation.place, "schema", f"exactly one of these is needed here: {words}")


@rule("date")
@rule("url")
def _format(violation: _Violation) -> Iterator[Diagnostic]:
    """A date or a web address is none.

    A date is written ``2025-12-26``, or ``2025-12``, or ``2025`` where no more is known, and has
    to exist in the calendar. A web address begins with ``https://`` or ``http://`` and holds no
    spaces.
    """
    if violation.expected == "uri":
        message = f"{violation.value!r} is not a web address: write it in full, from https://"
        yield Diagnostic(violation.place, "url", message)
    else:
        example = "2025-12-26" if violation.expected == "date" else "2025-12-26, 2025-12 or 2025"
        message = f"{violation.value!r} is not a date that exists: write it as {example}"
        yield Diagnostic(violation.place, "date", message)


@rule("schema")
def _other(violation: _Violation) -> Iterator[Diagnostic]:
    """A value is not of the form that its key asks for.

    The message says what was found and what is expected. ``docs/data-dictionary.md`` lists every
    key with its form, its meaning and an example.
    """
    name = f"{violation.path[-1]}: " if violation.path and isinstance(violation.path[-1], str) else ""
    value = json.dumps(violation.value, ensure_ascii=False)
    value = value if len(value) <= 60 else value[:57] + "…"
    if (
        violation.keyword == "pattern"
        and violation.expected == "^https?://"
        and not _is_web_address(violation.value)
    ):
        return  # the check of the format says the same in better words
    match violation.keyword:
        case "type":
            names = {"object": "a mapping (key: value)", "array": "a list (- entry)", "string": "text"}
            message = f"{value} should be {names.get(violation.expected, violation.expected)}"
        case "enum":
            allowed = list(map(str, violation.expected))
            message = (
                f"{value} is not one of {', '.join(allowed)}{did_you_mean(str(violation.value), allowed)}"
            )
        case "pattern":
            message = (
                f"{value} does not have the form needed. {violation.schema.get('description', '')}".rstrip()
            )
        case _:
            message = violation.message
    yield Diagnostic(violation.place, "schema", name + message)


_BY_KEYWORD: dict[str, Callable[[_Violation], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_key,
    "required": _required,
    "minItems": _min_items,
    "oneOf": _either,
    "format": _format,
}
