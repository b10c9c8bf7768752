"""Traverses the data of all entries, with the place of each value."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.positions import Position, YamlList, YamlMap

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def entries(handbook: Handbook) -> Iterator[tuple[str, Any]]:
    """Yield the file and the data of the handbook itself and of every item, page, checklist and other entry."""
    yield handbook.at.file, handbook.data
    for item in handbook.items:
        yield item.at.file, item.data
    for page in handbook.pages:
        yield page.head.at.file, page.head.data
    for checklist in handbook.checklists:
        yield checklist.head.at.file, checklist.head.data
    for answer_set in handbook.answer_sets:
        yield answer_set.at.file, answer_set.data
    for template in handbook.form_templates:
        yield template.at.file, template.data
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
    """Return the file and the ``values`` of each of the ``entries``."""
    return [(file, values(data)) for file, data in entries(handbook)]


def values(data: Any, key: str = "") -> list[tuple[Position, str, Any]]:
    """Return every value inside ``data`` as (line and column), key and value, in order.

    The entries of a list have the key of the list. ``data`` comes from ``yaml_reader``; its nesting
    is bounded there.
    """
    result: list[tuple[Position, str, Any]] = []
    _collect(data, key, result)
    return result


def _collect(data: Any, key: str, result: list[tuple[Position, str, Any]]) -> None:
    # fills a list instead of nesting generators, since every text of the handbook passes here
    if type(data) is YamlMap:
        positions = data.positions
        for name, value in data.items():
            result.append((positions[name], name, value))
            if type(value) is not str:
                _collect(value, name, result)
    elif type(data) is YamlList:
        for position, value in zip(data.positions, data, strict=True):
            result.append((position, key, value))
            if type(value) is not str:
                _collect(value, key, result)


def is_localized(value: Any, languages: tuple[str, ...]) -> bool:
    """Whether ``value`` is a text in several languages, one of ``languages`` among them."""
    return isinstance(value, dict) and not _as_set(languages).isdisjoint(value) and seems_localized(value)


def seems_localized(value: Any) -> bool:
    """Whether ``value`` is a text by language, be it in languages that the handbook does not have."""
    if not isinstance(value, dict) or not value:
        return False
    for key, text in value.items():  # noqa: SIM110 - twice as fast as all(), and every mapping passes here
        if not isinstance(text, str) or not _is_code(key):
            return False
    return True


@functools.lru_cache(maxsize=16)
def _as_set(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(languages)


@functools.lru_cache(maxsize=4096)
def _is_code(key: str) -> bool:
    return _LANGUAGE_CODE.fullmatch(key) is not None


def texts(data: Any, language: str, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the path (``steps.0.title``) and the text of every text in ``language`` inside ``data``, in order."""
    result: list[tuple[str, str]] = []
    _collect_texts(data, language, languages, "", result)
    return result


def _collect_texts(
    data: Any, language: str, languages: tuple[str, ...], path: str, result: list[tuple[str, str]]
) -> None:
    # a text without ``language`` has nothing inside, and asking for that first is quicker
    if isinstance(data, dict) and language in data and is_localized(data, languages):
        result.append((path, data[language]))
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            _collect_texts(value, language, languages, f"{path}.{key}" if path else str(key), result)


@functools.lru_cache(maxsize=1)  # several rules look at every text of the same handbook
def all_localized_texts(handbook: Handbook) -> list[tuple[str, Any, str, str]]:
    """Return the file of every text in the ``entries``, with what ``localized_texts`` says of it."""
    return [(file, *text) for file, data in entries(handbook) for text in localized_texts(data)]


def localized_texts(data: Any) -> Iterator[tuple[Any, str, str]]:
    """Every text by language inside ``data``: the mapping that it stands in, its language, and itself."""
    if isinstance(data, dict):
        localized = seems_localized(data)
        for key, value in data.items():
            if localized:
                yield data, key, value
            else:
                yield from localized_texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from localized_texts(value)
