"""The class of a change of a checklist, by what differs between its two versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tebiki.history.change_rules import Reason
from tebiki.history.checklist_change import change_reasons
from tebiki.model.checklist import Checklist
from tebiki.reading.schema import read_schema
from vectors.make_page_data import example

HANDBOOK = example("research-data")
(CHECKLIST,) = HANDBOOK.current_checklists
SCHEMA = read_schema("checklist")
#: Keys whose entries are compared one by one, or that name the checklist.
NOT_COMPARED = {"comment", "kind", "id", "version", "sections", "items", "status"}


def reasons_for(changed: Checklist) -> list[Reason]:
    return list(change_reasons(HANDBOOK, CHECKLIST, HANDBOOK, changed))


def with_section(**data: Any) -> Checklist:
    section, *others = CHECKLIST.sections
    return replace(CHECKLIST, sections=(replace(section, data={**section.data, **data}), *others))


def with_question(question_id: str, **data: Any) -> Checklist:
    sections = tuple(
        replace(section, questions=tuple(
            replace(item, data={**item.data, **data}) if item.id == question_id else item
            for item in section.questions
        ))
        for section in CHECKLIST.sections
    )  # fmt: skip
    return replace(CHECKLIST, sections=sections)


def with_head(**data: Any) -> Checklist:
    return replace(CHECKLIST, head=replace(CHECKLIST.head, data={**CHECKLIST.head.data, **data}))


def answer_of(question_id: str) -> dict[str, Any]:
    question = next(item for item in CHECKLIST.questions if item.id == question_id)
    return dict(question.data["answer"])


def with_contacts(**changes: Any) -> Checklist:
    answer = answer_of("contacts")
    office, mail = answer["fields"]
    return with_question("contacts", answer={**answer, "fields": [{**office, **changes}, mail]})


@pytest.mark.parametrize(
    ("changed", "rule", "size"),
    [
        (with_head(paging="sections"), "paging", "patch"),
        (with_section(group={"en": "The plan"}), "optional", "minor"),
        (with_section(one_question=True), "counting", "minor"),
        (with_question("licence", replaces=["permission"]), "reference", "patch"),
        (with_contacts(title={"en": "The office"}), "wording", "patch"),
        (with_contacts(hint={"en": "Its name"}), "optional", "minor"),
        (with_contacts(required=False), "answer-set", "major"),
        (
            with_question("languages", answer={**answer_of("languages"), "maximum": 9}),
            "answer-set",
            "major",
        ),
        (with_question("address", answer={"type": "long-text"}), "answer-set", "major"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_class_of_a_change(changed: Checklist, rule: str, size: str) -> None:
    assert {(reason.rule, reason.size) for reason in reasons_for(changed)} == {(rule, size)}


@pytest.mark.parametrize(
    ("definition", "with_change"),
    [
        (SCHEMA, with_head),
        (SCHEMA["$defs"]["section"], with_section),
        (SCHEMA["$defs"]["item"], lambda **data: with_question("licence", **data)),
    ],
    ids=["checklist", "section", "question"],
)
def test_every_key_of_the_schema_has_a_rule(definition: dict[str, Any], with_change: Any) -> None:
    values = {
        "evidence": {"wanted": "required"},
        "na": {"allowed": False},
        "criteria": [{"en": "Written"}],
        "answer": {"type": "text"},
    }
    for key in definition["properties"].keys() - NOT_COMPARED:
        reasons = reasons_for(with_change(**{key: values.get(key, {"en": "Other"})}))
        assert "unknown" not in {reason.rule for reason in reasons}, key
        assert reasons, key
