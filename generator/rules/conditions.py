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
                    asked[item.id] = _can_hold(item.when, open_answers)
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


def _can_hold(condition: Mapping[str, Any], offered: Mapping[str, frozenset[str]]) -> bool:
    """Whether there are answers, among those ``offered``, under which the condition holds."""
    branches: list[tuple[list[Any], dict[str, frozenset[str]]]] = [([condition], {})]
    while branches:
        waiting, left = branches.pop()
        alternatives: list[list[Any]] = []
        while waiting:  # first what has to hold in any case: most contradictions show there
            one = waiting.pop()
            if "all" in one:
                waiting += one["all"]
            elif "any" in one:
                alternatives.append(one["any"])
            else:
                item = one["item"]
                left[item] = left.get(item, offered.get(item, frozenset())) & frozenset(one["is"])
                if not left[item]:
                    break
        else:
            if not alternatives:
                return True
            *rest, parts = alternatives
            branches += [([part, *({"any": others} for others in rest)], dict(left)) for part in parts]
    return False
