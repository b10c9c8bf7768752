"""A version of a checklist with its answer sets looked up, and the figures of an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tebiki.model.answer_spec import AnswerSpec, answer_set_of, answer_specs
from tebiki.model.answer_status import answer_statuses, is_possible
from tebiki.model.checklist import Checklist, Question
from tebiki.model.completeness import is_complete
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import ANSWERED, SETTLED_STATUSES, UNANSWERED


@dataclass(frozen=True)
class ChecklistVersion:
    """One version of a checklist, ready for reading answers to it.

    Attributes:
        checklist: The checklist as it was read.
        answer_specs: How each question is answered, by its id.
        sets: For each question the roles of all answers in its answer set, whether it offers them or not.
        roles: The role of every answer in these sets.
        own_section: The section under which the questions of an institution are counted; empty without any.
        of_institutions: Whether figures of the checklist count institutions, and not persons.
    """

    checklist: Checklist
    answer_specs: Mapping[str, AnswerSpec]
    sets: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, str]
    own_section: str = ""
    of_institutions: bool = False

    @cached_property
    def digest(self) -> str:
        """The digest that results of this version carry."""
        return self.checklist.digest

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, retired ones included, in the order of the checklist."""
        return {question.id: question for question in self.checklist.questions}

    def is_asked(self, question: str) -> bool:
        """Return whether this version has the question and has not retired it."""
        return question in self.questions and not self.questions[question].retired

    def accepts_content(self, question: str, answer: Mapping[str, Any]) -> bool:
        """Return whether the question is asked and can have the content of ``answer``."""
        if not self.is_asked(question):
            return False
        return "content" not in answer or is_possible(self.answer_specs[question], answer["content"])

    def accepts_value(self, question: str, answer: Mapping[str, Any]) -> bool:
        """Return whether the value of ``answer`` is empty or in the answer set of the question."""
        return answer["value"] == "" or answer["value"] in self.sets[question]


@dataclass(frozen=True)
class Figures:
    """The status of every question that is asked, and the counts of answers.

    Attributes:
        statuses: The answer status of each question that is asked, by its id.
        total: Counts by answer id, and under ``unanswered`` everything that still needs something. Counts of zero
            are left out, and so are questions of an institution: institutions share the counts of the checklist.
        sections: The same counts for each section.
        levels: The same counts for each level of the checklist.
        complete: Whether something is asked, and every section is complete.
    """

    statuses: Mapping[str, str]
    total: Mapping[str, int]
    sections: Mapping[str, Mapping[str, int]]
    levels: Mapping[str, Mapping[str, int]]
    complete: bool


def checklist_version(handbook: Handbook, checklist: Checklist) -> ChecklistVersion:
    """Return ``checklist`` with the answer sets of ``handbook``."""
    known = {answer_set.id: answer_set.roles for answer_set in handbook.answer_sets}
    sets = {
        question.id: known.get(answer_set_of(question, checklist) or "", {})
        for question in checklist.questions
    }
    roles: dict[str, str] = {}  # the checklist's own set has precedence, as in the browser
    for answers in (known.get(checklist.answer_set, {}), *sets.values()):
        roles |= {answer: role for answer, role in answers.items() if answer not in roles}
    specs = answer_specs(checklist, handbook.answer_sets)
    own = handbook.overlay.data["prefix"] if handbook.overlay and checklist.local else ""
    return ChecklistVersion(
        checklist, specs, sets, roles, own, checklist.id not in handbook.checklists_of_persons
    )


def checklist_versions(handbook: Handbook) -> list[ChecklistVersion]:
    """Return every version of every checklist, sorted by id and version."""
    ordered = sorted(handbook.checklists, key=lambda checklist: (checklist.id, checklist.order))
    return [checklist_version(handbook, checklist) for checklist in ordered]


def compute_figures(version: ChecklistVersion, answers: Mapping[str, Mapping[str, Any]]) -> Figures:
    """Compute the status of each question and the counts in total, by section and by level. There is no sum or score.

    Args:
        version: The checklist version that is answered.
        answers: The answers by question id.

    Returns:
        The figures; answers to questions that are not asked do not count.
    """
    statuses = answer_statuses(version.checklist, version.answer_specs, answers)
    order = (*version.roles, ANSWERED, UNANSWERED)

    def count(questions: Iterable[str]) -> dict[str, int]:
        tally = dict.fromkeys(order, 0)
        for question in questions:
            tally[counted_answer(statuses[question], answers.get(question))] += 1
        return {answer: number for answer, number in tally.items() if number}

    sections = {
        section.id: count(
            question.id for question in section.questions if question.id in statuses and not question.local
        )
        for section in version.checklist.sections
        if not all(question.local for question in section.questions)
    }
    shared = [question for question in statuses if not version.questions[question].local]
    levels = {
        level["id"]: count(
            question for question in shared if version.questions[question].level == level["id"]
        )
        for level in version.checklist.levels
    }
    settled = {question: status in SETTLED_STATUSES for question, status in statuses.items()}
    complete = is_complete(version.checklist.sections, settled)
    return Figures(statuses, count(shared), sections, levels, complete)


def counted_answer(status: str, answer: Mapping[str, Any] | None) -> str:
    """Return the key under which a question counts: the id of its answer, ``answered`` or ``unanswered``."""
    if status not in SETTLED_STATUSES or answer is None:
        return UNANSWERED
    return answer["value"] or ANSWERED
