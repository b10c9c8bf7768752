"""One language out of several: the same data with a plain string wherever a text has languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.walk import is_localized

_LOCALES = Path(__file__).resolve().parent / "locales"


class Record(dict[str, Any]):
    """A mapping for templates: a key that the data does not have is None, not an error."""

    def __missing__(self, key: str) -> None:
        return None


def localise(data: Any, language: str, languages: tuple[str, ...]) -> Any:
    """``data`` for the readers of ``language``; every text has to exist in it (``check`` saw to that)."""
    if is_localized(data, languages):
        return data[language]
    if isinstance(data, Mapping):
        return Record((key, localise(value, language, languages)) for key, value in data.items())
    if isinstance(data, list):
        return [localise(value, language, languages) for value in data]
    return data


@cache
def words(language: str, subject: str) -> Mapping[str, Any]:
    """The generator's own words on a ``subject`` ("site", "form") in ``language``.

    They stand in ``generator/locales/LANGUAGE/SUBJECT.yml``; a language without them cannot be
    built, and FileNotFoundError names the file to write.
    """
    text = (_LOCALES / language / f"{subject}.yml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = yaml.safe_load(text)
    return data
