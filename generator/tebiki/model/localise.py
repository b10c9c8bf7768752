"""One language out of several: the same data with a plain string wherever a text has languages."""

from __future__ import annotations

from typing import Any

from tebiki.model.traverse import is_localized


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
