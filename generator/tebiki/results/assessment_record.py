"""Types of the record of an assessment, after ``schemas/assessment-result.schema.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

#: ``ACTION_STATES`` as a type; a test compares them.
ActionState = Literal["planned", "started", "done", "dropped"]


class Row(TypedDict):
    """One row of an answer that consists of rows: what was entered in each field."""

    id: str
    fields: dict[str, str]


class Answer(TypedDict):
    """The answer to one question.

    ``value`` is the id of the chosen answer, or empty. ``content`` is what was entered or chosen instead of a
    single answer: a text, the ids of several answers, or rows.
    """

    rev: int
    value: str
    note: str
    evidence: str
    justification: str
    content: NotRequired[str | list[str] | list[Row]]
    respondent: NotRequired[str]
    answered: NotRequired[str]


#: Answers by the id of the question.
Answers = Mapping[str, Answer]


class ChecklistReference(TypedDict):
    """The version of a checklist that a record answers."""

    id: str
    version: str
    digest: str
    carried_from: NotRequired[str]


class HandbookReference(TypedDict):
    """The version of the handbook that the checklist belongs to."""

    id: str
    version: str


class Identifier(TypedDict):
    """The identifier of an institution; see ``model.institution_id``."""

    scheme: Literal["ror", "houjin-bangou"]
    value: str


class Subject(TypedDict):
    """Who or what is assessed, and when."""

    label: str
    kind: NotRequired[str]
    round: NotRequired[str]
    identifier: NotRequired[Identifier]


class Action(TypedDict):
    """One step of the action plan."""

    item: str
    text: str
    owner: str
    due: str
    state: ActionState


class Computed(TypedDict):
    """Counts by answer, in total, by section, and by level if the checklist has levels."""

    total: dict[str, int]
    sections: dict[str, dict[str, int]]
    levels: NotRequired[dict[str, dict[str, int]]]


class AssessmentDraft(TypedDict):
    """What people entered: a record without what is computed from it."""

    id: str
    checklist: ChecklistReference
    handbook: HandbookReference
    subject: Subject
    language: str
    created: str
    updated: str
    answers: Answers
    actions: list[Action]
    local: NotRequired[list[str]]
    orphans: Answers


class AssessmentRecord(AssessmentDraft):
    """The content of a result file."""

    format: str
    format_version: str
    status: Literal["in-progress", "complete"]
    risks: list[None]
    computed: Computed
    digest: str
