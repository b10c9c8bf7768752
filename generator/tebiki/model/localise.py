"""One language out of several: the same data with a plain string wherever a text has languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from tebiki.model.diagnostics import Diagnostic
from tebiki.model.traverse import is_localized
from tebiki.reading.yaml_reader import read_yaml
from tebiki.resources import LOCALES


class Record(dict[str, Any]):
    """A mapping for templates: a key that the data does not have is None, not an error."""

    def __missing__(self, key: str) -> None:
        return None


def localise(data: Any, language: str, languages: tuple[str, ...]) -> Any:
    """``data`` for the readers of ``language``; every text has to exist in it (``check`` saw to that)."""
    if isinstance(data, str):
        return data
    if isinstance(data, dict):
        if language in data and is_localized(data, languages):
            return data[language]
        record = Record()
        for key, value in data.items():  # most values are words: no call for those
            record[key] = value if type(value) is str else localise(value, language, languages)
        return record
    if isinstance(data, list):
        return [localise(value, language, languages) for value in data]
    return data


def missing_words(language: str) -> list[str]:
    """The files with the generator's own words that exist in another language but not in ``language``."""
    files = sorted({path.name for path in LOCALES.glob("*/*.yml")})
    return [
        f"generator/tebiki/locales/{language}/{file}"
        for file in files
        if not (LOCALES / language / file).is_file()
    ]


@cache
def words(language: str, subject: str) -> Mapping[str, Any]:
    """The generator's own words on a ``subject`` ("site", "form") in ``language``.

    They stand in ``generator/tebiki/locales/LANGUAGE/SUBJECT.yml``; a language without them cannot be
    built, and FileNotFoundError names the file to write.
    """
    path = LOCALES / language / f"{subject}.yml"
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if isinstance(document, Diagnostic):
        raise ValueError(str(document))
    data: Mapping[str, Any] = document.data
    return data
