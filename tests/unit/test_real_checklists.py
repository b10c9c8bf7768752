"""What holds for every checklist of this handbook: guidance with each question, and what is never asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from example_handbook import PROJECT, loaded
from tebiki.model.checklist import Checklist, Question

HANDBOOK = loaded(PROJECT)
CHECKLISTS = {checklist.id: checklist for checklist in HANDBOOK.current_checklists}
ITEMS = [
    pytest.param(item, id=f"{checklist.id} {item.id}")
    for checklist in CHECKLISTS.values()
    for item in checklist.questions
    if not item.retired
]


def asked(checklist: Checklist) -> Iterator[Any]:
    """Every text of a checklist that asks for something: questions, fields, answers to choose from."""
    sets = {answer_set.id: answer_set.data["answers"] for answer_set in HANDBOOK.answer_sets}
    yield from (answer["title"] for answer in sets[checklist.answer_set])
    for item in checklist.questions:
        spec = item.data.get("answer", {})
        yield item.data["question"]
        for part in (spec, *spec.get("fields", ())):
            yield from (answer["title"] for answer in sets.get(part.get("answer_set", ""), ()))
        yield from (field["title"] for field in spec.get("fields", ()))


def test_the_checklists_are_there() -> None:
    assert {
        "researcher-self-check",
        "institution-self-check",
        "strengthening-measures",
        "disclosure-worksheet",
        "project-risk",
    } <= set(CHECKLISTS)


@pytest.mark.parametrize("item", ITEMS)
def test_each_question_says_what_an_answer_means_what_can_be_shown_and_whom_to_ask(
    item: Question,
) -> None:
    assert item.data["basis"] in ("quoted", "reworded", "added")
    assert item.sources or item.data["basis"] == "added"
    assert item.data["help"]
    assert item.data["evidence"].get("examples")
    assert item.data.get("office")


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=CHECKLISTS)
def test_nobody_is_asked_for_a_nationality_and_nothing_is_scored(checklist: Checklist) -> None:
    for text in asked(checklist):
        assert not any(word in text["ja"] for word in ("国籍", "点数", "評点", "合格", "問題なし"))
        assert not any(
            word in text["en"].lower() for word in ("nationalit", "score", "points", "pass", "clearance")
        )


def test_of_confidential_projects_only_what_is_permitted_is_asked() -> None:
    """The name of the partner, the amount received and the effort; no notes, no evidence."""
    worksheet = CHECKLISTS["disclosure-worksheet"]
    item = next(question for question in worksheet.questions if question.id == "confidential-projects")
    assert [field["id"] for field in item.data["answer"]["fields"]] == ["partner", "amount", "effort"]
    assert item.data["notes"] == {"allowed": False}
    assert item.data["evidence"]["wanted"] == "none"


def test_not_known_is_an_answer_wherever_something_is_looked_up() -> None:
    roles = {answer_set.id: set(answer_set.roles.values()) for answer_set in HANDBOOK.answer_sets}
    for name in ("looked-results", "due-diligence-by", "confirmation", "yes-no", "programme-covered"):
        assert "open" in roles[name], name


def test_there_is_a_ready_made_text_for_each_of_the_eight_kinds() -> None:
    kinds = next(
        answer_set for answer_set in HANDBOOK.answer_sets if answer_set.id == "mitigation-kinds"
    ).roles
    texts = [item for item in HANDBOOK.items if item.kind == "ready-text"]
    assert len(kinds) == 8
    assert {item.data["choice"] for item in texts} == set(kinds)
