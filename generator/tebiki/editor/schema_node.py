"""A place in a JSON Schema, with its references followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

ReadSchema = Callable[[str], Mapping[str, Any]]
#: How often a definition may be inside itself where no entry goes deeper: a condition holds conditions.
_MAX_DEPTH = 2
_SUFFIX = ".schema.json"


class SchemaNode(NamedTuple):
    """A place in a schema.

    Attributes:
        data: The schema of the values at this place.
        schema: The name of the file of the schema.
        read_schema: Name of a schema → its data.
        parents: The definitions that the place is inside of.
        mapping: The key of the mapping that it is a value of; "" elsewhere.
        is_by_language: Whether the keys of that mapping are codes of languages.
    """

    data: Mapping[str, Any]
    schema: str
    read_schema: ReadSchema
    parents: tuple[str, ...] = ()
    mapping: str = ""
    is_by_language: bool = False

    def child(self, data: Mapping[str, Any]) -> SchemaNode:
        """Return the place with the schema ``data`` inside this one."""
        return self._replace(data=data, mapping="", is_by_language=False)

    def inside_mapping(self, key: str, *, is_by_language: bool) -> SchemaNode:
        """Return the place as that of a value of the mapping at ``key``."""
        return self._replace(mapping=key, is_by_language=is_by_language)

    def properties(self) -> Iterable[tuple[str, SchemaNode]]:
        """Yield the keys and their places, in the order of the schema."""
        for name, data in self.data.get("properties", {}).items():
            yield name, self.child(data)

    def resolved(self, samples: Sequence[Any]) -> SchemaNode:
        """Return the place with its reference followed, and the forms that its values may have made one.

        Args:
            samples: The values that there are.
        """
        data = self.data
        if "then" in data and "else" in data and "properties" not in data:
            return self._joined(data["then"], data["else"], samples)
        if "anyOf" in data or isinstance(data.get("type"), list):
            return self._chosen(samples)
        if "$ref" not in data:
            return self
        file, _, pointer = data["$ref"].partition("#")
        schema = file.removesuffix(_SUFFIX) or self.schema
        target: Any = self.read_schema(schema)
        for step in pointer.split("/")[1:]:
            target = target[step]
        definition = f"{schema}#{pointer}"
        if self.parents.count(definition) >= _MAX_DEPTH and not samples:
            return self._replace(data={})
        own = {key: value for key, value in data.items() if key != "$ref"}
        if "description" in own:  # the examples of the definition are of something else
            target = {key: value for key, value in target.items() if key != "examples"}
        node = self._replace(data={**target, **own}, schema=schema, parents=(*self.parents, definition))
        return node.resolved(samples)

    def _chosen(self, samples: Sequence[Any]) -> SchemaNode:
        """The node for the only type that the samples have, of those that the values may have."""
        data = self.data
        own = {
            key: value
            for key, value in data.items()
            if key not in ("anyOf", "type", "if", "then", "examples")
        }
        branches = data.get("anyOf") or [{"type": "string"}, data["then"]]
        for branch in branches:
            node = self.child({**own, **branch}).resolved(samples)
            if all(_has_type(sample, node.data.get("type")) for sample in samples):
                return node
        return self._replace(data=own)

    def _joined(self, first: Any, second: Any, samples: Sequence[Any]) -> SchemaNode:
        """A node with the keys of both: first those of ``second``, which is the usual form."""
        other, usual = self.child(first).resolved(samples), self.child(second).resolved(samples)
        required = [key for key in usual.data["required"] if key in other.data["required"]]
        data = {
            **usual.data,
            "properties": {**usual.data["properties"], **other.data["properties"]},
            "required": required,
        }
        return usual._replace(data=data)

    @property
    def type(self) -> str:
        """The type of the values; "" where they may have several."""
        return "enum" if "enum" in self.data else self.data.get("type", "")


def _has_type(value: Any, type_: object) -> bool:
    types: Mapping[object, type] = {"string": str, "array": list, "object": Mapping}
    return isinstance(value, types.get(type_, object))
