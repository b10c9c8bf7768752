"""The reference texts in other languages: titles and descriptions of the schemas, and the documentation of rules.

Their English stands where it belongs, in ``schemas/`` and in docstrings. A file of another language has each English
text with its translation, so that a text whose English changes has no translation until somebody writes it.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from tebiki.locales import generator_words
from tebiki.reading.schema import SUFFIX, read_schema
from tebiki.resources import SCHEMAS, read_resource

_SCHEMA_TEXTS = "schema_texts"
_RULE_TEXTS = "rule_texts"
_TEXT_KEYWORDS = ("title", "description")
#: Keywords whose values are data, in which a "title" is no text of the schema. A mapping is none of these values: it
#: describes a property of that name.
_DATA_KEYWORDS = ("const", "default", "enum", "examples")
#: The title or the description of a schema, on its line of the file. No example is one of the texts that are translated.
_TEXT_LINE = re.compile(r'^( *"(?:title|description)": )("(?:[^"\\]|\\.)*")', re.MULTILINE)


@cache
def localized_schema(name: str, language: str) -> dict[str, Any]:
    """Return the schema with its titles and descriptions in ``language``; callers must not change it.

    A text without a translation stays English. References to other schemas are not resolved: ``read_schema`` and this
    function have the same keywords.
    """
    schema: dict[str, Any] = _localized(read_schema(name), generator_words(language, _SCHEMA_TEXTS))
    return schema


def localized_schema_file(name: str, language: str) -> str:
    """Return the text of a schema's file with the same translations; parsing it and writing it anew takes longer."""
    translations = _quoted_schema_texts(language)
    return _TEXT_LINE.sub(
        lambda line: line[1] + translations.get(line[2], line[2]), read_resource(SCHEMAS, name + SUFFIX)
    )


@cache
def _quoted_schema_texts(language: str) -> dict[str, str]:
    """The translations of titles and descriptions, as JSON writes both."""
    translations = generator_words(language, _SCHEMA_TEXTS)
    return {_quoted(english): _quoted(text) for english, text in translations.items()}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def schema_text(text: str, language: str) -> str:
    """Return a title or a description of a schema in ``language``; without a translation it stays English."""
    translation: str = generator_words(language, _SCHEMA_TEXTS).get(text, text)
    return translation


def _localized(node: Any, translations: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_localized(entry, translations) for entry in node]
    if not isinstance(node, dict):
        return node
    return {key: _localized_value(key, value, translations) for key, value in node.items()}


def _localized_value(key: str, value: Any, translations: Mapping[str, str]) -> Any:
    if key in _TEXT_KEYWORDS and isinstance(value, str):
        return translations.get(value, value)
    if key in _DATA_KEYWORDS and not isinstance(value, dict):
        return value
    return _localized(value, translations)


def localized_rule_text(text: str, language: str) -> str:
    """Return the documentation of a rule, a docstring in English, in ``language``.

    A paragraph without a translation stays English, and so do all of them in the wheel, which has no file of rules.
    """
    translations = generator_words(language, _RULE_TEXTS)
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(translations.get(" ".join(paragraph.split()), paragraph) for paragraph in paragraphs)
