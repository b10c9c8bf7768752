"""Makes text of messages, in the languages that have words for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from tebiki.locales import FALLBACK, read_words, word_files
from tebiki.locales.reference import schema_text
from tebiki.model.message import Argument, Message
from tebiki.resources import MESSAGES, message_languages

#: A message that is a text of a schema; its translation is where those of all schemas are.
_SCHEMA_TEXT = "common.schema-text"


def message_areas() -> list[str]:
    """Return the files of words: one for each area of the program."""
    return word_files(f"{FALLBACK}/{MESSAGES}")


@cache
def message_words(language: str, area: str) -> Mapping[str, Any]:
    """Return the templates of an area by their keys; each may hold placeholders of ``str.format``."""
    is_there = language in message_languages()
    return read_words(f"{language if is_there else FALLBACK}/{MESSAGES}/{area}.yml")


def message_text(message: Message | str, language: str) -> str:
    """Return a message as text; a text that comes from another program is returned as it is.

    Args:
        message: The message.
        language: Its code; a language without messages gets the English ones.

    Raises:
        KeyError: The message has no words, or lacks an argument.
    """
    if isinstance(message, str):
        return message
    area, *keys = message.key.split(".")
    template: Any = message_words(language, area)
    for key in keys:
        template = template[key]
    arguments = {name: _value(value, language) for name, value in message.arguments}
    if message.key == _SCHEMA_TEXT:
        arguments = {"text": schema_text(str(arguments["text"]), language)}
    text: str = template.format_map(arguments)
    return text


def _value(value: Argument, language: str) -> str | int | float:
    if isinstance(value, Message):
        return message_text(value, language)
    if isinstance(value, tuple):
        separator: str = message_words(language, "common")["separator"]
        return separator.join(str(_value(entry, language)) for entry in value)
    return value
