from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, rule
from generator.model import Checklist, Handbook


def condition_items(condition: Mapping[str, Any] | None) -> Iterator[str]:
    """The ids of the questions that a condition depends on."""
    if condition is None:
        return
    if "item" in condition:
        yield condition["item"]
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from condition_items(part)


@rule("condition-cycle")
def check_cycles(handbook: Handbook) -> Iterator[Diagnostic]:
    """Questions of a checklist wait for each other in a circle, so none of them is ever asked.

    Follow the ids in the message and remove one of the conditions (``when``).
    """
    for checklist in handbook.checklists:
        needs = {item.id: set(condition_items(item.when)) for item in checklist.items}
        for item in checklist.items:
            trail = _circle(item.id, needs)
            if trail:
                message = f"this question waits for itself: {' → '.join(trail)}"
                yield Diagnostic(item.at, "condition-cycle", message)


@rule("condition-dead-end")
def check_dead_ends(handbook: Handbook) -> Iterator[Diagnostic]:
    """A condition can never be met, so the question is never asked.

    It waits for a question that is retired, that itself is never asked, or for an answer that the
    question does not offer ("not applicable" where ``na`` does not allow it); or it wants two
    different answers to one question at once. Correct the condition (``when``).
    """
    roles = {answer_set.id: answer_set.roles for answer_set in handbook.answer_sets}
    for checklist in handbook.checklists:
        if checklist.answer_set not in roles:
            continue  # unknown-reference says so
        possible = _offered(checklist, roles[checklist.answer_set])
        asked: dict[str, bool] = {item.id: item.when is None for item in checklist.items}
        for _round in checklist.items:  # each round reaches questions one condition further away
            for item in checklist.items:
                if item.when is not None and not asked[item.id]:
                    open_answers = {i: answers for i, answers in possible.items() if asked[i]}
                    asked[item.id] = any(True for _ in _ways(item.when, open_answers))
        needs = {item.id: set(condition_items(item.when)) for item in checklist.items}
        for item in checklist.items:
            known = needs[item.id] <= set(asked)
            if not asked[item.id] and known and not _circle(item.id, needs):
                message = f"the condition of {item.id} can never be met"
                yield Diagnostic(item.at, "condition-dead-end", message)


def _circle(start: str, needs: Mapping[str, set[str]]) -> list[str] | None:
    trails = [[start]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop()
        for needed in sorted(needs.get(trail[-1], ())):
            if needed == start:
                return [*trail, start]
            if needed not in seen:
                seen.add(needed)
                trails.append([*trail, needed])
    return None


def _offered(checklist: Checklist, roles: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {
        item.id: frozenset(
            answer
            for answer, role in roles.items()
            if not item.retired and (role != "excluded" or item.na_allowed)
        )
        for item in checklist.items
    }


Answers = dict[str, frozenset[str]]


def _ways(condition: Mapping[str, Any], possible: Answers) -> Iterator[Answers]:
    """The narrowed answers under which the condition holds; nothing when it cannot."""
    if "item" in condition:
        left = possible.get(condition["item"], frozenset()) & frozenset(condition["is"])
        if left:
            yield {**possible, condition["item"]: left}
    elif "any" in condition:
        for part in condition["any"]:
            yield from _ways(part, possible)
    else:
        first, *rest = condition["all"]
        for narrowed in _ways(first, possible):
            yield from _ways({"all": rest}, narrowed) if rest else iter((narrowed,))
