from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.model.checklist import Question
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
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
                message = f"results count under {reserved}: give the answer another id"
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
) -> Iterator[str]:
    kind, answer_set = answer["type"], answer.get("answer_set")
    offered = roles.get(answer_set, {}) if answer_set else {}
    if kind == "choices" and not answer_set:
        yield "several choices need an answer set: add answer_set"
    if kind == "choices" and offered and not set(offered.values()) & set(COMBINABLE_ROLES):
        yield f"{answer_set} has no answer that several can be chosen of"
    if (
        question.na_allowed
        and kind != "choice"
        and answer_set in (None, *roles)
        and "excluded" not in offered.values()
    ):
        yield "not applicable is allowed, but there is no such answer: add answer_set, or take na back"
    for limits in (answer, *answer.get("fields", ())):
        if "format" in limits and limits["type"] != "text":
            yield f"only a text can have the format {limits['format']}: use type: text, or remove format"
        if limits.get("minimum", 0) > limits.get("maximum", float("inf")):
            yield "minimum is above maximum"
    fields: dict[str, Mapping[str, Any]] = {}
    for field in answer.get("fields", ()):
        if field["id"] in fields:
            yield f"two fields have the id {field['id']}"
        fields[field["id"]] = field
    if "ready_texts" in answer:
        yield from _ready_text_faults(answer["ready_texts"], fields, roles, ready_texts)


def _ready_text_faults(
    source: Mapping[str, Any],
    fields: Mapping[str, Mapping[str, Any]],
    roles: Mapping[str, Mapping[str, str]],
    ready_texts: list[Item],
) -> Iterator[str]:
    if fields.get(source["into"], {}).get("type") not in ("text", "long-text"):
        yield f"ready-made texts go into {source['into']}, which is no field for text"
    if "choice" not in source:
        return
    choice = fields.get(source["choice"], {})
    if choice.get("type") != "choice":
        yield f"ready-made texts choose in {source['choice']}, which is no field for a choice"
    elif choice["answer_set"] in roles:
        for ready_text in ready_texts:
            answer_id = ready_text.data.get("choice")
            ours = ready_text.data["library"] == source["library"]
            if ours and answer_id is not None and answer_id not in roles[choice["answer_set"]]:
                yield f"the ready-made text {ready_text.id} chooses {answer_id}, which {source['choice']} does not offer"
