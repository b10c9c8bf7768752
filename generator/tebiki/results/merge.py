"""Merging the results of several respondents, question by question, without deciding for them.

It does the same as ``browser/assessment/merge.ts``; ``tests/vectors/joined.json`` tests both.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from tebiki.model.shared_constants import (
    ACTION_STATES,
    ANSWERED,
    MAX_TEXT_LENGTH,
    MERGE_NAMESPACE,
    TEXT_FIELDS,
)
from tebiki.results.assessment_record import Action, Answer, AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.record import build_record, comparable_answer

_RESPONDENT = re.compile("#([1-9][0-9]{0,8})")

GivenAnswers = Sequence[Answer | None]


@dataclass(frozen=True)
class Decision:
    """The answer that the respondents agreed on.

    Attributes:
        value: The id of an answer, or ``#2`` for what the second respondent entered instead of a choice.
        reason: Why they chose it.
    """

    value: str
    reason: str


@dataclass(frozen=True)
class MergedItem:
    """The answers of all respondents to one question.

    Attributes:
        item: The id of the question.
        values: The id of each respondent's answer; ``answered`` if it is not a choice, empty without an answer.
        state: ``agreed`` (all who answered gave the same answer), ``disagreed``, ``gap`` (nobody answered) or
            ``decided``.
        partial: Whether some respondents did not answer.
    """

    item: str
    values: tuple[str, ...]
    state: str
    partial: bool


class MergedTextTooLong(ValueError):
    """The merged texts exceed the limit of the format; the message is the id of the question."""


def merge(
    records: Sequence[AssessmentRecord],
    version: ChecklistVersion,
    decisions: Mapping[str, Decision],
    label: str,
    reason_prefix: str,
    now: str,
) -> tuple[AssessmentRecord, tuple[MergedItem, ...]]:
    """Merge several records into one.

    The merged record has an answer where the respondents agree or have decided; elsewhere a person has to decide.
    All texts are kept, each after the label of its record, and the reason of a decision comes first.

    Args:
        records: Records of ``version``.
        version: The checklist version of all records.
        decisions: The decisions by question id.
        label: The label of the merged record.
        reason_prefix: The words before the reason of a decision.
        now: The present time as the format writes it. Kind and round are those of the last change before it.

    Returns:
        The merged record, whose id follows from the ids of ``records``, and the state of every question asked.

    Raises:
        MergedTextTooLong: The texts of an answer are longer together than the format allows.
    """
    labels = [record["subject"]["label"] or str(number) for number, record in enumerate(records, 1)]
    questions = dict.fromkeys(
        [*version.questions, *(question for record in records for question in record["answers"])]
    )
    merged_items: list[MergedItem] = []
    answers: dict[str, Answer] = {}
    orphans: dict[str, Answer] = {}
    for question in questions:
        given = [record["answers"].get(question) for record in records]
        decision = decisions.get(question)
        item = _compare_answers(question, given, decision)
        if any(given) or decision:
            answers[question] = _merge_answers(item, given, labels, version, decision, reason_prefix)
            _keep_contents(question, given, answers[question], orphans)
        if version.is_asked(question):
            merged_items.append(item)
    for record in records:
        for question, answer in record["orphans"].items():
            orphans.setdefault(_free_key(question, answer, orphans), answer)
    past = [record for record in records if record["updated"] <= now]
    newest = max(past or records, key=lambda record: record["updated"])
    draft: AssessmentRecord = {
        **newest,
        "id": str(
            uuid.uuid5(uuid.UUID(MERGE_NAMESPACE), " ".join(sorted(record["id"] for record in records)))
        ),
        "subject": {**newest["subject"], "label": label},
        "created": min(record["created"] for record in records),
        "answers": answers,
        "orphans": orphans,
        "actions": merge_actions(action for record in records for action in record["actions"]),
    }
    return build_record(draft, version), tuple(merged_items)


def merge_actions(actions: Iterable[Action]) -> list[Action]:
    """Merge action plans line by line.

    Lines are the same when they say the same about the same question, and no two of them name different owners or due
    dates. One line remains of them, with the owner, the due date and the furthest state that any of them has.

    Args:
        actions: The lines of all plans.

    Returns:
        The lines, each where the first of its kind was.
    """
    merged: list[Action] = []
    for action in actions:
        index = next((at for at, other in enumerate(merged) if _is_same_line(other, action)), None)
        if index is None:
            merged.append(action)
            continue
        other = merged[index]
        merged[index] = {
            **other,
            "owner": other["owner"] or action["owner"],
            "due": other["due"] or action["due"],
            "state": max(other["state"], action["state"], key=ACTION_STATES.index),
        }
    return merged


def _is_same_line(other: Action, action: Action) -> bool:
    if (other["item"], other["text"]) != (action["item"], action["text"]):
        return False
    pairs = (other["owner"], action["owner"]), (other["due"], action["due"])
    return all(left == right or not (left and right) for left, right in pairs)


def decided_content(decision: Decision | None, given: GivenAnswers) -> Any:
    """Return the content that a decision takes from one of the answers.

    Args:
        decision: The decision, if there is one.
        given: The answers of the respondents to the question.

    Returns:
        The content, or None if the decision names no answer that was entered instead of a choice.
    """
    match = _RESPONDENT.fullmatch(decision.value) if decision else None
    answer = given[int(match[1]) - 1] if match and int(match[1]) <= len(given) else None
    return answer.get("content") if answer and not answer["value"] else None


def _keep_contents(question: str, given: GivenAnswers, merged: Answer, orphans: dict[str, Answer]) -> None:
    """Keep answers as orphans whose content, such as rows, is not in the merged answer."""
    for answer in given:
        if answer and "content" in answer and _comparable_content(answer) != _comparable_content(merged):
            orphans.setdefault(_free_key(question, answer, orphans), answer)


def _comparable_content(answer: Answer) -> Any:
    return comparable_answer({**answer, "value": ""}) if "content" in answer else None


def _compare_answers(question: str, given: GivenAnswers, decision: Decision | None) -> MergedItem:
    answered = [comparable_answer(answer) for answer in given if answer and comparable_answer(answer)]
    if decision:
        state = "decided"
    elif not answered:
        state = "gap"
    else:
        state = "agreed" if all(answer == answered[0] for answer in answered) else "disagreed"
    values = tuple(
        answer["value"] or (ANSWERED if comparable_answer(answer) else "") if answer else ""
        for answer in given
    )
    return MergedItem(question, values, state, bool(answered) and "" in values)


def _merge_answers(
    item: MergedItem,
    given: GivenAnswers,
    labels: Sequence[str],
    version: ChecklistVersion,
    decision: Decision | None,
    reason_prefix: str,
) -> Answer:
    labelled = [(label, answer) for label, answer in zip(labels, given, strict=True) if answer]
    if len(labelled) == 1 and not decision:
        return labelled[0][1].copy()
    agreed = None
    if item.state == "agreed":
        agreed = next((answer for _label, answer in labelled if comparable_answer(answer)), None)
    content = agreed["content"] if agreed and not agreed["value"] else decided_content(decision, given)
    if decision:
        rev = version.questions[item.item].rev
        value = decision.value if content is None else ""
    else:
        # an answer to a changed question still has to be confirmed, whoever gave it
        rev = min((answer["rev"] for _label, answer in labelled), default=1)
        value = agreed["value"] if agreed else ""
    texts = {}
    members: Sequence[tuple[str, Mapping[str, Any]]] = labelled
    for key in TEXT_FIELDS:
        parts = [f"[{label}] {answer[key]}" for label, answer in members if answer[key]]
        if decision and key == "note":
            parts.insert(0, f"{reason_prefix}{decision.reason}")
        texts[key] = "\n".join(parts)
        if len(texts[key]) > MAX_TEXT_LENGTH:
            raise MergedTextTooLong(item.item)
    merged = {"rev": rev, "value": value, **texts}
    return cast(Answer, merged if content is None else {**merged, "content": content})


def _free_key(question: str, answer: Answer, orphans: Mapping[str, Answer]) -> str:
    """The question itself, or another key if a different answer already has it."""
    number, key = 1, question
    while key in orphans and orphans[key] != answer:
        key, number = f"{question[:80].rstrip('-')}-other-{number}", number + 1
    return key
