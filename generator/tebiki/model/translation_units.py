"""The units of translation: an item, a page, a checklist, a question of a checklist."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tebiki.model import traverse
from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Overlay


@dataclass(frozen=True)
class TranslationUnit:
    """A unit of translation.

    Attributes:
        id: Its id.
        fingerprint: The first 12 hexadecimal digits of the SHA-256 over the JSON list of ``[path, original text]``
            pairs.
        at: Its place.
        paths: The paths of its original texts.
    """

    id: str
    fingerprint: str
    at: Place
    paths: frozenset[str]


#: The id of a unit, its texts as pairs of path and text, and its place.
UnitTexts = tuple[str, Sequence[tuple[str, str]], Place]
TranslationState = Literal["current", "stale", "missing"]


@functools.lru_cache(maxsize=1)
def translation_units(handbook: Handbook) -> tuple[TranslationUnit, ...]:
    """Return every unit of the handbook that has an original, in the order of the files.

    Of a checklist only the current version counts: a released version is never edited.
    """
    if not handbook.languages:
        return ()
    return tuple(
        TranslationUnit(unit_id, _fingerprint(texts), at, frozenset(path for path, _text in texts))
        for unit_id, texts, at in unit_texts(handbook, handbook.languages[0])
    )


def _fingerprint(texts: Sequence[tuple[str, str]]) -> str:
    raw = json.dumps(list(texts), ensure_ascii=False).encode()
    return hashlib.sha256(raw).hexdigest()[:12]


def stale_units(handbook: Handbook, language: str) -> frozenset[str]:
    """Return the ids of the units whose ``language`` was not translated from the present original."""
    if language == handbook.languages[0]:
        return frozenset()
    recorded: Mapping[str, Mapping[str, str]] = handbook.translations
    return frozenset(
        unit.id
        for unit in translation_units(handbook)
        if recorded.get(unit.id, {}).get(language) != unit.fingerprint
    )


def translation_states(handbook: Handbook, language: str) -> dict[str, TranslationState]:
    """Return the state of the ``language`` of every unit, by its id; ``missing`` where any text is missing."""
    translated = {
        unit_id: {path for path, _text in texts} for unit_id, texts, _at in unit_texts(handbook, language)
    }
    stale = stale_units(handbook, language)
    states: dict[str, TranslationState] = {}
    for unit in translation_units(handbook):
        is_missing = not unit.paths.issubset(translated.get(unit.id, ()))
        states[unit.id] = "missing" if is_missing else "stale" if unit.id in stale else "current"
    return states


def unit_texts(handbook: Handbook, language: str) -> Iterator[UnitTexts]:
    """Yield the id, the texts in ``language`` and the place of every unit, in the order of the files."""
    languages = handbook.languages
    for log in handbook.change_logs:
        if texts := traverse.texts(log.data, language, languages):
            yield f"changes/{log.version}", texts, log.at
    for id_, notice in handbook.retired.items():
        yield f"retired/{id_}", traverse.texts(notice, language, languages), handbook.retired_at
    # of an institution's own handbook only its own texts
    own_data = handbook.overlay.data if handbook.overlay else handbook.data
    yield "handbook", traverse.texts(own_data, language, languages), handbook.at
    for item in handbook.items:
        yield item.id, traverse.texts(item.data, language, languages), item.at
    for answer_set in handbook.answer_sets:
        yield answer_set.id, traverse.texts(answer_set.data, language, languages), answer_set.at
    for page in handbook.pages:
        parts = (("title", page.title), ("description", page.description), ("body", page.body))
        yield page.id, [(key, text[language]) for key, text in parts if language in text], page.head.at
    for checklist in handbook.current_checklists:
        yield from _checklist_texts(checklist, language, languages)
    if handbook.overlay:
        yield from _overlay_texts(handbook.overlay, language, languages)


def _checklist_texts(checklist: Checklist, language: str, languages: tuple[str, ...]) -> Iterator[UnitTexts]:
    # the questions are units of their own
    sections = [_without_questions(section) for section in checklist.head.data["sections"]]
    head = {**checklist.head.data, "sections": sections}
    yield checklist.id, traverse.texts(head, language, languages), checklist.head.at
    for question in checklist.questions:
        texts = traverse.texts(question.data, language, languages)
        yield f"{checklist.id}#{question.id}", texts, question.at


def _overlay_texts(overlay: Overlay, language: str, languages: tuple[str, ...]) -> Iterator[UnitTexts]:
    for id_, notice in overlay.hidden.items():
        yield f"hidden/{id_}", traverse.texts(notice, language, languages), overlay.hidden_at
    for additions in overlay.additions:
        for section in additions.sections:
            if texts := traverse.texts(_without_questions(section.data), language, languages):
                yield f"{additions.checklist}#{section.id}", texts, additions.at


def _without_questions(section: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in section.items() if key != "items"}
    notes = [entry for entry in section["items"] if "note" in entry]
    return {**rest, "notes": notes} if notes else rest
