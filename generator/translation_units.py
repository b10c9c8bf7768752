"""The pieces that are translated as one: an item, a page, a checklist, a question of a checklist."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import walk
from generator.diagnostics import Place
from generator.model import Handbook


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


def _units(handbook: Handbook) -> Iterator[Unit]:
    languages = handbook.languages
    base = languages[0]

    def unit(unit_id: str, texts: Iterable[tuple[str, str]], at: Place) -> Unit:
        raw = json.dumps(list(texts), ensure_ascii=False).encode()
        return Unit(unit_id, hashlib.sha256(raw).hexdigest()[:12], at)

    for log in handbook.change_logs:
        if words := list(walk.texts(log.data, base, languages)):
            yield unit(f"changes/{log.version}", words, log.at)
    for retired, told in handbook.retired.items():
        yield unit(f"retired/{retired}", walk.texts(told, base, languages), handbook.retired_at)
    yield unit("handbook", walk.texts(handbook.data, base, languages), handbook.at)
    for item in handbook.items:
        yield unit(item.id, walk.texts(item.data, base, languages), item.at)
    for answer_set in handbook.answer_sets:
        yield unit(answer_set.id, walk.texts(answer_set.data, base, languages), answer_set.at)
    for page in handbook.pages:
        pieces = (("title", page.title), ("description", page.description), ("body", page.body))
        yield unit(page.id, [(key, text[base]) for key, text in pieces], page.head.at)
    for checklist in handbook.current_checklists:
        # its questions are pieces of their own
        sections = [{k: v for k, v in section.items() if k != "items"} for section, _ in checklist.sections]
        head = {**checklist.head.data, "sections": sections}
        yield unit(checklist.id, walk.texts(head, base, languages), checklist.head.at)
        for question in checklist.items:
            texts = walk.texts(question.data, base, languages)
            yield unit(f"{checklist.id}#{question.id}", texts, question.at)
