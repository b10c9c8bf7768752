"""A version of a checklist as it is asked, and the figures of an assessment under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tebiki.model.answer_spec import AnswerSpec, answer_set_of, answer_specs
from tebiki.model.answer_status import is_possible, standings
from tebiki.model.checklist import Checklist, Question
from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import ANSWERED, SETTLED_STATUSES, UNANSWERED

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class ChecklistVersion:
    """One version of a checklist.

    ``answer_specs`` gives each question's answers, by its id, and ``sets`` the roles of all answers that
    its answer set has, whether it offers them or not. ``roles`` has every answer of these sets.
    ``own_section`` is under what the questions of an institution are counted, if there are any.
    """

    checklist: Checklist
    answer_specs: Mapping[str, AnswerSpec]
    sets: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, str]
    own_section: str = ""

    @cached_property
    def digest(self) -> str:
        """The digest that results answered with this version carry."""
        return digest(self.checklist.head.data)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, retired ones included, in the order of the checklist."""
        return {one.id: one for one in self.checklist.questions}

    def is_asked(self, question: str) -> bool:
        """Whether this version knows the question and has not retired it."""
        return question in self.questions and not self.questions[question].retired

    def has_place(self, question: str, answer: Mapping[str, Any]) -> bool:
        """Whether the question is asked and takes content such as the answer has."""
        if not self.is_asked(question):
            return False
        return "content" not in answer or is_possible(self.answer_specs[question], answer["content"])

    def understands(self, question: str, answer: Mapping[str, Any]) -> bool:
        """Whether the answer's value is one that the question knows; none at all is fine too."""
        return answer["value"] == "" or answer["value"] in self.sets[question]


@dataclass(frozen=True)
class Figures:
    """Where the asked questions stand, by id, and how many there are of each answer.

    ``total`` and each of ``sections`` count by answer id, and under ``unanswered`` whatever still
    needs something; counts of zero are left out. Questions of an institution have a standing, but are not
    counted: counts are those of the checklist that institutions share.
    """

    standings: Mapping[str, str]
    total: Mapping[str, int]
    sections: Mapping[str, Mapping[str, int]]

    @property
    def complete(self) -> bool:
        """Whether something is asked and nothing is left to answer."""
        return bool(self.total) and UNANSWERED not in self.total


def checklist_version(handbook: Handbook, checklist: Checklist) -> ChecklistVersion:
    """The checklist version with the answer sets of ``handbook``."""
    known = {one.id: one.roles for one in handbook.answer_sets}
    sets = {item.id: known.get(answer_set_of(item, checklist) or "", {}) for item in checklist.questions}
    roles: dict[str, str] = {}  # that of the checklist first, as in the browser
    for one in (known.get(checklist.answer_set, {}), *sets.values()):
        roles |= {answer: role for answer, role in one.items() if answer not in roles}
    forms = answer_specs(checklist, handbook.answer_sets)
    own = handbook.overlay.data["prefix"] if handbook.overlay and checklist.local else ""
    return ChecklistVersion(checklist, forms, sets, roles, own)


def checklist_versions(handbook: Handbook) -> list[ChecklistVersion]:
    """Every version of every checklist, in an order that does not vary."""
    return [
        checklist_version(handbook, one)
        for one in sorted(handbook.checklists, key=lambda one: (one.id, one.order))
    ]


def compute_figures(form: ChecklistVersion, answers: Answers) -> Figures:
    """Where each asked question stands, and the counts in total and by section. No sum, no score."""
    found = standings(form.checklist, form.answer_specs, answers)
    order = (*form.roles, ANSWERED, UNANSWERED)

    def counts(names: list[str]) -> dict[str, int]:
        tally = dict.fromkeys(order, 0)
        for name in names:
            tally[counted_answer(found[name], answers.get(name))] += 1
        return {answer: count for answer, count in tally.items() if count}

    sections = {
        section.id: counts([item.id for item in section.questions if item.id in found and not item.local])
        for section in form.checklist.sections
        if not all(question.local for question in section.questions)
    }
    shared = [name for name in found if not form.questions[name].local]
    return Figures(found, counts(shared), sections)


def counted_answer(standing: str, answer: Mapping[str, Any] | None) -> str:
    """Under what an asked question of this standing counts: the id of its answer, or ``unanswered``."""
    if standing not in SETTLED_STATUSES or answer is None:
        return UNANSWERED
    return answer["value"] or ANSWERED
