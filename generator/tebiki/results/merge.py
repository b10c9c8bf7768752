"""Putting the results of several respondents together, item by item, without deciding for them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.model.shared_constants import ANSWERED, MAX_TEXT_LENGTH, MERGE_NAMESPACE, TEXT_FIELDS
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.record import Record, build_record, comparable_answer

_NUMBER = re.compile("#([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Decision:
    """The answer that the respondents settled on, and why.

    ``value`` is the id of an answer, or ``#2`` for what the second respondent entered instead of one.
    """

    value: str
    reason: str


@dataclass(frozen=True)
class MergedItem:
    """One question in all results: the answers' ids in their order, empty where there is none.

    ``answered`` stands for what was entered instead of a choice. ``state`` is ``agreed`` (all who answered
    gave the same answer), ``disagreed``, ``gap`` (nobody answered) or ``decided``. ``partial`` says that some did
    not answer.
    """

    item: str
    values: tuple[str, ...]
    state: str
    partial: bool


class MergedTextTooLong(ValueError):
    """The texts of several respondents are together longer than the format accepts; names the item."""


def merge(
    records: Sequence[Record],
    form: ChecklistVersion,
    decisions: Mapping[str, Decision],
    label: str,
    reason_words: str,
) -> tuple[Record, tuple[MergedItem, ...]]:
    """One record of ``records``, all results of ``form``, and how they stand to each other.

    Where the respondents agree, or a decision was made, the merged record has the answer. Where they
    disagree it has none: a person has to decide. All texts are kept, each after the label of its
    record; a decision's reason comes first, introduced by ``reason_words``. The id follows from the
    ids that were merged.
    """
    names = [record["subject"]["label"] or str(number) for number, record in enumerate(records, 1)]
    items = dict.fromkeys([*form.questions, *(name for record in records for name in record["answers"])])
    joined: list[MergedItem] = []
    answers: dict[str, Any] = {}
    orphans: dict[str, Any] = {}
    for item in items:
        given = [record["answers"].get(item) for record in records]
        one = _joined(item, given, decisions.get(item))
        if any(given) or one.state == "decided":
            answers[item] = _answer(one, given, names, form, decisions.get(item), reason_words)
            for answer in given:  # rows and the like that differ: each stays whole
                if answer and "content" in answer and _entered(answer) != _entered(answers[item]):
                    orphans.setdefault(_free(item, answer, orphans), answer)
        if form.is_asked(item):
            joined.append(one)
    for record in records:
        for name, answer in record["orphans"].items():
            orphans.setdefault(_free(name, answer, orphans), answer)
    newest = max(records, key=lambda record: record["updated"])
    draft = {
        **newest,
        "id": str(
            uuid.uuid5(uuid.UUID(MERGE_NAMESPACE), " ".join(sorted(record["id"] for record in records)))
        ),
        "subject": {**newest["subject"], "label": label},
        "created": min(record["created"] for record in records),
        "answers": answers,
        "orphans": orphans,
        "actions": [action for record in records for action in record["actions"]],
    }
    return build_record(draft, form), tuple(joined)


def settled_content(decision: Decision | None, given: Sequence[Mapping[str, Any] | None]) -> Any:
    """The content that a decision takes over from one of the ``given`` answers; None when it takes none."""
    number = _NUMBER.fullmatch(decision.value) if decision else None
    taken = given[int(number[1]) - 1] if number and int(number[1]) <= len(given) else None
    return taken.get("content") if taken and not taken["value"] else None


def _entered(answer: Mapping[str, Any]) -> Any:
    return comparable_answer({"value": "", "content": answer["content"]}) if "content" in answer else None


def _joined(item: str, given: Sequence[Mapping[str, Any] | None], decision: Decision | None) -> MergedItem:
    answered = [answer for answer in given if answer and comparable_answer(answer)]
    if decision:
        state = "decided"
    elif not answered:
        state = "gap"
    else:
        state = (
            "agreed"
            if all(comparable_answer(one) == comparable_answer(answered[0]) for one in answered)
            else "disagreed"
        )
    values = tuple(
        answer["value"] or (ANSWERED if comparable_answer(answer) else "") if answer else ""
        for answer in given
    )
    return MergedItem(item, values, state, bool(answered) and "" in values)


def _answer(
    one: MergedItem,
    given: Sequence[Mapping[str, Any] | None],
    names: Sequence[str],
    form: ChecklistVersion,
    decision: Decision | None,
    reason_words: str,
) -> dict[str, Any]:
    there = [(name, answer) for name, answer in zip(names, given, strict=True) if answer]
    if len(there) == 1 and not decision:
        return dict(there[0][1])
    first = (
        next((answer for _name, answer in there if comparable_answer(answer)), None)
        if one.state == "agreed"
        else None
    )
    # an answer to a changed question still has to be confirmed, whoever gave it
    rev = min((answer["rev"] for _name, answer in there), default=1)
    merged: dict[str, Any] = {"rev": rev, "value": first["value"] if first else ""}
    if decision:
        settled = settled_content(decision, given)
        value = decision.value if settled is None else ""
        merged = {"rev": form.questions[one.item].rev, "value": value}
    for key in TEXT_FIELDS:
        parts = [f"[{name}] {answer[key]}" for name, answer in there if answer[key]]
        if decision and key == "note":
            parts.insert(0, f"{reason_words}{decision.reason}")
        merged[key] = "\n".join(parts)
        if len(merged[key]) > MAX_TEXT_LENGTH:
            raise MergedTextTooLong(one.item)
    content = first["content"] if first and not first["value"] else settled_content(decision, given)
    return merged if content is None else {**merged, "content": content}


def _free(name: str, answer: Mapping[str, Any], orphans: Mapping[str, Any]) -> str:
    """The name itself, or another when a different answer has it already."""
    number, free = 1, name
    while free in orphans and orphans[free] != answer:
        free, number = f"{name[:80].rstrip('-')}-other-{number}", number + 1
    return free
