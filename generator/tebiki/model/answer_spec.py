"""How a question of a checklist is answered, with its answer sets resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.checklist import AnswerSet, Checklist, Question
from tebiki.model.shared_constants import COMBINABLE_ROLES

_Roles = Mapping[str, str]
_DEFAULT: Mapping[str, Any] = {"type": "choice"}


@dataclass(frozen=True)
class AnswerField:
    """A text, date, number or choice: a field of a row, or a whole answer.

    ``choices`` maps the answers to choose from to their roles. ``format`` is what a text has to be: ``url``,
    ``email``, or any text if it is empty.
    """

    id: str
    type: str
    required: bool
    minimum: float | None
    maximum: float | None
    choices: _Roles
    format: str = ""


@dataclass(frozen=True)
class AnswerSpec:
    """What a question accepts as its answer.

    ``exclusive`` maps the answers that are given by themselves to their roles, in order, and
    ``combinable`` those that can be chosen together. ``fields`` are the fields of a row.
    """

    type: str
    exclusive: _Roles
    combinable: _Roles
    minimum: float | None
    maximum: float | None
    fields: tuple[AnswerField, ...]
    format: str = ""


def answer_specs(checklist: Checklist, answer_sets: Iterable[AnswerSet]) -> dict[str, AnswerSpec]:
    """Return what each question accepts, by its id, retired questions included.

    An answer set that does not exist offers nothing; the rule unknown-reference reports it.
    """
    roles = {answer_set.id: answer_set.roles for answer_set in answer_sets}
    return {question.id: _answer_spec(question, checklist, roles) for question in checklist.questions}


def answer_set_of(question: Question, checklist: Checklist) -> str | None:
    """Return the id of the answer set that ``question`` uses; None where it uses none."""
    answer = question.data.get("answer", _DEFAULT)
    default = checklist.answer_set if answer["type"] == "choice" else None
    answer_set: str | None = answer.get("answer_set", default)
    return answer_set


def _answer_spec(question: Question, checklist: Checklist, roles: Mapping[str, _Roles]) -> AnswerSpec:
    answer = question.data.get("answer", _DEFAULT)
    offered = {
        answer_id: role
        for answer_id, role in roles.get(answer_set_of(question, checklist) or "", {}).items()
        if role != "excluded" or question.na_allowed
    }
    combinable = {answer_id: role for answer_id, role in offered.items() if role in COMBINABLE_ROLES}
    if answer["type"] == "choice":
        exclusive, combinable = offered, {}
    else:
        exclusive = {answer_id: role for answer_id, role in offered.items() if answer_id not in combinable}
    return AnswerSpec(
        type=answer["type"],
        exclusive=exclusive,
        combinable=combinable if answer["type"] == "choices" else {},
        minimum=answer.get("minimum"),
        maximum=answer.get("maximum"),
        fields=tuple(_field(field, roles) for field in answer.get("fields", ())),
        format=answer.get("format", ""),
    )


def _field(data: Mapping[str, Any], roles: Mapping[str, _Roles]) -> AnswerField:
    return AnswerField(
        id=data["id"],
        type=data["type"],
        required=data.get("required", False),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        choices=roles.get(data.get("answer_set", ""), {}),
        format=data.get("format", ""),
    )
