"""Writes the pages of docs/ that are generated from the code.

Run by ``make docs``. A test fails if one of them is out of date.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki import rules
from tebiki.history.change_rules import CLASSES, REASONS
from tebiki.history.release import RELEASE_RULES
from tebiki.model.diagnostics import RULES
from tebiki.reading import load
from tebiki.reading.schema import read_schema, schema_names

_DOCS = Path(__file__).resolve().parent
_MISTAKES = _DOCS.parent / "tests" / "examples" / "mistakes"
_MADE = "<!-- Made by docs/generate.py (make docs). Do not edit. -->"


def generated() -> dict[str, str]:
    """The name and the text of every generated page."""
    return {
        "rules.md": _rules(),
        "data-dictionary.md": "\n".join(_dictionary()),
        "mistakes.md": "\n".join(_mistakes()),
        "release-rules.md": _release_rules(),
        "checklist-versions.md": "\n".join(_classes()),
    }


def _rules() -> str:
    # importing these modules registers their rules
    steps = f"`{load.__name__}` and `{rules.__name__}`"
    lines = [_MADE, "", "# Rules", "", f"What `tebiki check` reports, found by {steps}.", ""]
    for rule, text in sorted(RULES.items()):
        lines += [f"## {rule}", "", inspect.cleandoc(text), ""]
    return "\n".join(lines)


def _mistakes() -> Iterator[str]:
    yield from (_MADE, "", "# What can go wrong in YAML", "")
    yield "Common mistakes, with what `tebiki check` says of each: the line, a mark under the place, and after `=` the"
    yield "line as it should be. The files are in `tests/examples/mistakes/`."
    yield ""
    for folder in sorted(_MISTAKES.iterdir()):
        message = (folder / "message.en.txt").read_text(encoding="utf-8")
        yield from (
            f"## {folder.name.replace('-', ' ').capitalize()}",
            "",
            "```text",
            message.rstrip(),
            "```",
            "",
        )


def _release_rules() -> str:
    lines = [_MADE, "", "# Rules for a release", "", "What `tebiki release check` refuses.", ""]
    for rule, text in RELEASE_RULES.items():
        lines += [f"## {rule}", "", inspect.cleandoc(text), ""]
    return "\n".join(lines)


_CLASSES = """\
# Versions of a checklist

The version of a checklist has three numbers. Each difference between two versions falls under one of the rules below.
The largest class among them decides which number has to be raised at least. `tebiki diff` lists the rules that apply,
and `tebiki release check` refuses a version that is too low.

A released version is never edited: a change goes into a new file `checklists/ID/VERSION.yml`. A question that is no
longer asked stays there with `status: retired`.

A program cannot see whether new words have the same meaning. Two rules therefore approximate it; an editor who knows
better raises `rev` and the version nevertheless:

- If more than half of a question or its explanation stays the same, it is reworded; otherwise it is a new one.
- If more than half of two criteria is the same, they are one criterion, reworded.

The original language is compared character by character, without spaces (`difflib.SequenceMatcher.ratio`). Each
difference counts separately, so that an additional one never makes the change smaller. An edit that undoes another is
not a difference.

| rule | class | `rev` has to be raised | when |
|---|---|---|---|
"""


def _classes() -> Iterator[str]:
    yield f"{_MADE}\n\n{_CLASSES.rstrip()}"
    for size in CLASSES:
        for rule, (rule_size, changes_meaning, description) in REASONS.items():
            if rule_size == size:
                yield f"| {rule} | {size} | {'yes' if changes_meaning else ''} | {description} |"
    yield ""


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
    yield "| key | required | form | meaning | example |"
    yield "|---|---|---|---|---|"
    for key, declared in schema.get("properties", {}).items():
        resolved = _resolved(declared)
        required = "yes" if key in schema.get("required", []) else ""
        example = json.dumps(resolved["examples"][0], ensure_ascii=False) if "examples" in resolved else ""
        cells = [
            f"`{key}`",
            required,
            _form(resolved),
            resolved.get("description", ""),
            f"`{example}`" if example else "",
        ]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _resolved(declared: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a key together with what it refers to; its own keywords win."""
    if "common.schema.json#/$defs/" in declared.get("$ref", ""):
        shared = read_schema("common")["$defs"][declared["$ref"].rsplit("/", 1)[-1]]
        return {**_resolved(shared), **declared}
    if declared.get("$ref") == "#/$defs/localized":
        return {**read_schema("common")["$defs"]["localized"], **declared}
    return dict(declared)


def _form(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " · ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("title") == "Text in every language" or "localized" in schema.get("$ref", ""):
        return "text by language"
    names = {"object": "mapping", "array": "list", "string": "text", "integer": "number", "number": "number"}
    return str(schema.get("format") or names.get(schema.get("type", ""), schema.get("type", "entry")))


if __name__ == "__main__":
    for name, text in generated().items():
        (_DOCS / name).write_text(text, encoding="utf-8")
