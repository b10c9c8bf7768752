"""The pieces that are translated as one: an item, a page, a checklist, a question of a checklist."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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


def translation_units(handbook: Handbook) -> Iterator[Unit]:
    """Every piece of the handbook that has an original, in the order of the files.

    Of a checklist only the current version counts: a released one is never edited.
    """
    if not handbook.languages:
        return
    base = handbook.languages[0]

    def unit(unit_id: str, data: Any, at: Place, more: list[tuple[str, str]] | None = None) -> Unit:
        found = walk.localized(at.file, data, handbook.languages)
        texts = [(path, text[base]) for _place, path, text in found if base in text] + (more or [])
        raw = json.dumps(texts, ensure_ascii=False).encode()
        return Unit(unit_id, hashlib.sha256(raw).hexdigest()[:12], at)

    yield unit("handbook", handbook.data, handbook.at)
    for item in handbook.items:
        yield unit(item.id, item.data, item.at)
    for answer_set in handbook.answer_sets:
        yield unit(answer_set.id, answer_set.data, answer_set.at)
    for page in handbook.pages:
        texts = (("title", page.title), ("description", page.description), ("body", page.body))
        yield unit(page.id, {}, page.head.at, [(key, text[base]) for key, text in texts])
    for checklist in handbook.current_checklists:
        head = {k: v for k, v in checklist.head.data.items() if k != "sections"}
        names = [
            (f"sections.{index}.{key}", section[key][base])
            for index, (section, _items) in enumerate(checklist.sections)
            for key in ("title", "text")
            if base in section.get(key, {})
        ]
        names += [
            (k, v[base]) for k, v in head.items() if walk.is_localized(v, handbook.languages) and base in v
        ]
        yield unit(checklist.id, {}, checklist.head.at, names)
        for question in checklist.items:
            yield unit(f"{checklist.id}#{question.id}", question.data, question.at)


def translation_state(handbook: Handbook, unit: Unit, language: str) -> str:
    """``current`` or ``stale``: whether ``language`` was made from the text that stands there now."""
    recorded: Mapping[str, str] = handbook.translations.get(unit.id, {})
    return "current" if recorded.get(language) == unit.fingerprint else "stale"
