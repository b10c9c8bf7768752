"""The one form of YAML that files of a handbook are written in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tebiki.model.localise import Shape
from tebiki.reading.schema import schema_names, schema_shape
from tebiki.reading.yaml_reader import Document, YamlError, parse_yaml
from tebiki.reading.yaml_texts import as_yaml_reads
from tebiki.writing.yaml_comments import read_comments
from tebiki.writing.yaml_writer import write_yaml

_NO_SHAPE = Shape()


class FormError(Exception):
    """A text cannot be written in the form, because it would be read as something else."""


def format_yaml(text: str, kind: str | None, languages: tuple[str, ...]) -> str:
    """Return the same data and comments in the form.

    Args:
        text: YAML as ``yaml_reader`` reads it; its lines end in ``\\n``.
        kind: The kind of the file, which names its schema; None where it has none.
        languages: The codes of the handbook's languages, in their order.

    Raises:
        FormError: The result would not be read as the same data.
        YamlError: The text is not YAML as this handbook uses it.
    """
    document = parse_yaml(text, "")
    return format_document(document, kind, languages) if document else text


def format_document(document: Document, kind: str | None, languages: tuple[str, ...]) -> str:
    """Return the data and the comments of a document in the form; see ``format_yaml``."""
    text = "\n".join(document.lines)
    # only the digests of checklists are made of what YAML reads; all else is as its author means it
    is_checklist = kind == "checklist"
    shape = schema_shape(kind) if kind in schema_names() and kind else _NO_SHAPE
    data = _ordered(document.marked if is_checklist else document.data, shape, languages)
    if not isinstance(data, dict):
        return text
    result = write_yaml(data, read_comments(text))
    written = _parsed(result)
    if (
        written is None
        or written.data != document.data
        or (is_checklist and as_yaml_reads(written.marked) != as_yaml_reads(document.marked))
    ):
        raise FormError
    return result


def edited_yaml(text: str, data: Mapping[str, Any], kind: str, languages: tuple[str, ...]) -> str:
    """Return ``data`` in the form, with the comments of ``text``, the file that it was read from and edited.

    Raises:
        FormError: The result would not be read as ``data``.
    """
    ordered = _ordered(data, schema_shape(kind), languages)
    result = write_yaml(ordered, read_comments(text))
    written = _parsed(result)
    if written is None or written.data != ordered:
        raise FormError
    return result


def yaml_text(data: Mapping[str, Any], kind: str, languages: tuple[str, ...] = ()) -> str:
    """Return ``data`` as the text of a file in the form.

    Args:
        data: The data of a file.
        kind: The kind of the file, which names its schema.
        languages: The codes of the handbook's languages, in their order; empty to keep that of the texts.
    """
    ordered = _ordered(data, schema_shape(kind), languages)
    text = write_yaml(ordered, {})
    written = _parsed(text)
    if written is None or written.data != ordered:
        return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"  # JSON is YAML
    return text


def _parsed(text: str) -> Document | None:
    try:
        return parse_yaml(text, "")
    except YamlError:
        return None


def _ordered(data: Any, shape: Shape, languages: tuple[str, ...]) -> Any:
    """Return ``data`` with its keys in the order of the schema, and texts in that of the languages."""
    if isinstance(data, list):
        return [_ordered(entry, shape, languages) for entry in data]
    if not isinstance(data, Mapping):
        return data
    known = [key for key in shape.properties if key in data]
    others = [key for key in data if key not in shape.properties]
    if all(key in languages for key in others):
        others.sort(key=languages.index)
    return {key: _ordered(data[key], shape.value(key), languages) for key in [*known, *others]}
