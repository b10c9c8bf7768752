"""Every branch of every condition of every checklist can be reached: asked, and not asked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from example_handbook import MINIMAL, PROJECT

from generator.answer_form import AnswerForm, answer_forms
from generator.assessment import asked_items
from generator.load import load
from generator.model import Checklist
from generator.rules.conditions import condition_items

BLANK = {"rev": 1, "value": "", "note": "", "evidence": "", "justification": ""}
CASES = [
    pytest.param(
        checklist, answer_forms(checklist, handbook.answer_sets), id=f"{checklist.id} {checklist.version}"
    )
    for handbook in (load(MINIMAL)[0], load(PROJECT)[0])
    for checklist in handbook.checklists
]


def possible_answers(form: AnswerForm) -> Iterator[Any]:
    """Some of each kind: none, each that can be given alone, each choice, and content of some sizes."""
    yield None
    for value in form.alone:
        yield {**BLANK, "value": value}
    contents: list[Any] = []
    if form.type == "choices":
        contents = [[one] for one in form.together] + [list(form.together)]
    elif form.type == "rows":
        contents = [[{"id": str(number), "fields": {}} for number in range(count)] for count in (1, 2)]
    elif form.type == "number":
        contents = [str(number) for number in (form.minimum or 0, 30, form.maximum or 10**6)]
    elif form.type != "choice":
        contents = ["2026-04-01"]
    for content in contents:
        yield {**BLANK, "content": content}


def needed(checklist: Checklist, item_id: str) -> list[str]:
    """The questions that decide, directly or further back, whether one is asked."""
    when = {item.id: item.when for item in checklist.items}
    found: list[str] = []
    waiting = [item_id]
    while waiting:
        new = [one for one in condition_items(when[waiting.pop()]) if one not in found]
        found += new
        waiting += new
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("checklist", "forms"), CASES)
def test_each_question_with_a_condition_is_asked_and_is_not_asked(
    checklist: Checklist, forms: dict[str, AnswerForm]
) -> None:
    for item in checklist.items:
        if item.when is None or item.retired:
            continue
        deciding = needed(checklist, item.id)
        seen = set()
        for chosen in itertools.product(*(possible_answers(forms[one]) for one in deciding)):
            answers = {one: answer for one, answer in zip(deciding, chosen, strict=True) if answer}
            seen.add(item.id in asked_items(checklist, forms, answers))
            if len(seen) == 2:
                break
        assert seen == {True, False}, item.id
