"""Two results side by side: what improved, what fell, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.shared_constants import ANSWERED, CHANGES, COMPARED_STATUSES, ROLE_RANKS
from tebiki.results.checklist_version import ChecklistVersion, compute_figures
from tebiki.results.record import Record, comparable_answer

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One question in two results, and what became of it.

    ``before`` and ``after`` are ids of answers; ``answered`` stands for what was entered instead of one, and
    is empty where there is none. ``improved`` and ``fell`` compare the roles positive, partial and negative.
    ``other`` is any other change, such as to "not applicable" or of a text; ``new`` was not answered before,
    ``gone`` is not answered any more; ``same`` is answered in both alike.
    """

    item: str
    before: str
    after: str
    change: str


def compare(before: Record, after: Record, form: ChecklistVersion) -> tuple[Change, ...]:
    """Every question of ``form`` that is answered in one of the two, in the order of the checklist.

    Both have to be results of that version: migrate an older one first. What counts as no answer: one to a
    question that is not asked there, and one that a person has to confirm or to choose again.
    """
    asked = [compute_figures(form, record["answers"]).standings for record in (before, after)]
    found = []
    for name in form.questions:
        was, now = (
            record["answers"].get(name) if standings.get(name) in COMPARED_STATUSES else None
            for record, standings in zip((before, after), asked, strict=True)
        )
        if was or now:
            found.append(Change(name, _counted(was), _counted(now), _change(was, now, form.sets[name])))
    return tuple(found)


def tally(changes: tuple[Change, ...]) -> dict[str, int]:
    """How many questions there are of each change."""
    counted = Counter(one.change for one in changes)
    return {change: counted[change] for change in CHANGES}


def _counted(answer: Answer | None) -> str:
    return answer["value"] or ANSWERED if answer else ""


def _change(was: Answer | None, now: Answer | None, roles: Mapping[str, str]) -> str:
    if not was or not now:
        return "gone" if was else "new"
    if comparable_answer(was) == comparable_answer(now):
        return "same"
    before, after = (ROLE_RANKS.get(roles.get(one["value"], "")) for one in (was, now))
    if before is None or after is None or before == after:
        return "other"
    return "improved" if after > before else "fell"
