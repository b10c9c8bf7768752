"""Finds things in an entry's data, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Place
from generator.yaml_reader import YamlList, YamlMap

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


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
    """Whether ``value`` is a text in several languages: its keys are language codes."""
    return (
        isinstance(value, Mapping)
        and any(language in value for language in languages)
        and all(isinstance(text, str) and _LANGUAGE_CODE.fullmatch(key) for key, text in value.items())
    )


def localized(
    file: str, data: Any, languages: tuple[str, ...]
) -> Iterator[tuple[Place, str, Mapping[str, str]]]:
    """Every text in several languages inside ``data``: its place, its path, and itself."""
    for place, path, value in values(file, data):
        if is_localized(value, languages):
            yield place, path, value
