"""The reasons why data does not satisfy a schema, sixty times as slow as the yes or no of ``validation``.

Importing the library takes longer than reading a small handbook, so this module is imported only for data that was
refused.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from referencing import Registry, Resource

from tebiki.reading.schema import is_day, is_partial_date, is_web_address, read_schema, schema_names

_FORMATS = FormatChecker(formats=())
for _name, _accepts in {"date": is_day, "partial-date": is_partial_date, "uri": is_web_address}.items():
    _FORMATS.checks(_name)(_accepts)


def schema_errors(data: Any, schema: str) -> Iterator[ValidationError]:
    """Yield an error for each way in which ``data`` departs from the schema called ``schema``."""
    yield from _validator(schema).iter_errors(data)


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    """``pattern`` as JSON Schema means it (ECMA-262): $ is the end, in Python also before a last line break."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_extend: Any = validators.extend  # which the library leaves untyped
_Validator = _extend(Draft202012Validator, {"pattern": _pattern})


@functools.cache
def _validator(name: str) -> Any:
    resources = [Resource.from_contents(read_schema(schema)) for schema in schema_names()]
    registry: Registry[Any] = Registry().with_resources(
        (str(resource.id()), resource) for resource in resources
    )
    return _Validator(read_schema(name), registry=registry, format_checker=_FORMATS)
