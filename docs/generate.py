"""Writes the pages of docs/ that are generated from the code, in English and in Japanese.

Run by ``make docs``. A test fails if one of them is out of date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from tebiki import rules
from tebiki.history.change_rules import CLASSES, REASONS, describe
from tebiki.history.release import RELEASE_RULES
from tebiki.locales.messages import message_text
from tebiki.locales.reference import localized_rule_text, localized_schema
from tebiki.model.diagnostics import RULES
from tebiki.reading import load, schema_problems
from tebiki.reading.schema import schema_names

assert rules and load and schema_problems  # importing them registers their rules

_DOCS = Path(__file__).resolve().parent
_MISTAKES = _DOCS.parent / "tests" / "examples" / "mistakes"
#: A page of docs/ that a text names, which becomes a link.
_PAGE = re.compile(r"(`+)docs/([\w.-]+\.md)\1")
_MADE = "<!-- Made by docs/generate.py (make docs). Do not edit. -->"
#: The languages with the ending of the names of their pages.
_ENDINGS = {"en": ".md", "ja": ".ja.md"}
#: The texts of the pages that follow from no code: by language, then by page.
_TEXTS = yaml.safe_load((_DOCS / "generate.yml").read_text(encoding="utf-8"))


def generated() -> dict[str, str]:
    """The name and the text of every generated page."""
    pages: Mapping[str, Callable[[str], Iterator[str]]] = {
        "rules": lambda language: _rules(dict(sorted(RULES.items())), language),
        "data-dictionary": _dictionary,
        "mistakes": _mistakes,
        "release-rules": lambda language: _rules(RELEASE_RULES, language),
        "checklist-versions": _classes,
    }
    return {
        f"{page}{ending}": "\n".join((*_head(page, language), *lines(language)))
        for page, lines in pages.items()
        for language, ending in _ENDINGS.items()
    }


def _head(page: str, language: str) -> Iterator[str]:
    """The title and the first paragraphs of a page, with a link to the other language below the title."""
    title, _, text = _TEXTS[language][page]["head"].partition("\n")
    other_page = f"[日本語]({page}.ja.md)" if language == "en" else f"[English]({page}.md)"
    yield from (_MADE, "", title, "", other_page, "", text.strip(), "")


def _rules(texts: Mapping[str, str], language: str) -> Iterator[str]:
    for rule, text in texts.items():
        yield from (f"## {rule}", "", _PAGE.sub(r"[\2](\2)", localized_rule_text(text, language)), "")


def _mistakes(language: str) -> Iterator[str]:
    titles = _TEXTS[language]["mistakes"].get("titles")  # in English the names of the folders
    for folder in sorted(_MISTAKES.iterdir()):
        title = titles[folder.name] if titles else folder.name.replace("-", " ").capitalize()
        message = (folder / f"message.{language}.txt").read_text(encoding="utf-8")
        yield from (f"## {title}", "", "```text", message.rstrip(), "```", "")


def _classes(language: str) -> Iterator[str]:
    texts = _TEXTS[language]["checklist-versions"]
    yield _row(texts["columns"])
    yield "|---|---|---|---|"
    for size in CLASSES:
        for rule, (rule_size, changes_meaning) in REASONS.items():
            if rule_size == size:
                reason = message_text(describe(rule), language)
                yield _row([rule, size, texts["raised"] if changes_meaning else "", reason])
    yield ""


def _dictionary(language: str) -> Iterator[str]:
    for name in schema_names():
        if name == "common":
            continue
        schema = localized_schema(name, language)
        title = f"**{schema['title']}.** " if language == "en" else f"**{schema['title']}**: "
        yield from (f"## {name}", "", title + schema["description"], "")
        yield from _table(schema, name, language)
        for inner_name, inner in schema.get("$defs", {}).items():
            yield from (f"### {name}: {inner_name}", "", inner["description"], "")
            yield from _table(inner, name, language)


def _table(schema: Mapping[str, Any], name: str, language: str) -> Iterator[str]:
    """The table of the keys of an entry; nothing for what has no keys of its own."""
    if "properties" not in schema:
        return
    texts = _TEXTS[language]["data-dictionary"]
    yield _row(texts["columns"])
    yield "|---|---|---|---|---|"
    for key, declared in schema["properties"].items():
        resolved = _resolved(declared, name, language)
        example = json.dumps(resolved["examples"][0], ensure_ascii=False) if "examples" in resolved else ""
        yield _row(
            [
                f"`{key}`",
                texts["required"] if key in schema.get("required", []) else "",
                _form(resolved, texts["forms"]),
                resolved.get("description", ""),
                f"`{example}`" if example else "",
            ]
        )
    yield ""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _resolved(declared: Mapping[str, Any], name: str, language: str) -> dict[str, Any]:
    """What the schema called ``name`` declares for a key, with what that refers to; its own keywords win."""
    if "$ref" not in declared:
        return dict(declared)
    file, _, pointer = declared["$ref"].partition("#")
    target_name = file.removesuffix(".schema.json") or name
    target: Any = localized_schema(target_name, language)
    for step in pointer.split("/")[1:]:
        target = target[step]
    resolved = {**_resolved(target, target_name, language), **declared}
    return {**resolved, "format": "localized"} if pointer.endswith("/localized") else resolved


def _form(schema: Mapping[str, Any], forms: Mapping[str, str]) -> str:
    """What a value looks like: the values that are possible, or the name of its type."""
    if "enum" in schema:
        return " · ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    types = schema.get("format") or schema.get("type", "entry")
    return " · ".join(forms[name] for name in ([types] if isinstance(types, str) else types))


if __name__ == "__main__":
    for name, text in generated().items():
        (_DOCS / name).write_text(text, encoding="utf-8")
