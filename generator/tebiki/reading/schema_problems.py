"""Says in plain words how the data of a file departs from the JSON Schema of its kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.message import Argument, Message, any_of
from tebiki.model.positions import DataPath
from tebiki.reading.schema import is_web_address, read_schema, suggestion
from tebiki.reading.schema_errors import schema_errors
from tebiki.reading.value_mistakes import (
    ValueAt,
    date_mistake,
    mistake_problem,
    similar_key,
    type_mistake,
    with_key,
)
from tebiki.reading.yaml_reader import Document

if TYPE_CHECKING:
    from jsonschema import ValidationError


def schema_problems(document: Document, schema: str) -> Iterator[tuple[DataPath, Diagnostic]]:
    """Yield the problems that ``validation.validate`` reports of a document that it has refused."""
    for error in schema_errors(document.data, schema):
        violation = _violation(document, error)
        mistake = _mistake(violation)
        diagnostics = [mistake] if mistake else _BY_KEYWORD.get(violation.keyword, _other)(violation)
        for diagnostic in diagnostics:
            yield violation.path, diagnostic


def _mistake(violation: _Violation) -> Diagnostic | None:
    """Return the mistake behind a violation, if it is a common one."""
    value = ValueAt(violation.document, violation.path, violation.value)
    if violation.keyword == "type":
        return type_mistake(value, violation.expected, violation.schema)
    if violation.keyword == "format" and violation.expected != "uri":
        return date_mistake(value, full=violation.expected == "date")
    return None


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
        place = violation.document.place((*violation.path, key))
        remedy = violation.schema.get("$comment")
        expected = similar_key(key, violation.properties)
        if key not in violation.properties and expected and not remedy:
            line = with_key(violation.document, place, key, expected)
            yield mistake_problem(
                violation.document, place, "unknown-key", "misspelt-key", line, key=key, expected=expected
            )
        elif key not in violation.properties:
            hint = suggestion(key, list(violation.properties))
            message = (
                Message(f"reading.unknown-key.remedies.{remedy}", key=key, hint=hint)
                if remedy
                else Message("reading.unknown-key.unknown", key=key, hint=hint)
            )
            yield Diagnostic(place, "unknown-key", message)


@rule("missing-source")
def _missing_source(place: Place) -> Diagnostic:
    """An entry names no source.

    Every statement of the handbook rests on a document of the register. Add
    ``sources: [{source: DOCUMENT-ID, place: where in it}]``. A page that states no fact of its
    own says so with ``editorial: the reason``.
    """
    return Diagnostic(place, "missing-source", Message("reading.missing-source.missing"))


def _required(violation: _Violation) -> Iterator[Diagnostic]:
    # the library reports each missing key in an error of its own and names it only in the message
    for key in violation.expected:
        if key in violation.value or not violation.message.startswith(repr(key)):
            continue
        unknown = [name for name in violation.value if name not in violation.properties]
        if any(similar_key(name, violation.properties) == key for name in unknown):
            continue  # it is misspelt
        if key == "sources":
            yield _missing_source(violation.place)
        else:
            meaning = _meaning(violation.properties.get(key, {}))
            message = (
                Message("reading.schema.required", key=key, meaning=_schema_text(meaning))
                if meaning
                else Message("reading.schema.required-alone", key=key)
            )
            yield Diagnostic(violation.place, "schema", message)


def _meaning(property_schema: Mapping[str, Any]) -> str:
    if "description" not in property_schema and "$ref" in property_schema:
        name = property_schema["$ref"].rsplit("/", 1)[-1]
        property_schema = read_schema("common")["$defs"].get(name, {})
    return str(property_schema.get("description", ""))


def _schema_text(text: str) -> Message:
    """Return a text of a schema, which is English there and translated where messages become text."""
    return Message("common.schema-text", text=text)


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
        keys = any_of([reduce(_with, keys) for keys in needed])
        yield Diagnostic(violation.place, "schema", Message("reading.schema.either", keys=keys))


def _with(first: Argument, second: Argument) -> Argument:
    return Message("common.with", first=first, second=second)


@rule("date")
@rule("url")
def _format(violation: _Violation) -> Iterator[Diagnostic]:
    """A value is not a date, or not a web address.

    A date is written ``2025-12-26``, or ``2025-12``, or ``2025`` where no more is known, and has
    to exist in the calendar. A web address begins with ``https://`` or ``http://`` and holds no
    spaces.
    """
    if violation.expected == "uri":
        yield Diagnostic(violation.place, "url", Message("reading.url.address", value=repr(violation.value)))
    else:
        message = (
            Message("reading.date.day", value=repr(violation.value))
            if violation.expected == "date"
            else Message("reading.date.partial", value=repr(violation.value))
        )
        yield Diagnostic(violation.place, "date", message)


@rule("schema")
def _other(violation: _Violation) -> Iterator[Diagnostic]:
    """A value is not of the form that its key asks for.

    The message says what was found and what is expected. ``docs/data-dictionary.md`` lists every
    key with its form, its meaning and an example.
    """
    if (
        violation.keyword == "pattern"
        and violation.expected == "^https?://"
        and not is_web_address(violation.value)
    ):
        return  # the check of the format says the same in better words
    if violation.keyword == "pattern" and _is_part_of_text(violation):
        return  # reported as a text that a comma ends, or as a key with a full-width colon
    message = _value_message(violation)
    if violation.path and isinstance(violation.path[-1], str):
        message = Message("reading.schema.at-key", key=violation.path[-1], problem=message)
    yield Diagnostic(violation.place, "schema", message)


def _value_message(violation: _Violation) -> Message:
    """Return what is wrong with a value."""
    value = json.dumps(violation.value, ensure_ascii=False)
    value = value if len(value) <= 60 else value[:57] + "…"
    match violation.keyword:
        case "type":
            types = [violation.expected] if isinstance(violation.expected, str) else violation.expected
            names = any_of([Message(f"reading.schema.types.{kind}") for kind in types])
            return Message("reading.schema.type", value=value, types=names)
        case "enum":
            allowed = tuple(map(str, violation.expected))
            hint = suggestion(str(violation.value), allowed)
            return Message("reading.schema.enum", value=value, allowed=allowed, hint=hint)
        case "pattern":
            if meaning := violation.schema.get("description"):
                return Message("reading.schema.pattern", value=value, meaning=_schema_text(meaning))
            return Message("reading.schema.pattern-alone", value=value)
        case keyword if keyword in _LIMITS:
            return Message(f"reading.schema.limits.{keyword}", value=value, limit=violation.expected)
        case _:
            return Message("reading.schema.other", reason=violation.message)


def _is_part_of_text(violation: _Violation) -> bool:
    """Whether the value is a key without a value, as a part of a text becomes behind a comma."""
    around: Any = violation.document.data
    for step in violation.path:
        around = around[step]
    return isinstance(around, Mapping) and around.get(violation.value, "") is None


#: Keywords of JSON Schema whose value is a limit.
_LIMITS = frozenset(
    [
        "const",
        "exclusiveMinimum",
        "maximum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "minimum",
        "minItems",
        "minLength",
        "minProperties",
        "uniqueItems",
    ]
)
_BY_KEYWORD: dict[str, Callable[[_Violation], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_key,
    "required": _required,
    "minItems": _min_items,
    "oneOf": _either,
    "format": _format,
}
