"""How a question of a checklist is answered: its form, with the answer sets looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.checklist import AnswerSet, Checklist, Question
from tebiki.model.shared_constants import COMBINABLE_ROLES


@dataclass(frozen=True)
class Field:
    """A text, date, number or choice: one field of a row, or the whole of an answer.

    ``choices`` maps the answers to choose from to their roles, for a choice.
    """

    id: str
    type: str
    required: bool
    minimum: float | None
    maximum: float | None
    choices: Mapping[str, str]


@dataclass(frozen=True)
class AnswerSpec:
    """``alone`` maps the answers that can be given by themselves to their roles, in order.

    ``together`` does so for those that can be chosen together, and ``fields`` are those of a row.
    """

    type: str
    alone: Mapping[str, str]
    together: Mapping[str, str]
    minimum: float | None
    maximum: float | None
    fields: tuple[Field, ...]


def answer_specs(checklist: Checklist, answer_sets: Iterable[AnswerSet]) -> dict[str, AnswerSpec]:
    """The form of the answer to every question, retired ones included, by id.

    A set that does not exist offers nothing; the rule unknown-reference reports it.
    """
    roles = {answer_set.id: answer_set.roles for answer_set in answer_sets}
    return {item.id: _form(item, checklist, roles) for item in checklist.questions}


def answer_set_of(item: Question, checklist: Checklist) -> str | None:
    """The id of the answer set that a question uses; None for one without."""
    told = item.data.get("answer") or {"type": "choice"}
    default = checklist.answer_set if told["type"] == "choice" else None
    found: str | None = told.get("answer_set", default)
    return found


def _form(item: Question, checklist: Checklist, roles: Mapping[str, Mapping[str, str]]) -> AnswerSpec:
    told: Mapping[str, Any] = item.data.get("answer") or {"type": "choice"}
    kind = told["type"]
    named = roles.get(answer_set_of(item, checklist) or "", {})
    offered = {one: role for one, role in named.items() if role != "excluded" or item.na_allowed}
    return AnswerSpec(
        type=kind,
        alone={
            one: role for one, role in offered.items() if kind == "choice" or role not in COMBINABLE_ROLES
        },
        together={one: role for one, role in offered.items() if role in COMBINABLE_ROLES}
        if kind == "choices"
        else {},
        minimum=told.get("minimum"),
        maximum=told.get("maximum"),
        fields=tuple(_field(field, roles) for field in told.get("fields", ())),
    )


def _field(told: Mapping[str, Any], roles: Mapping[str, Mapping[str, str]]) -> Field:
    return Field(
        id=told["id"],
        type=told["type"],
        required=told.get("required", False),
        minimum=told.get("minimum"),
        maximum=told.get("maximum"),
        choices=roles.get(told.get("answer_set", ""), {}),
    )
