from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tebiki.model.answer_spec import AnswerForm, answer_forms
from tebiki.model.answer_status import condition_items, met
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook

_MOST_ROWS = 500  # as the format of results has it


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
    question does not offer ("not applicable" where ``na`` does not allow it); it counts what is
    neither a number nor rows; or it wants two different answers to one question at once. Correct
    the condition (``when``).
    """
    known_sets = {answer_set.id for answer_set in handbook.answer_sets}
    for checklist in handbook.checklists:
        if checklist.answer_set not in known_sets:
            continue  # unknown-reference says so
        forms = answer_forms(checklist, handbook.answer_sets)
        possible = {item.id: forms[item.id] for item in checklist.items if not item.retired}
        asked: dict[str, bool] = {item.id: item.when is None for item in checklist.items}
        for _round in checklist.items:  # each round reaches questions one condition further away
            for item in checklist.items:
                if item.when is not None and not asked[item.id]:
                    open_forms = {i: form for i, form in possible.items() if asked[i]}
                    asked[item.id] = _can_hold(item.when, open_forms)
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


def _can_hold(condition: Mapping[str, Any], forms: Mapping[str, AnswerForm]) -> bool:
    """Whether there are answers to the questions in ``forms`` under which the condition holds."""
    branches: list[tuple[list[Any], dict[str, list[Any]]]] = [([condition], {})]
    while branches:
        waiting, wanted = branches.pop()
        alternatives: list[list[Any]] = []
        while waiting:  # first what has to hold in any case: most contradictions show there
            one = waiting.pop()
            if "all" in one:
                waiting += one["all"]
            elif "any" in one:
                alternatives.append(one["any"])
            else:
                item = one["item"]
                wanted[item] = [*wanted.get(item, ()), one]
                if item not in forms or not _answer_exists(forms[item], wanted[item]):
                    break
        else:
            if not alternatives:
                return True
            *rest, parts = alternatives
            branches += [([part, *({"any": others} for others in rest)], dict(wanted)) for part in parts]
    return False


def _answer_exists(form: AnswerForm, wanted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one answer meets all of ``wanted``, the conditions on one question."""
    if any(all(met(one, form, {"value": answer}) for one in wanted) for answer in form.alone):
        return True
    if form.type == "choice":
        return False
    if form.type == "choices":
        counted = any("at_least" in one or "at_most" in one for one in wanted)
        allowed = set(form.together).difference(*(one.get("is_not", ()) for one in wanted))
        return bool(allowed) and not counted and all(allowed & set(one.get("is", allowed)) for one in wanted)
    if any("is" in one for one in wanted):
        return False
    low = max([one["at_least"] for one in wanted if "at_least" in one], default=float("-inf"))
    high = min([one["at_most"] for one in wanted if "at_most" in one], default=float("inf"))
    if form.type == "rows":
        low, high = max(low, 1), math.floor(min(high, form.maximum or high, _MOST_ROWS))
        return math.ceil(low) <= high
    if form.type == "number":
        low = low if form.minimum is None else max(low, form.minimum)
        high = high if form.maximum is None else min(high, form.maximum)
        return low <= high
    return math.isinf(low) and math.isinf(high)
