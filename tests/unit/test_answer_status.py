"""Which questions are asked and where they stand: the vectors that the browser's code is tested with as well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tebiki.model.answer_spec import answer_specs
from tebiki.model.answer_status import answer_statuses
from vectors.make_page_data import VECTORS, example

HANDBOOK = example()
CHECKLIST = next(one for one in HANDBOOK.current_checklists if one.id == "workshop-plan")
FORMS = answer_specs(CHECKLIST, HANDBOOK.answer_sets)
CASES = json.loads((VECTORS / "assessment.json").read_text(encoding="utf-8"))
BLANK = {"rev": 1, "value": "", "note": "", "evidence": "", "justification": ""}


@pytest.mark.parametrize("told", CASES, ids=lambda told: told["case"])
def test_vector(told: dict[str, Any]) -> None:
    answers = {item: {**BLANK, **given} for item, given in told["answers"].items()}
    assert answer_statuses(CHECKLIST, FORMS, answers) == told["standings"]
