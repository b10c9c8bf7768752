"""Fields of the editor, made from the JSON Schema of a kind and from what its entries hold.

The editor rewrites a whole file when an entry in it is saved. A value that no field describes would move to the end of its
entry, and one of another type than that of its field would be lost. So every key of the schema gets a field, in the order
of the schema, and a key whose values a form cannot hold gets a hidden field, which keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from tebiki.editor.schema_node import ReadSchema, SchemaNode

Field = dict[str, Any]
_LANGUAGE_KEYS = "^[a-z]{2,3}"
#: Texts with more characters than this in an example get several lines.
_LINE_LENGTH = 40
#: Lists of entries that are seen without unfolding the list.
_OPEN_LISTS = ("items", "sections")
_ONE_LINE_KEYS = ("title", "authority", "issuer", "group", "unit", "row")


class Choices(NamedTuple):
    """Where the values of a reference come from: a fixed list, or the ids in a collection of the editor."""

    options: Sequence[tuple[str, str]] = ()  # value, label
    collection: str = ""
    value_field: str = ""
    label_fields: tuple[str, ...] = ()


class FieldMaker:
    """Makes the fields of the editor for a handbook.

    Args:
        languages: Code → name of the languages of the handbook.
        choices: Key of a schema → where its values come from.
        read_schema: Name of a schema → its data, with the titles and descriptions that are shown.
        words: The words of the editor.
    """

    def __init__(
        self,
        languages: Mapping[str, str],
        choices: Mapping[str, Choices],
        read_schema: ReadSchema,
        words: Mapping[str, str],
    ) -> None:
        self._language_names = languages
        self._languages = tuple(languages)
        self._choices = choices
        self._read_schema = read_schema
        self._words = words

    def fields(self, schema: str, samples: Sequence[Any]) -> list[Field]:
        """Return the fields of a file.

        Args:
            schema: The name of its schema.
            samples: The data of the files that there are.
        """
        return self._object_fields(SchemaNode(self._read_schema(schema), schema, self._read_schema), samples)

    def _object_fields(self, node: SchemaNode, samples: Sequence[Any]) -> list[Field]:
        required = node.data.get("required", ())
        return [
            self._field(name, child, _values(samples, name), is_required=name in required)
            for name, child in node.properties()
        ]

    def _field(self, name: str, node: SchemaNode, samples: list[Any], *, is_required: bool) -> Field:
        node = node.resolved(samples)
        if "const" in node.data:
            # a boolean has no default: it may be left out
            default = {} if isinstance(node.data["const"], bool) else {"default": node.data["const"]}
            return {"name": name, "widget": "hidden", **default}
        widget = self._widget(name, node, samples, is_required=is_required)
        if widget is None:
            return {"name": name, "widget": "hidden"}
        title = node.data.get("title", name)
        hint = self._hint(node.data) if widget["widget"] != "object" or "properties" not in node.data else ""
        return {
            "name": name,
            "label": title,
            **({"hint": hint} if hint else {}),
            "required": is_required,
            **widget,
        }

    def _hint(self, data: Mapping[str, Any]) -> str:
        texts = [data.get("description", "")]
        example = next(iter(data.get("examples", ())), None)
        if isinstance(example, str | int) and not isinstance(example, bool):
            texts.append(self._words["example"].format(example=example))
        return " ".join(text for text in texts if text)

    def _widget(self, name: str, node: SchemaNode, samples: list[Any], *, is_required: bool) -> Field | None:
        """The kind of a field and its settings; None where a form cannot hold the values."""
        match node.type:
            case "object":
                return self._object(name, node, samples, is_required=is_required)
            case "array":
                return self._list(name, node, samples)
            case "string" | "enum":
                return self._choice(name, node) or self._text(name, node)
            case "integer" | "number" as type_:
                return _number(node.data, "int" if type_ == "integer" else "float")
            case "boolean" if is_required:  # the editor writes false for one that is not there
                return {"widget": "boolean"}
        return None

    def _object(self, name: str, node: SchemaNode, samples: list[Any], *, is_required: bool) -> Field | None:
        if "properties" in node.data:
            fields = self._object_fields(node, samples)
        else:
            fields = self._fields_of_mapping(name, node, samples, is_required=is_required)
        return {"widget": "object", "fields": fields} if fields else None

    def _fields_of_mapping(
        self, name: str, node: SchemaNode, samples: list[Any], *, is_required: bool
    ) -> list[Field]:
        """A field for each key of a mapping whose keys the schema does not list: each language, or what entries have."""
        keys = _keys_in_order(samples)
        if str(node.data.get("propertyNames", {}).get("pattern", "")).startswith(_LANGUAGE_KEYS):
            keys = list(dict.fromkeys((*self._languages, *keys)))
        child = node.child(node.data["additionalProperties"])
        fields = []
        for key in keys:
            values = _values(samples, key)
            is_complete = is_required and len(values) == len(samples) and key == self._languages[0]
            field = self._field(
                key,
                child.inside_mapping(name, is_by_language="propertyNames" in node.data),
                values,
                is_required=is_complete,
            )
            label = {} if field["widget"] == "hidden" else {"label": self._language_names.get(key, key)}
            fields.append({**field, **label})
        return fields

    def _list(self, name: str, node: SchemaNode, samples: list[Any]) -> Field | None:
        entries = [entry for sample in samples for entry in sample]
        item = node.child(node.data["items"]).resolved(entries)
        if choice := self._choice(name, item):
            return {**choice, "multiple": True}
        if "properties" not in item.data:
            field = self._field("value", item, entries, is_required=True)
            return None if field["widget"] == "hidden" else {"widget": "list", "field": field}
        return {
            "widget": "list",
            "fields": self._object_fields(item, entries),
            "summary": self._summary(item),
            "collapsed": True,
            "minimize_collapsed": name not in _OPEN_LISTS,
        }

    def _summary(self, item: SchemaNode) -> str:
        """What stands for an entry of a list that is folded in."""
        properties = item.data["properties"]
        for key in ("title", "question", "text"):
            if key in properties:
                return f"{{{{fields.{key}.{self._languages[0]}}}}}"
        return f"{{{{fields.{next(iter(properties))}}}}}"

    def _choice(self, name: str, node: SchemaNode) -> Field | None:
        if "enum" in node.data:
            return {"widget": "select", "options": list(node.data["enum"])}
        choices = self._choices.get(name) if node.type == "string" else None
        if choices is None:
            return None
        if choices.options:
            options = [{"label": label, "value": value} for value, label in choices.options]
            return {"widget": "select", "options": options}
        return {
            "widget": "relation",
            "collection": choices.collection,
            "value_field": choices.value_field,
            "search_fields": [*choices.label_fields, choices.value_field],
            "display_fields": [*choices.label_fields, choices.value_field],
        }

    def _text(self, name: str, node: SchemaNode) -> Field:
        data = node.data
        if data.get("format") == "date":
            return {"widget": "datetime", "format": "YYYY-MM-DD", "time_format": False}
        if node.is_by_language and name not in _ONE_LINE_KEYS and node.mapping not in _ONE_LINE_KEYS:
            return {"widget": "text"}
        if any(
            len(example) > _LINE_LENGTH for example in data.get("examples", ()) if isinstance(example, str)
        ):
            return {"widget": "text"}
        pattern = data.get("pattern", "")
        has_meaning = pattern and pattern != r"\S"
        return {"widget": "string", **({"pattern": [pattern, self._words["pattern"]]} if has_meaning else {})}


def _values(samples: Sequence[Any], key: str) -> list[Any]:
    return [sample[key] for sample in samples if isinstance(sample, Mapping) and key in sample]


def _number(data: Mapping[str, Any], value_type: str) -> Field:
    limits = {name: data[key] for key, name in (("minimum", "min"), ("maximum", "max")) if key in data}
    return {"widget": "number", "value_type": value_type, **limits}


def _keys_in_order(samples: Sequence[Mapping[str, Any]]) -> list[str]:
    """The keys of all ``samples``, in an order that is that of each; of the first where they contradict each other."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for sample in samples:
        for key, before in zip(sample, [None, *sample], strict=False):
            order.add(key, *(() if before is None else (before,)))
    try:
        return list(order.static_order())
    except CycleError:
        return list(dict.fromkeys(key for sample in samples for key in sample))
