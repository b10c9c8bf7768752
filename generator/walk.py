"""Finds things in an entry's data, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model import Handbook
from generator.yaml_reader import Position, YamlList, YamlMap

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def entries(handbook: Handbook) -> Iterator[tuple[str, Any]]:
    """The handbook's own data and that of every item, checklist, answer set and record, each with its file."""
    yield handbook.at.file, handbook.data
    for item in handbook.items:
        yield item.at.file, item.data
    for checklist in handbook.checklists:
        yield checklist.head.at.file, checklist.head.data
    for answer_set in handbook.answer_sets:
        yield answer_set.at.file, answer_set.data
    for log in handbook.change_logs:
        yield log.at.file, log.data
    if handbook.retired:
        yield handbook.retired_at.file, handbook.retired


def values(data: Any, key: str = "") -> Iterator[tuple[Position, str, Any]]:
    """Every value inside ``data``: its (line, column), the key it stands under, and itself, in order.

    The entries of a list have the key of the list. ``data`` comes from ``yaml_reader``; its nesting
    is bounded there.
    """
    if isinstance(data, YamlMap):
        for name, value in data.items():
            yield data.positions[name], name, value
            if isinstance(value, (YamlMap, YamlList)):
                yield from values(value, name)
    elif isinstance(data, YamlList):
        for position, value in zip(data.positions, data, strict=True):
            yield position, key, value
            if isinstance(value, (YamlMap, YamlList)):
                yield from values(value, key)


def is_localized(value: Any, languages: tuple[str, ...]) -> bool:
    """Whether ``value`` is a text in several languages, one of ``languages`` among them."""
    return seems_localized(value) and any(language in value for language in languages)


def seems_localized(value: Any) -> bool:
    """Whether ``value`` is a text by language, be it in languages that the handbook does not have."""
    return (
        isinstance(value, Mapping)
        and len(value) > 0
        and all(isinstance(text, str) and _LANGUAGE_CODE.fullmatch(key) for key, text in value.items())
    )


def texts(data: Any, language: str, languages: tuple[str, ...], path: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside ``data`` in ``language``: its path (``steps.0.title``) and itself, in order."""
    if isinstance(data, Mapping):
        if is_localized(data, languages):
            if language in data:
                yield path, data[language]
        else:
            for key, value in data.items():
                if isinstance(value, (dict, list)):
                    yield from texts(value, language, languages, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if isinstance(value, (dict, list)):
                yield from texts(value, language, languages, f"{path}.{index}")
