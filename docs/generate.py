"""Writes the pages of docs/ that follow from the code: rules.md and data-dictionary.md.

Run by ``make docs``. A test fails when one of them is not what this writes.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator import check, load
from generator.diagnostics import RULES
from generator.schema import read_schema, schema_names

_DOCS = Path(__file__).resolve().parent
_MADE = "<!-- Made by docs/generate.py (make docs). Do not edit. -->"


def generated() -> dict[str, str]:
    """The name and the text of every generated page."""
    return {"rules.md": _rules(), "data-dictionary.md": "\n".join(_dictionary())}


def _rules() -> str:
    # importing the steps that check is what registers their rules
    steps = f"`{load.__name__}` and `{check.__name__}`"
    lines = [_MADE, "", "# Rules", "", f"What `tebiki check` reports, found by {steps}.", ""]
    for rule, text in sorted(RULES.items()):
        lines += [f"## {rule}", "", inspect.cleandoc(text), ""]
    return "\n".join(lines)


def _dictionary() -> Iterator[str]:
    yield from (_MADE, "", "# Data dictionary", "", "Every key of every file, from `schemas/`.", "")
    for name in schema_names():
        if name == "common":
            continue
        schema = read_schema(name)
        yield from (f"## {name}", "", f"**{schema['title']}.** {schema['description']}", "")
        yield from _table(schema)
        for inner_name, inner in schema.get("$defs", {}).items():
            yield from (f"### {name}: {inner_name}", "", f"{inner['description']}", "")
            yield from _table(inner)


def _table(schema: Mapping[str, Any]) -> Iterator[str]:
    yield "| key | needed | form | meaning | example |"
    yield "|---|---|---|---|---|"
    for key, told in schema.get("properties", {}).items():
        known = _resolved(told)
        needed = "yes" if key in schema.get("required", []) else ""
        example = json.dumps(known["examples"][0], ensure_ascii=False) if "examples" in known else ""
        cells = [
            f"`{key}`",
            needed,
            _form(known),
            known.get("description", ""),
            f"`{example}`" if example else "",
        ]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _resolved(told: Mapping[str, Any]) -> dict[str, Any]:
    if "common.schema.json#/$defs/" in told.get("$ref", ""):
        shared = read_schema("common")["$defs"][told["$ref"].rsplit("/", 1)[-1]]
        return {**_resolved(shared), **told}
    if told.get("$ref") == "#/$defs/localized":
        return {**read_schema("common")["$defs"]["localized"], **told}
    return dict(told)


def _form(told: Mapping[str, Any]) -> str:
    if "enum" in told:
        return " · ".join(f"`{value}`" for value in told["enum"])
    if "const" in told:
        return f"`{told['const']}`"
    if told.get("title") == "Text in every language" or "localized" in told.get("$ref", ""):
        return "text by language"
    names = {"object": "mapping", "array": "list", "string": "text", "integer": "number", "number": "number"}
    return str(told.get("format") or names.get(told.get("type", ""), told.get("type", "entry")))


if __name__ == "__main__":
    for name, text in generated().items():
        (_DOCS / name).write_text(text, encoding="utf-8")
