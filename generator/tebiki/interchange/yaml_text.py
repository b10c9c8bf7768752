"""The text of a YAML file for data that no file holds yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from tebiki.model.localise import Shape
from tebiki.reading.schema import schema_shape
from tebiki.reading.yaml_reader import YamlError, parse_yaml


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the entries of lists as well."""
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        style: str | None = "|"
    else:
        style = "'" if _is_number(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def yaml_text(data: Mapping[str, Any], kind: str) -> str:
    """Return ``data`` as the text of a YAML file that reads as the same data, its keys in the order of the schema.

    Args:
        data: The data of a file.
        kind: The kind of the file, which names its schema.
    """
    ordered = _ordered(data, schema_shape(kind))
    text: str = yaml.dump(ordered, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    try:
        document = parse_yaml(text, kind)
    except YamlError:
        document = None
    if document is None or document.data != ordered:
        return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"  # JSON is YAML
    return text


def _ordered(data: Any, shape: Shape) -> Any:
    if isinstance(data, list):
        return [_ordered(entry, shape) for entry in data]
    if not isinstance(data, Mapping):
        return data
    known = [key for key in shape.properties if key in data]
    keys = [*known, *(key for key in data if key not in shape.properties)]
    return {key: _ordered(data[key], shape.value(key)) for key in keys}


def _is_number(text: str) -> bool:
    """Whether a parser of some version of YAML may read an unquoted ``text`` as a number."""
    try:
        float(text.replace("_", ""))
    except ValueError:
        return text[:2].lower() in ("0x", "0o", "0b")
    return True
