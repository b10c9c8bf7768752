"""Levels, required answers, running results, formats of texts and identifiers: the vectors of both languages of code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tebiki.model.answer_spec import AnswerSpec
from tebiki.model.answer_status import answer_status
from tebiki.model.institution_id import is_institution_id
from tebiki.model.running_results import running_results
from tebiki.results.assessment_view import assessment_view
from tebiki.results.checklist_version import checklist_version, compute_figures
from tebiki.results.html_report import report_html
from tebiki.results.record import build_record
from tebiki.results.status_codes import StatusCodes
from vectors.make_page_data import VECTORS, example

HANDBOOK = example("research-data")
(VERSION,) = (checklist_version(HANDBOOK, checklist) for checklist in HANDBOOK.current_checklists)
BLANK = {"rev": 1, "value": "", "note": "", "evidence": "", "justification": ""}


def vectors(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", vectors("levels.json"), ids=lambda vector: vector["case"])
def test_levels_and_running_results(vector: dict[str, Any]) -> None:
    answers = {item: {**BLANK, **given} for item, given in vector["answers"].items()}
    figures = compute_figures(VERSION, answers)
    assert figures.statuses == vector["standings"]
    assert figures.levels == vector["levels"]
    assert figures.complete == vector["complete"]
    codes = StatusCodes(VERSION)
    assert codes.status(codes.encode(answers)) == ("complete" if vector["complete"] else "in-progress")
    applied = running_results(VERSION.checklist, VERSION.answer_specs, answers)
    assert {result.id: list(reasons) for result, reasons in applied} == vector["results"]


def test_report_names_the_level_of_each_question() -> None:
    draft = {
        "id": "00000000-0000-4000-8000-000000000000",
        "checklist": {"id": VERSION.checklist.id, "version": "1.0.0", "digest": VERSION.digest},
        "handbook": {"id": HANDBOOK.data["id"], "version": HANDBOOK.data["version"]},
        "subject": {"label": ""},
        "language": "en",
        "created": "2026-04-01T00:00:00.000Z",
        "updated": "2026-04-01T00:00:00.000Z",
        "answers": {"has-plan": {**BLANK, "value": "is-so"}},
        "orphans": {},
        "actions": [],
    }
    report = report_html(assessment_view(build_record(draft, VERSION), VERSION, HANDBOOK, "en")).decode()
    assert '<th scope="col">Question</th><th scope="col">Level</th><th scope="col">Answer</th>' in report
    assert "Is there a data management plan?</th><td>Must</td><td>Yes" in report


@pytest.mark.parametrize("vector", vectors("text-formats.json"), ids=lambda vector: vector["text"])
def test_formats_of_texts(vector: dict[str, Any]) -> None:
    spec = AnswerSpec("text", {}, {}, None, None, (), format=vector["format"])
    question = next(VERSION.checklist.questions)
    status = answer_status(question, spec, {**BLANK, "content": vector["text"]})
    assert status == ("answered" if vector["valid"] else "incomplete")


def test_a_long_text_is_judged_quickly() -> None:
    question = next(VERSION.checklist.questions)
    for text in ("https://" + "a." * 9_000 + "@", "a." * 9_999 + "@", "a@" + "b." * 9_999):
        for kind in ("url", "email"):
            spec = AnswerSpec("text", {}, {}, None, None, (), format=kind)
            assert answer_status(question, spec, {**BLANK, "content": text}) == "incomplete"


@pytest.mark.parametrize("vector", vectors("institution-ids.json"), ids=lambda vector: vector["value"])
def test_identifiers_of_institutions(vector: dict[str, Any]) -> None:
    assert is_institution_id(vector["scheme"], vector["value"]) == vector["valid"]
