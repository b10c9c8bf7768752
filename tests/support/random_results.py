"""Random results of a checklist for tests and benchmarks, reproducible by seed."""

from __future__ import annotations

import random
import uuid
from typing import Any

from tebiki.model.answer_spec import AnswerField, AnswerSpec
from tebiki.model.handbook import Handbook
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion, compute_figures
from tebiki.results.record import build_record

TEXTS = (
    "",
    "",
    "規程を改正中です。",
    "=1+1",
    "<script>alert(1)</script>",
    "😀 شكرا \u202eאב",
    "a\x00\x07\n\u2028b",
    "__proto__",
)


def answer(value: str, rev: int = 1, **texts: Any) -> dict[str, Any]:
    """Build an answer; texts are empty unless given."""
    return {"rev": rev, "value": value, "note": "", "evidence": "", "justification": "", **texts}


def random_draft(version: ChecklistVersion, handbook: Handbook, chance: random.Random) -> dict[str, Any]:
    """Build a random assessment, from no answer at all to every question answered, with orphans and actions."""
    share = chance.choice((0.0, 0.5, 0.9, 1.0, 1.0))
    answers = {}
    for name, question in version.questions.items():
        offered = list(version.answer_specs[name].exclusive)
        content = random_content(version.answer_specs[name], chance)
        if content is not None and chance.random() < share:
            answers[name] = answer("", question.rev, content=content, respondent="担当課")
        elif offered and chance.random() < share:
            answers[name] = answer(
                chance.choice([*offered, ""]) if chance.random() < 0.2 else chance.choice(offered),
                chance.choice(
                    (question.rev, question.rev, question.rev, question.rev + 1, max(1, question.rev - 1))
                ),
                note=chance.choice(TEXTS),
                evidence=chance.choice(TEXTS),
                justification=chance.choice(TEXTS),
            )
    orphans = {f"gone-{number}": answer(chance.choice(list(version.roles)), note=chance.choice(TEXTS)) for number in range(chance.choice((0, 0, 0, 2)))}  # fmt: skip
    subject: dict[str, str] = {"label": chance.choice(TEXTS)}
    if chance.random() < 0.7:
        subject["kind"] = chance.choice(("one", "another"))
    if chance.random() < 0.7:
        subject["round"] = chance.choice(("2024", "2025", "2026-04"))
    actions = [
        {"item": chance.choice((*version.questions, "")), "text": chance.choice(TEXTS), "owner": "担当課", "due": "2027-03-31", "state": "planned"}
        for _number in range(chance.choice((0, 0, 0, 3)))
    ]  # fmt: skip
    return draft(
        version, handbook, chance, answers=answers, orphans=orphans, subject=subject, actions=actions
    )


def random_content(spec: AnswerSpec, chance: random.Random) -> Any:
    """Build random content of a question with content; None for a question with a single choice."""
    if spec.type == "choices" and spec.combinable:
        return chance.sample(list(spec.combinable), chance.randint(1, len(spec.combinable)))
    if spec.type == "rows":
        rows = range(chance.randint(1, 3))
        return [
            {
                "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                "fields": {field.id: random_field(field, chance) for field in spec.fields},
            }
            for _row in rows
        ]
    return random_field(spec, chance) if spec.type in ("text", "long-text", "date", "number") else None


def random_field(field: AnswerField | AnswerSpec, chance: random.Random) -> str:
    """Build the value of a field: a text, a date, a number or a choice."""
    if field.type == "date":
        return "2026-04-01"
    if field.type == "number":
        return str(chance.randrange(10))
    if isinstance(field, AnswerField) and field.choices:
        return chance.choice(list(field.choices))
    return chance.choice([text for text in TEXTS if text])


def draft(
    version: ChecklistVersion, handbook: Handbook, chance: random.Random, **members: Any
) -> dict[str, Any]:
    """Build an assessment of ``version`` with the given members."""
    reference = {"id": version.checklist.id, "version": version.checklist.version, "digest": version.digest}
    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "checklist": reference,
        "handbook": {"id": handbook.data["id"], "version": handbook.data["version"]},
        "subject": {"label": ""},
        "language": "ja",
        "created": "2026-04-02T01:00:00.000Z",
        "updated": f"2026-04-02T01:{chance.randrange(60):02}:30.250Z",
        "answers": {},
        "orphans": {},
        "actions": [],
        **members,
    }


def random_record(version: ChecklistVersion, handbook: Handbook, chance: random.Random) -> AssessmentRecord:
    """Build a random result of ``version`` with its digest."""
    return build_record(random_draft(version, handbook, chance), version)


def survey_answers(version: ChecklistVersion, wanted: dict[str, str]) -> dict[str, Any]:
    """Build answers to the follow-up survey.

    Args:
        version: The version of the survey.
        wanted: For each of Q1 to Q6 "implementing", "considering" or "not-considering".
    """
    answers = {}
    for question, value in wanted.items():
        if value == "implementing":
            answers[f"{question}-1"] = answer("implementing")
        else:
            answers[f"{question}-1"] = answer("not-yet")
            answers[f"{question}-2"] = answer(value)
    assert "unanswered" not in compute_figures(version, answers).total or len(wanted) < 6
    return answers
