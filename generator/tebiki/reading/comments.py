"""Leaves out the comments that those who maintain a handbook write into its data, under the key ``comment``."""

from __future__ import annotations

from typing import Any

from tebiki.model.localise import Shape
from tebiki.reading.schema import schema_shape
from tebiki.reading.yaml_reader import Document

_KEY = "comment"


def drop_comments(document: Document, kind: str) -> None:
    """Remove the comments from the data of a file, so that they are in no page, no open data and no digest.

    Args:
        document: The file, which satisfies its schema as far as it will be used; changed in place.
        kind: The kind of the file, which names its schema.
    """
    if any(f"{_KEY}:" in line for line in document.lines):
        shape = schema_shape(kind)
        for data in (document.data, document.marked):
            _drop(data, shape)


def _drop(data: Any, shape: Shape) -> None:
    if isinstance(data, list):
        for entry in data:
            _drop(entry, shape)
    elif isinstance(data, dict):
        if _KEY in shape.properties:
            data.pop(_KEY, None)
        for key, value in data.items():
            _drop(value, shape.value(key))
