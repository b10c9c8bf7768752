"""Which questions are asked and where they stand: the vectors that the browser's code is tested with as well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tebiki.model.answer_spec import answer_specs
from tebiki.model.answer_status import answer_statuses
from tebiki.model.checklist import AnswerSet, Checklist, Question, Section
from tebiki.model.condition import Comparison
from tebiki.model.diagnostics import Place
from vectors.make_page_data import VECTORS, example

HANDBOOK = example()
CHECKLIST = next(checklist for checklist in HANDBOOK.current_checklists if checklist.id == "workshop-plan")
SPECS = answer_specs(CHECKLIST, HANDBOOK.answer_sets)
CASES = json.loads((VECTORS / "assessment.json").read_text(encoding="utf-8"))
BLANK = {"rev": 1, "value": "", "note": "", "evidence": "", "justification": ""}


@pytest.mark.parametrize("vector", CASES, ids=lambda vector: vector["case"])
def test_vector(vector: dict[str, Any]) -> None:
    answers = {item: {**BLANK, **given} for item, given in vector["answers"].items()}
    assert answer_statuses(CHECKLIST, SPECS, answers) == vector["standings"]


def test_a_long_chain_of_conditions_in_reverse_order_is_followed() -> None:
    """Each question waits for the next: more of them than functions can call each other."""
    place = Place("a.yml")
    last = 3000
    questions = tuple(
        Question(
            id=str(number),
            rev=1,
            retired=False,
            na_allowed=True,
            when=Comparison(str(number + 1), "is", answers=("yes",)) if number < last else None,
            sources=(),
            data={},
            at=place,
        )
        for number in range(last + 1)
    )
    checklist = Checklist("chain", "1.0.0", CHECKLIST.head, "set", (Section("all", questions, {}, place),))
    specs = answer_specs(checklist, [AnswerSet("set", {"yes": "positive"}, {}, place)])
    answers = {question.id: {"rev": 1, "value": "yes"} for question in questions if question.id != "7"}
    statuses = answer_statuses(checklist, specs, answers)
    assert list(statuses) == [str(number) for number in range(7, last + 1)]
    assert {id_ for id_, status in statuses.items() if status != "answered"} == {"7"}
