"""Validates the data of files against the JSON Schemas; ``schema_problems`` explains why data is refused."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from tebiki.reading.schema import SUFFIX, is_day, is_partial_date, is_web_address, read_schema

if TYPE_CHECKING:
    from tebiki.model.diagnostics import Diagnostic
    from tebiki.model.positions import DataPath
    from tebiki.reading.yaml_reader import Document


def validate(document: Document, schema: str) -> Iterator[tuple[DataPath, Diagnostic]]:
    """Yield every way in which ``document`` does not satisfy the schema called ``schema`` ("term", "page").

    Each problem comes with the path of the value that it concerns, such as ``("items", 3, "title")``.
    """
    if schema in document.satisfied or _accepts(schema).is_valid(document.data):
        document.satisfied.add(schema)
        return
    # nearly every file is in order, and what explains problems is slow to import
    from tebiki.reading.schema_problems import schema_problems  # noqa: PLC0415

    yield from schema_problems(document, schema)


@functools.cache
def _accepts(name: str) -> jsonschema_rs.Draft202012Validator:
    """Return a validator that says yes or no; the module ``schema_errors`` gives the reasons."""
    formats = {"date": is_day, "partial-date": is_partial_date, "uri": is_web_address}
    return jsonschema_rs.Draft202012Validator(
        read_schema(name), retriever=_referenced_schema, validate_formats=True, formats=formats
    )


def _referenced_schema(address: str) -> dict[str, Any]:
    return read_schema(address.rpartition("/")[2].removesuffix(SUFFIX))
