"""Finds things in an entry's data, with their places."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.positions import Position, YamlList, YamlMap

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def entries(handbook: Handbook) -> Iterator[tuple[str, Any]]:
    """The handbook's own data and that of every item, page, checklist, answer set and record, with its file."""
    yield handbook.at.file, handbook.data
    for item in handbook.items:
        yield item.at.file, item.data
    for page in handbook.pages:
        yield page.head.at.file, page.head.data
    for checklist in handbook.checklists:
        yield checklist.head.at.file, checklist.head.data
    for answer_set in handbook.answer_sets:
        yield answer_set.at.file, answer_set.data
    for log in handbook.change_logs:
        yield log.at.file, log.data
    if handbook.overlay:
        yield handbook.overlay.at.file, handbook.overlay.data
        yield handbook.overlay.hidden_at.file, handbook.overlay.hidden
        for added in handbook.overlay.additions:
            yield added.at.file, added.data
    if handbook.retired:
        yield handbook.retired_at.file, handbook.retired


@functools.lru_cache(maxsize=1)  # several rules look at every value of the same handbook
def all_values(handbook: Handbook) -> list[tuple[str, list[tuple[Position, str, Any]]]]:
    """For each of ``entries`` its file and its ``values``."""
    return [(file, values(data)) for file, data in entries(handbook)]


def values(data: Any, key: str = "") -> list[tuple[Position, str, Any]]:
    """Every value inside ``data``: its (line, column), the key it stands under, and itself, in order.

    The entries of a list have the key of the list. ``data`` comes from ``yaml_reader``; its nesting
    is bounded there.
    """
    found: list[tuple[Position, str, Any]] = []
    _collect(data, key, found)
    return found


def _collect(data: Any, key: str, found: list[tuple[Position, str, Any]]) -> None:
    # a list that is filled, not generators inside each other: every text of the handbook passes here
    if type(data) is YamlMap:
        positions = data.positions
        for name, value in data.items():
            found.append((positions[name], name, value))
            if type(value) is not str:
                _collect(value, name, found)
    elif type(data) is YamlList:
        for position, value in zip(data.positions, data, strict=True):
            found.append((position, key, value))
            if type(value) is not str:
                _collect(value, key, found)


def is_localized(value: Any, languages: tuple[str, ...]) -> bool:
    """Whether ``value`` is a text in several languages, one of ``languages`` among them."""
    if not isinstance(value, dict) or not any(language in value for language in languages):
        return False
    return seems_localized(value)


def seems_localized(value: Any) -> bool:
    """Whether ``value`` is a text by language, be it in languages that the handbook does not have."""
    if not isinstance(value, dict) or not value:
        return False
    return all(isinstance(text, str) and _is_code(key) for key, text in value.items())


@functools.lru_cache(maxsize=4096)
def _is_code(key: str) -> bool:
    return _LANGUAGE_CODE.fullmatch(key) is not None


def texts(data: Any, language: str, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every text inside ``data`` in ``language``: its path (``steps.0.title``) and itself, in order."""
    found: list[tuple[str, str]] = []
    _collect_texts(data, language, languages, "", found)
    return found


def _collect_texts(
    data: Any, language: str, languages: tuple[str, ...], path: str, found: list[tuple[str, str]]
) -> None:
    if isinstance(data, dict) and is_localized(data, languages):
        if language in data:
            found.append((path, data[language]))
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            _collect_texts(value, language, languages, f"{path}.{key}" if path else str(key), found)
