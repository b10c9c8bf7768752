"""The texts of the generator itself, in a folder for each language, and those that a handbook adds.

A word that exists neither here nor in the handbook is English.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from tebiki.model.handbook import HandbookWords
from tebiki.model.message import Message
from tebiki.reading.yaml_reader import YamlLoader
from tebiki.resources import LOCALES, read_resource, resource_names

#: The language that every word exists in.
FALLBACK = "en"
#: The subjects whose words stand in the HTML of pages.
_PAGE_SUBJECTS = ("site", "search", "form")
#: Signs that would begin or end a part of HTML.
_MARKUP = frozenset('<>"')
_handbook_words: dict[tuple[str, str], list[Mapping[str, Any]]] = {}


def use_words(handbook_words: Iterable[HandbookWords]) -> None:
    """Let ``words`` return those of a handbook as well, in this process, until the next call."""
    _handbook_words.clear()
    for entry in handbook_words:
        _handbook_words.setdefault((entry.language, entry.subject), []).append(entry.words)
    words.cache_clear()
    fallback_words.cache_clear()


def subjects() -> list[str]:
    """Return the subjects that there are words on, sorted."""
    return word_files(FALLBACK)


@cache
def words(language: str, subject: str) -> Mapping[str, Any]:
    """Return the texts of the generator on a ``subject`` ("site", "form") in ``language``.

    They are in ``generator/tebiki/locales/LANGUAGE/SUBJECT.yml``, and in the files of the kind ``words`` of the
    handbook that ``use_words`` was called with.

    Raises:
        FileNotFoundError: There is no such subject.
        yaml.YAMLError: The file is not valid YAML.
    """
    texts = english_words(subject)
    for added in (generator_words(language, subject), *_handbook_words.get((language, subject), ())):
        texts = _merged(texts, added)
    return texts


@cache
def english_words(subject: str) -> Mapping[str, Any]:
    """Return the English texts on a ``subject``, which every language has the keys of."""
    return read_words(f"{FALLBACK}/{subject}.yml")


def missing_words(language: str, subject: str) -> list[str]:
    """Return the paths (``status.draft``) of the words that are English because ``language`` lacks them."""
    added = [generator_words(language, subject), *_handbook_words.get((language, subject), ())]
    present = {path for texts in added for path, text in leaves(texts) if isinstance(text, str)}
    return [path for path, _text in leaves(english_words(subject)) if path not in present]


@cache
def fallback_words(language: str) -> frozenset[str]:
    """Return the words of pages that are English because ``language`` lacks them; some have placeholders."""
    fallback: set[str] = set()
    for subject in _PAGE_SUBJECTS:
        missing = set(missing_words(language, subject))
        english = ((path, text) for path, text in leaves(english_words(subject)) if isinstance(text, str))
        fallback |= {text for path, text in english if path in missing}
    return frozenset(fallback)


def leaves(texts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of everything in ``texts`` that is not a mapping."""
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def word_problem(key: str, english: Any, text: Any) -> Message | None:
    """Return why ``text`` cannot stand for the ``english`` word of ``key``; None if it can.

    Words get into HTML and into templates of texts, so they hold no markup and the same placeholders.
    """
    if text is None or (isinstance(english, Mapping) and isinstance(text, Mapping)):
        return None
    if not isinstance(english, str) or not isinstance(text, str):
        return Message("rules.words.unknown", key=key, hint=Message("rules.words.remove"))
    if signs := (_MARKUP & set(text)) - set(english):
        return Message("rules.words.markup", key=key, signs=" ".join(sorted(signs)))
    if placeholders(text) != (expected := placeholders(english)):
        there = " ".join(expected) or Message("rules.words.none")
        return Message("rules.words.placeholders", key=key, expected=there)
    return None


def placeholders(text: str) -> list[str]:
    """Return the placeholders of ``text``, sorted; a text that is no template is its own."""
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return [text]
    return sorted(
        f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
        for _literal, name, form, conversion in fields
        if name is not None
    )


def _merged(english: Mapping[str, Any], texts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words of ``english`` with those of ``texts`` that can stand for them."""
    merged = dict(english)
    for key, text in texts.items():
        if key in english and text is not None and not word_problem(key, english[key], text):
            merged[key] = _merged(english[key], text) if isinstance(text, Mapping) else text
    return merged


@cache
def generator_words(language: str, subject: str) -> Mapping[str, Any]:
    """Return the texts on a ``subject`` that the generator has in ``language``, without English ones; {} without any."""
    file = f"{language}/{subject}.yml"
    return read_words(file) if file in resource_names(LOCALES) else {}


@cache
def language_names() -> Mapping[str, str]:
    """Return the languages that the theme knows: the name of each for itself, by its code."""
    return read_words("language_names.yml")


def word_files(folder: str) -> list[str]:
    """Return the names, without their ending, of the files in a folder of ``generator/tebiki/locales/``."""
    inside = (
        name.removeprefix(f"{folder}/") for name in resource_names(LOCALES) if name.startswith(f"{folder}/")
    )
    return [name.removesuffix(".yml") for name in inside if "/" not in name]


@cache  # English words are those of a language, and those that others lack
def read_words(file: str) -> Mapping[str, Any]:
    """Return what is in a ``file`` of ``generator/tebiki/locales/``.

    Nobody asks for places in them, without which reading takes half the time. Callers must not change the data.

    Raises:
        yaml.YAMLError: The file is not valid YAML.
    """
    data: Mapping[str, Any] = yaml.load(read_resource(LOCALES, file), YamlLoader)
    return data
