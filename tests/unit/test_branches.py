"""Every branch of every condition of every checklist can be reached: asked, not asked, and each part decides once."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from example_handbook import MINIMAL, PROJECT, loaded
from tebiki.model.answer_spec import AnswerSpec, answer_specs
from tebiki.model.answer_status import asked_questions
from tebiki.model.checklist import Checklist
from tebiki.model.condition import Combination, Comparison, Condition, parse_condition

BLANK = {"rev": 1, "value": "", "note": "", "evidence": "", "justification": ""}
CASES = [
    pytest.param(
        checklist, answer_specs(checklist, handbook.answer_sets), id=f"{checklist.id} {checklist.version}"
    )
    for handbook in (loaded(MINIMAL), loaded(PROJECT))
    for checklist in handbook.checklists
]


def possible_answers(spec: AnswerSpec) -> Iterator[Any]:
    """Some of each kind: none, each that can be given alone, each choice, and content of some sizes."""
    yield None
    for value in spec.exclusive:
        yield {**BLANK, "value": value}
    contents: list[Any] = []
    if spec.type == "choices":
        contents = [[answer_id] for answer_id in spec.combinable] + [list(spec.combinable)]
    elif spec.type == "rows":
        contents = [[{"id": str(number), "fields": {}} for number in range(count)] for count in (1, 2)]
    elif spec.type == "number":
        contents = [str(number) for number in (spec.minimum or 0, 30, spec.maximum or 10**6)]
    elif spec.type != "choice":
        contents = ["2026-04-01"]
    for content in contents:
        yield {**BLANK, "content": content}


def needed(checklist: Checklist, item_id: str) -> list[str]:
    """The questions that decide, directly or further back, whether one is asked."""
    questions = {question.id: question for question in checklist.questions}
    needed_ids: list[str] = []
    waiting = [item_id]
    while waiting:
        new = [id_ for id_ in questions[waiting.pop()].depends_on if id_ not in needed_ids]
        needed_ids += new
        waiting += new
    return list(dict.fromkeys(needed_ids))


def ways_to_answer(deciding: list[str], specs: dict[str, AnswerSpec]) -> Iterator[dict[str, Any]]:
    """Some answers of each kind to these questions, in every combination; a question left out has none."""
    for chosen in itertools.product(*(possible_answers(specs[id_]) for id_ in deciding)):
        yield {id_: answer for id_, answer in zip(deciding, chosen, strict=True) if answer}


@pytest.mark.parametrize(("checklist", "specs"), CASES)
def test_each_question_with_a_condition_is_asked_and_is_not_asked(
    checklist: Checklist, specs: dict[str, AnswerSpec]
) -> None:
    for question in checklist.questions:
        if question.when is None or question.retired:
            continue
        seen = set()
        for answers in ways_to_answer(needed(checklist, question.id), specs):
            seen.add(question.id in asked_questions(checklist, specs, answers))
            if len(seen) == 2:
                break
        assert seen == {True, False}, question.id


def decisive_parts(condition: Condition) -> Iterator[tuple[Condition, list[Condition], bool]]:
    """Each part of a condition on which it can hang, those that must not decide then, and what the part has to be.

    In ``any``, one part is met and the others are not; in ``all``, one is not met and the others are;
    each of the answers after ``is`` is a part of its own.
    """
    if isinstance(condition, Comparison):
        if condition.operator != "is" or len(condition.answers) < 2:
            return
        parts: tuple[Condition, ...] = tuple(
            dataclasses.replace(condition, answers=(answer,)) for answer in condition.answers
        )
    else:
        parts = condition.conditions
    met = not (isinstance(condition, Combination) and condition.operator == "all")
    for part in parts:
        yield part, [other for other in parts if other is not part], met
    for part in parts:
        yield from decisive_parts(part)


def with_condition(checklist: Checklist, item_id: str, when: Condition) -> Checklist:
    """The checklist, one question of it asked on another condition."""
    sections = tuple(
        dataclasses.replace(
            section,
            questions=tuple(
                dataclasses.replace(question, when=when) if question.id == item_id else question
                for question in section.questions
            ),
        )
        for section in checklist.sections
    )
    return dataclasses.replace(checklist, sections=sections)


@pytest.mark.parametrize(("checklist", "specs"), CASES)
def test_each_part_of_a_condition_decides_for_some_answers(
    checklist: Checklist, specs: dict[str, AnswerSpec]
) -> None:
    for question in checklist.questions:
        if question.when is None or question.retired:
            continue
        deciding = needed(checklist, question.id)
        for part, others, met in decisive_parts(question.when):
            versions = [with_condition(checklist, question.id, version) for version in (part, *others)]
            for answers in ways_to_answer(deciding, specs):
                asked = [question.id in asked_questions(version, specs, answers) for version in versions]
                if asked == [met, *(not met for _other in others)]:
                    break
            else:
                raise AssertionError((question.id, part))


def test_parts_are_found_at_every_depth() -> None:
    first, second, third = (parse_condition({"item": name, "answered": True}) for name in ("a", "b", "c"))
    inner = Combination("all", (second, third))
    parts = list(decisive_parts(Combination("any", (first, inner))))
    assert parts == [
        (first, [inner], True),
        (inner, [first], True),
        (second, [third], False),
        (third, [second], False),
    ]
