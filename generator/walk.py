"""Finds things in an entry's data, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Place
from generator.model import Handbook
from generator.yaml_reader import YamlList, YamlMap

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def entries(handbook: Handbook) -> Iterator[tuple[str, Any]]:
    """The handbook's own data and that of every item, checklist and answer set, each with its file."""
    yield handbook.at.file, handbook.data
    for item in handbook.items:
        yield item.at.file, item.data
    for checklist in handbook.checklists:
        yield checklist.head.at.file, checklist.head.data
    for answer_set in handbook.answer_sets:
        yield answer_set.at.file, answer_set.data


def values(file: str, data: Any, path: str = "") -> Iterator[tuple[Place, str, Any]]:
    """Every value inside ``data``: its place, its path (``steps.0.title``) and itself, in order.

    ``data`` comes from ``yaml_reader``; its nesting is bounded there.
    """
    if isinstance(data, YamlMap):
        for key, value in data.items():
            here = f"{path}.{key}" if path else key
            yield Place(file, *data.positions[key]), here, value
            yield from values(file, value, here)
    elif isinstance(data, YamlList):
        for index, value in enumerate(data):
            here = f"{path}.{index}" if path else str(index)
            yield Place(file, *data.positions[index]), here, value
            yield from values(file, value, here)


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


def localized(
    file: str, data: Any, languages: tuple[str, ...]
) -> Iterator[tuple[Place, str, Mapping[str, str]]]:
    """Every text in several languages inside ``data``: its place, its path, and itself."""
    for place, path, value in values(file, data):
        if is_localized(value, languages):
            yield place, path, value
