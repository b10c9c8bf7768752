"""Writes the pages of docs/ that follow from the code.

Run by ``make docs``. A test fails when one of them is not what this writes.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki import rules
from tebiki.history.checklist_change import CLASSES, REASONS
from tebiki.history.release import RELEASE_RULES
from tebiki.model.diagnostics import RULES
from tebiki.reading import load
from tebiki.reading.schema import read_schema, schema_names

_DOCS = Path(__file__).resolve().parent
_MADE = "<!-- Made by docs/generate.py (make docs). Do not edit. -->"


def generated() -> dict[str, str]:
    """The name and the text of every generated page."""
    return {
        "rules.md": _rules(),
        "data-dictionary.md": "\n".join(_dictionary()),
        "release-rules.md": _release_rules(),
        "checklist-versions.md": "\n".join(_classes()),
    }


def _rules() -> str:
    # importing the steps that check is what registers their rules
    steps = f"`{load.__name__}` and `{rules.__name__}`"
    lines = [_MADE, "", "# Rules", "", f"What `tebiki check` reports, found by {steps}.", ""]
    for rule, text in sorted(RULES.items()):
        lines += [f"## {rule}", "", inspect.cleandoc(text), ""]
    return "\n".join(lines)


def _release_rules() -> str:
    lines = [_MADE, "", "# Rules for a release", "", "What `tebiki release check` refuses.", ""]
    for rule, text in RELEASE_RULES.items():
        lines += [f"## {rule}", "", inspect.cleandoc(text), ""]
    return "\n".join(lines)


_CLASSES = """\
# Versions of a checklist

A checklist has a version of three numbers. Each difference between two versions falls under one of the
rules below; the largest decides which number has to be raised at least. `tebiki diff` names the rules,
`tebiki release check` refuses a version that is too small.

A released version is never edited: a change goes into a new file `checklists/ID/VERSION.yml`. A question
that is no longer asked stays there with `status: retired`.

A program cannot see whether new words mean the same. So two rules stand in for it, and an editor who
knows better raises `rev` and the version all the same:

- A question or its explanation of which more than half stays is reworded; otherwise it is a new one.
- Two criteria of which more than half is the same are one criterion, reworded.

What is compared is the original language, sign by sign without spaces (`difflib.SequenceMatcher.ratio`).
Each difference counts for itself, so a further one never makes the change smaller. An edit that takes
another one back is no further difference.

| rule | class | `rev` has to be raised | when |
|---|---|---|---|
"""


def _classes() -> Iterator[str]:
    yield f"{_MADE}\n\n{_CLASSES.rstrip()}"
    for size in CLASSES:
        for rule, (found, meaning, words) in REASONS.items():
            if found == size:
                yield f"| {rule} | {size} | {'yes' if meaning else ''} | {words} |"
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
