"""Mistakes that YAML reads without complaint, as something other than was meant; named, with the corrected line."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.message import Argument, Message
from tebiki.model.positions import DataPath
from tebiki.reading.written_dates import iso_date
from tebiki.reading.yaml_mistakes import CERTAIN_MISTAKES, mistake_message, quoted
from tebiki.reading.yaml_reader import Document

_VALUE = r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[\[.*?\]\]|[^\s,{}\[\]#][^,{}\[\]#]*?)(?=\s*(?:[,}\]]|#|$))"
_WIDE_COLON = re.compile(r"([A-Za-z][\w-]*)\s*：\s*")
_SWITCHES = {
    "yes": "true", "on": "true", "y": "true", "はい": "true", "有": "true", "○": "true", "あり": "true",
    "no": "false", "off": "false", "n": "false", "いいえ": "false", "無": "false", "×": "false", "なし": "false",
}  # fmt: skip


@dataclass(frozen=True)
class ValueAt:
    """A value that its schema does not accept.

    Attributes:
        document: The file.
        path: Where the value is.
        value: The value.
    """

    document: Document
    path: DataPath
    value: Any

    @property
    def key(self) -> str:
        """The key before the value; empty for an entry of a list."""
        return str(self.path[-1]) if self.path and isinstance(self.path[-1], str) else ""

    @property
    def around(self) -> Any:
        """What the value is in."""
        around: Any = self.document.data
        for step in self.path[:-1]:
            around = around[step]
        return around


def mistake_problem(
    document: Document, place: Place, rule: str, mistake: str, line: str = "", **words: Argument
) -> Diagnostic:
    """Return the diagnostic on a mistake; ``line`` is the line as it should be, if that is certain."""
    source = document.line_at(place) if line else ""
    message = mistake_message(mistake, words)
    is_certain = mistake in CERTAIN_MISTAKES
    return Diagnostic(place, rule, message, source=source, correction=line, is_certain=is_certain)


def with_value(value: ValueAt, new: str) -> str:
    """Return the line of a value with ``new`` in its place; "" where the line has no such value."""
    place = value.document.place(value.path)
    line = value.document.line_at(place)
    before = rf"{re.escape(value.key)}[\"']?:\s+" if value.key else ""
    match = re.compile(before + _VALUE).match(line, place.column - 1)
    return f"{line[: match.start('value')]}{new}{line[match.end('value') :]}" if match else ""


def type_mistake(value: ValueAt, expected: Any, schema: Mapping[str, Any]) -> Diagnostic | None:
    """Return the mistake behind a value of the wrong type, or None if it is not a common one.

    Args:
        value: The value.
        expected: The type that JSON Schema asks for.
        schema: The schema of the value.
    """
    data = value.value
    match expected:
        case "string":
            return _no_text(value, schema)
        case "boolean" if isinstance(data, str) and data.strip().lower() in _SWITCHES:
            switch = _SWITCHES[data.strip().lower()]
            return _problem(
                value, "schema", "switch", with_value(value, switch), written=data, expected=switch
            )
        case "array" if isinstance(data, str):
            entries = [entry.strip() for entry in re.split("[,、，]", data) if entry.strip()]
            line = with_value(value, f"[{', '.join(entries)}]") if _holds_texts(schema) else ""
            return _problem(value, "schema", "list-expected", line, key=value.key)
        case "array" if isinstance(data, Mapping):
            return _problem(value, "schema", "list-expected", _listed(value), key=value.key)
        case "object" if isinstance(data, str) and "propertyNames" in schema:
            return _problem(value, "schema", "languages-expected", key=value.key)
    return None


def _no_text(value: ValueAt, schema: Mapping[str, Any]) -> Diagnostic | None:
    data = value.value
    if data is None:
        if not value.key:
            return None  # an entry of a list
        return _split_text(value) or _problem(value, "schema", "no-value", key=value.key)
    if "format" in schema and (date := iso_date(str(data))):
        return _problem(
            value, "date", "written-date", with_value(value, f'"{date}"'), written=str(data), expected=date
        )
    if isinstance(data, bool | int | float):
        place = value.document.place(value.path)
        match = re.compile(rf"{re.escape(value.key)}:\s+{_VALUE}").match(
            value.document.line_at(place), place.column - 1
        )
        line = with_value(value, f'"{match["value"]}"') if match else ""
        return _problem(value, "schema", "number", line, written=str(data).lower())
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], list) and data[0]:
        link = f"[[{data[0][0]}]]"
        return _problem(value, "schema", "link-at-start", with_value(value, f'"{link}"'))
    return None


def _split_text(value: ValueAt) -> Diagnostic | None:
    """Return the mistake behind a key without a value that is a part of a text, or a key with a full-width colon."""
    place = value.document.place(value.path)
    line, start = value.document.line_at(place), place.column - 1
    if colon := _WIDE_COLON.match(line, start):
        corrected = f"{line[:start]}{colon[1]}: {line[colon.end() :]}"
        expected = Message("reading.signs.colon-and-space")
        return _problem(value, "schema", "wide-sign", corrected, sign="：", expected=expected)
    keys = list(value.around)
    before = keys[: keys.index(value.key)]
    while before and value.around[before[-1]] is None:
        before.pop()  # another part of the same text
    if not before:
        return None
    first = replace(value, path=(*value.path[:-1], keys[len(before)]))
    place = value.document.place(first.path)
    start = place.column - 1
    at = value.document.place((*value.path[:-1], before[-1]))
    beginning = re.compile(rf"{re.escape(before[-1])}:\s+(?=[^\"'\[{{])").match(line, at.column - 1)
    if at.line != place.line or not beginning:
        return None
    end = start + len(first.key)
    for key in keys[len(before) + 1 :]:
        if value.around[key] is not None:
            break
        end = value.document.place((*value.path[:-1], key)).column - 1 + len(key)
    whole = quoted(line[beginning.end() : end])
    return _problem(first, "schema", "comma-in-text", f"{line[: beginning.end()]}{whole}{line[end:]}")


def date_mistake(value: ValueAt, full: bool) -> Diagnostic | None:
    """Return the correction of a date that is written in another way, or None; ``full`` asks for a day."""
    date = iso_date(str(value.value))
    if date is None or (full and len(date) < 10):
        return None
    return _problem(
        value, "date", "written-date", with_value(value, f'"{date}"'), written=str(value.value), expected=date
    )


def similar_key(key: str, known: Collection[str]) -> str | None:
    """Return the one of ``known`` that ``key`` seems to mean."""
    plain = unicodedata.normalize("NFKC", key).strip(" -\u3000").lower()
    if plain in known:
        return plain
    return next(iter(difflib.get_close_matches(plain, known, n=1, cutoff=0.6)), None)


def with_key(document: Document, place: Place, key: str, new: str) -> str:
    """Return the line at ``place`` with another key; "" where it does not begin there."""
    line, start = document.line_at(place), place.column - 1
    return f"{line[:start]}{new}{line[start + len(key) :]}" if line.startswith(key, start) else ""


def _holds_texts(schema: Mapping[str, Any]) -> bool:
    items = schema.get("items", {})
    return ("properties" not in items and "id" in str(items.get("$ref", ""))) or items.get("type") == "string"


def _listed(value: ValueAt) -> str:
    """Return the line of a mapping in braces, with brackets around these."""
    place = value.document.place(value.path)
    line = value.document.line_at(place)
    match = re.compile(rf"{re.escape(value.key)}:\s+(?P<value>\{{[^{{}}]*\}})").match(line, place.column - 1)
    return f"{line[: match.start('value')]}[{match['value']}]{line[match.end('value') :]}" if match else ""


def _problem(value: ValueAt, rule: str, mistake: str, line: str = "", **words: Argument) -> Diagnostic:
    place = value.document.place(value.path)
    return mistake_problem(value.document, place, rule, mistake, line, **words)
