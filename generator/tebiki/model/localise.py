"""Reduces data in several languages to one language: each text becomes a plain string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tebiki.model.traverse import is_localized


@dataclass
class Shape:
    """The keys that a schema lists for a mapping, each with the shape of the value under it.

    The shape of a list is that of its entries. ``other_values`` is the shape of the values under all
    other keys, where the schema leaves the keys open.
    """

    properties: Mapping[str, Shape] = field(default_factory=dict)
    other_values: Shape | None = None

    def value(self, key: str) -> Shape:
        """Return the shape of the value under ``key``; an empty one where the schema lists none."""
        return self.properties.get(key) or self.other_values or _NO_SHAPE


_NO_SHAPE = Shape()


class Record(dict[str, Any]):
    """A mapping for templates: an optional property that the data lacks is None.

    A key that the schema does not allow raises KeyError, from which Jinja makes an undefined value.
    """

    __slots__ = ("_shape",)

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape

    def __missing__(self, key: str) -> None:
        if key not in self._shape.properties and self._shape.other_values is None:
            raise KeyError(key)


def localise(data: Any, language: str, languages: tuple[str, ...], shape: Shape = _NO_SHAPE) -> Any:
    """Return ``data`` in ``language``, with a Record in place of every mapping.

    Args:
        data: Plain data of an entry; every text in it has to exist in ``language``.
        language: The code of the language.
        languages: The codes of all languages of the handbook.
        shape: The shape of ``data`` by its schema, see ``reading.schema.schema_shape``.
    """
    if isinstance(data, str):
        return data
    if isinstance(data, dict):
        if language in data and is_localized(data, languages):
            return data[language]
        record = Record(shape)
        for key, value in data.items():  # most values are words, which need no call
            record[key] = (
                value if type(value) is str else localise(value, language, languages, shape.value(key))
            )
        return record
    if isinstance(data, list):
        return [localise(value, language, languages, shape) for value in data]
    return data
