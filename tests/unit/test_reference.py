"""The titles and descriptions of the schemas, and the documentation of rules, in the languages of the program."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from tebiki import rules
from tebiki.history.release import RELEASE_RULES
from tebiki.locales import generator_words
from tebiki.locales.reference import localized_rule_text, localized_schema, localized_schema_file
from tebiki.model.diagnostics import RULES
from tebiki.reading import load, schema_problems
from tebiki.reading.schema import read_schema, schema_names
from tebiki.upkeep.project_files import project_files

assert rules and load and schema_problems  # importing them registers their rules


def schema_texts(node: Any) -> Iterator[str]:
    """Every title and description below a node of a schema."""
    if isinstance(node, list):
        for entry in node:
            yield from schema_texts(entry)
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("title", "description") and isinstance(value, str):
                yield value
            elif key not in ("const", "default", "enum", "examples") or isinstance(value, dict):
                yield from schema_texts(value)


def paragraphs(texts: Iterable[str]) -> set[str]:
    """The paragraphs of docstrings, each on one line."""
    return {" ".join(part.split()) for text in texts for part in inspect.cleandoc(text).split("\n\n")}


ENGLISH = {
    "schema_texts": {text for name in schema_names() for text in schema_texts(read_schema(name))},
    "rule_texts": paragraphs([*RULES.values(), *RELEASE_RULES.values()]),
}


@pytest.mark.parametrize("subject", ENGLISH)
def test_every_reference_text_has_its_japanese(subject: str) -> None:
    translations = generator_words("ja", subject)
    file = f"generator/tebiki/locales/ja/{subject}.yml"
    assert sorted(ENGLISH[subject] - translations.keys()) == [], (
        f"write the Japanese of these texts into {file}"
    )
    assert sorted(translations.keys() - ENGLISH[subject]) == [], (
        f"these texts are gone: remove them from {file}"
    )


@pytest.mark.parametrize("subject", ENGLISH)
def test_the_japanese_has_the_same_code_and_paths(subject: str) -> None:
    """What a person types, and where, is the same in both languages; pages of docs/ are those of the language."""

    def literals(text: str) -> set[str]:
        code = re.findall(r"(`+) ?(.+?) ?\1", text)
        paths = re.findall(r"\b(?:content|checklists|templates|docs|generator)/[\w./-]*\w", text, re.ASCII)
        return {literal.replace(".ja.md", ".md") for literal in (*(inner for _marks, inner in code), *paths)}

    for english, japanese in generator_words("ja", subject).items():
        assert literals(japanese) == literals(english), english


def test_a_schema_keeps_everything_but_its_titles_and_descriptions() -> None:
    schema, localized = read_schema("checklist"), localized_schema("checklist", "ja")
    question, localized_question = (data["$defs"]["item"]["properties"] for data in (schema, localized))
    assert localized["title"] == "点検表"
    assert localized_question["default"]["description"] != question["default"]["description"]
    assert localized_question["evidence"]["properties"]["examples"]["title"] == "例"
    assert {
        name: property_schema.get("examples") for name, property_schema in localized_question.items()
    } == {name: property_schema.get("examples") for name, property_schema in question.items()}


@pytest.mark.parametrize("language", ["en", "ja", "xx"])
@pytest.mark.parametrize("name", schema_names())
def test_the_file_of_a_schema_is_translated_as_its_data(name: str, language: str) -> None:
    data = localized_schema(name, language)
    assert localized_schema_file(name, language) == json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def test_without_a_translation_the_text_stays_english() -> None:
    assert localized_schema("term", "xx") == read_schema("term")
    assert localized_rule_text("A rule.\n\n    Its remedy.\n", "ja") == "A rule.\n\nIts remedy."


def test_the_schemas_beside_a_handbook_are_in_its_first_language() -> None:
    values = {"id": "guide", "title": "手引き"}
    files = project_files(["ja", "en"], "tebiki=={version}", values, "mkdocs.yml")
    assert json.loads(files["schemas/term.schema.json"]) == localized_schema("term", "ja")
    english = project_files(["en", "ja"], "tebiki=={version}", values, "mkdocs.yml")
    assert json.loads(english["schemas/term.schema.json"]) == read_schema("term")
