"""Two results side by side: what improved, what fell, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.results.form import Form
from generator.results.record import Record

CHANGES = ("improved", "fell", "same", "other", "new", "gone")

_RANK = {"negative": 0, "partial": 1, "positive": 2}


@dataclass(frozen=True)
class Change:
    """One question in two results: the values before and after (empty: none), and what became of it.

    ``improved`` and ``fell`` compare the roles positive, partial and negative. ``other`` is any other
    change, such as to "not applicable" or "don't know"; ``new`` was not answered before, ``gone`` is
    not answered any more; ``same`` includes questions answered in neither.
    """

    item: str
    before: str
    after: str
    change: str


def compare(before: Record, after: Record, form: Form) -> tuple[Change, ...]:
    """Every question of ``form`` that is answered in one of the two, in the order of the checklist.

    Both have to be results of that version: migrate an older one first. An answer that a person has
    to confirm, since its question has changed, counts as none.
    """
    found = []
    for name, question in form.questions.items():
        values = []
        for record in (before, after):
            answer = record["answers"].get(name)
            stands = answer is not None and answer["rev"] == question.rev and not question.retired
            values.append(answer["value"] if stands else "")
        if any(values):
            found.append(Change(name, values[0], values[1], _change(values[0], values[1], form.roles)))
    return tuple(found)


def tally(changes: tuple[Change, ...]) -> dict[str, int]:
    """How many questions there are of each change."""
    counted = Counter(one.change for one in changes)
    return {change: counted[change] for change in CHANGES}


def _change(before: str, after: str, roles: Mapping[str, str]) -> str:
    if before == after:
        return "same"
    if not before or not after:
        return "gone" if before else "new"
    was, now = (_RANK.get(roles.get(value, "")) for value in (before, after))
    if was is None or now is None or was == now:
        return "other"
    return "improved" if now > was else "fell"
