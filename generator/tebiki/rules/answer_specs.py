from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.model.checklist import Question
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.message import Message
from tebiki.model.shared_constants import COMBINABLE_ROLES


@rule("answer-form")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The form of an answer does not work: it offers nothing to choose, or its parts do not fit.

    Several choices need an answer set with an answer of the role positive or partial. The fields of a
    row have different ids. Ready-made texts go into a field for text, and the answer that such a text
    chooses is offered by the field for the choice. Only a text has a ``format``. ``minimum`` is not above
    ``maximum``. Only a question
    with answers to choose from can allow "not applicable". No answer has the id ``answered`` or
    ``unanswered``, under which results count. Correct ``answer`` of the question, the answer set, or the
    text.
    """
    for answer_set in handbook.answer_sets:
        for reserved in ("answered", "unanswered"):
            if reserved in answer_set.roles:
                message = Message("rules.answer-form.reserved", id=reserved)
                yield Diagnostic(answer_set.at, "answer-form", message)
    roles = {answer_set.id: answer_set.roles for answer_set in handbook.answer_sets}
    ready_texts = [item for item in handbook.items if item.kind == "ready-text"]
    for checklist in handbook.checklists:
        for question in checklist.questions:
            answer = question.data.get("answer")
            if answer is not None:
                for message in _faults(question, answer, roles, ready_texts):
                    yield Diagnostic(question.at, "answer-form", message)


def _faults(
    question: Question,
    answer: Mapping[str, Any],
    roles: Mapping[str, Mapping[str, str]],
    ready_texts: list[Item],
) -> Iterator[Message]:
    kind, answer_set = answer["type"], answer.get("answer_set")
    offered = roles.get(answer_set, {}) if answer_set else {}
    if kind == "choices" and not answer_set:
        yield Message("rules.answer-form.choices")
    if kind == "choices" and offered and not set(offered.values()) & set(COMBINABLE_ROLES):
        yield Message("rules.answer-form.combinable", set=str(answer_set))
    if (
        question.na_allowed
        and kind != "choice"
        and answer_set in (None, *roles)
        and "excluded" not in offered.values()
    ):
        yield Message("rules.answer-form.not-applicable")
    for limits in (answer, *answer.get("fields", ())):
        if "format" in limits and limits["type"] != "text":
            yield Message("rules.answer-form.format", format=limits["format"])
        if limits.get("minimum", 0) > limits.get("maximum", float("inf")):
            yield Message("rules.answer-form.limits")
    fields: dict[str, Mapping[str, Any]] = {}
    for field in answer.get("fields", ()):
        if field["id"] in fields:
            yield Message("rules.answer-form.same-field", id=field["id"])
        fields[field["id"]] = field
    if "ready_texts" in answer:
        yield from _ready_text_faults(answer["ready_texts"], fields, roles, ready_texts)


def _ready_text_faults(
    source: Mapping[str, Any],
    fields: Mapping[str, Mapping[str, Any]],
    roles: Mapping[str, Mapping[str, str]],
    ready_texts: list[Item],
) -> Iterator[Message]:
    if fields.get(source["into"], {}).get("type") not in ("text", "long-text"):
        yield Message("rules.answer-form.text-field", field=source["into"])
    if "choice" not in source:
        return
    choice = fields.get(source["choice"], {})
    if choice.get("type") != "choice":
        yield Message("rules.answer-form.choice-field", field=source["choice"])
    elif choice["answer_set"] in roles:
        for ready_text in ready_texts:
            answer_id = ready_text.data.get("choice")
            ours = ready_text.data["library"] == source["library"]
            if ours and answer_id is not None and answer_id not in roles[choice["answer_set"]]:
                yield Message(
                    "rules.answer-form.ready-text",
                    id=ready_text.id,
                    answer=answer_id,
                    field=source["choice"],
                )
