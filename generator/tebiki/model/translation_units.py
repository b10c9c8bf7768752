"""The pieces that are translated as one: an item, a page, a checklist, a question of a checklist."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tebiki.model import traverse
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook


@dataclass(frozen=True)
class Unit:
    """One piece and the fingerprint of its original text.

    ``fingerprint`` is the first 12 hexadecimal digits of the SHA-256 over the JSON list of
    ``[path, original text]`` pairs.
    """

    id: str
    fingerprint: str
    at: Place


@functools.lru_cache(maxsize=1)
def translation_units(handbook: Handbook) -> tuple[Unit, ...]:
    """Every piece of the handbook that has an original, in the order of the files.

    Of a checklist only the current version counts: a released one is never edited.
    """
    return tuple(_units(handbook)) if handbook.languages else ()


def stale_units(handbook: Handbook, language: str) -> frozenset[str]:
    """The ids of the pieces whose ``language`` was not made from the text that stands there now."""
    if language == handbook.languages[0]:
        return frozenset()
    recorded: Mapping[str, Mapping[str, str]] = handbook.translations
    return frozenset(
        unit.id
        for unit in translation_units(handbook)
        if recorded.get(unit.id, {}).get(language) != unit.fingerprint
    )


State = Literal["current", "stale", "missing"]


def translation_states(handbook: Handbook, language: str) -> dict[str, State]:
    """How the ``language`` of every piece stands: a text of it is missing, or it is stale, or it is current."""
    there = {
        unit_id: {path for path, _text in texts} for unit_id, texts, _at in unit_texts(handbook, language)
    }
    stale = stale_units(handbook, language)
    states: dict[str, State] = {}
    for unit_id, texts, _at in unit_texts(handbook, handbook.languages[0]):
        missing = any(path not in there.get(unit_id, set()) for path, _text in texts)
        states[unit_id] = "missing" if missing else "stale" if unit_id in stale else "current"
    return states


def _units(handbook: Handbook) -> Iterator[Unit]:
    for unit_id, texts, at in unit_texts(handbook, handbook.languages[0]):
        raw = json.dumps(list(texts), ensure_ascii=False).encode()
        yield Unit(unit_id, hashlib.sha256(raw).hexdigest()[:12], at)


def unit_texts(handbook: Handbook, language: str) -> Iterator[tuple[str, Iterable[tuple[str, str]], Place]]:
    """The id of every piece, its texts in ``language`` as (path, text), and where it stands."""
    languages = handbook.languages

    for log in handbook.change_logs:
        if words := traverse.texts(log.data, language, languages):
            yield f"changes/{log.version}", words, log.at
    for retired, told in handbook.retired.items():
        yield f"retired/{retired}", traverse.texts(told, language, languages), handbook.retired_at
    # of an institution's own handbook only what it says itself
    own = handbook.overlay.data if handbook.overlay else handbook.data
    yield "handbook", traverse.texts(own, language, languages), handbook.at
    for item in handbook.items:
        yield item.id, traverse.texts(item.data, language, languages), item.at
    for answer_set in handbook.answer_sets:
        yield answer_set.id, traverse.texts(answer_set.data, language, languages), answer_set.at
    for page in handbook.pages:
        pieces = (("title", page.title), ("description", page.description), ("body", page.body))
        yield page.id, [(key, text[language]) for key, text in pieces if language in text], page.head.at
    for checklist in handbook.current_checklists:
        # its questions are pieces of their own
        sections = [
            {k: v for k, v in section.items() if k != "items"} for section in checklist.head.data["sections"]
        ]
        head = {**checklist.head.data, "sections": sections}
        yield checklist.id, traverse.texts(head, language, languages), checklist.head.at
        for question in checklist.questions:
            texts = traverse.texts(question.data, language, languages)
            yield f"{checklist.id}#{question.id}", texts, question.at
    if handbook.overlay is None:
        return
    for one, told in handbook.overlay.hidden.items():
        yield f"hidden/{one}", traverse.texts(told, language, languages), handbook.overlay.hidden_at
    for added in handbook.overlay.additions:
        for section in added.sections:
            data = {key: value for key, value in section.data.items() if key != "items"}
            if texts := traverse.texts(data, language, languages):
                yield f"{added.checklist}#{section.id}", texts, added.at
