"""Titles and order of what figures count: sections, questions and kinds of subject."""

from __future__ import annotations

from tebiki.model.checklist import Question
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import WITHHELD


def kind_titles(handbook: Handbook, language: str) -> dict[str, str]:
    """Return the titles of the kinds of subject that the handbook lists, by id."""
    return {kind["id"]: kind["title"][language] for kind in handbook.data.get("subject_kinds", ())}


def counted_kinds(handbook: Handbook, language: str, not_stated: str, together: str) -> dict[str, str]:
    """Return the titles of all kinds that figures have.

    Args:
        handbook: The handbook.
        language: The language of the titles.
        not_stated: The title of the kind of those that state none.
        together: The title of small kinds that are put together.
    """
    return {"": not_stated, WITHHELD: together, **kind_titles(handbook, language)}


class FigureTitles:
    """Sections and questions of all versions of a checklist: results of old versions are counted as well.

    The order is that of the newest version; what only older ones have comes after it.
    """

    def __init__(self, handbook: Handbook, checklist: str, language: str) -> None:
        versions = [version for version in handbook.checklists if version.id == checklist]
        self._sections: dict[str, str] = {}
        self._revisions: dict[tuple[str, int], Question] = {}
        self._questions: dict[str, Question] = {}
        for version in sorted(versions, key=lambda version: version.order, reverse=True):
            for section in version.sections:
                self._sections.setdefault(section.id, section.data["title"][language])
            for question in version.questions:
                self._revisions.setdefault((question.id, question.rev), question)
                self._questions.setdefault(question.id, question)
        if handbook.overlay and any(question.local for question in self._questions.values()):
            self._sections[handbook.overlay.data["prefix"]] = handbook.overlay.data["name"][language]
        self._section_order = {section: index for index, section in enumerate(self._sections)}
        self._question_order = {question: index for index, question in enumerate(self._questions)}

    def section(self, section: str) -> str:
        """Return the title of a section, in the newest version that has it."""
        return self._sections.get(section, section)

    def question(self, question: str, revision: int) -> Question | None:
        """Return a question in the newest version that asks it in this revision, otherwise in the newest that has it."""
        return self._revisions.get((question, revision), self._questions.get(question))

    def is_present(self, question: str, revision: int) -> bool:
        """Return whether the newest version that has a question has it in this revision."""
        newest = self._questions.get(question)
        return newest is not None and newest.rev == revision

    def section_order(self, section: str) -> tuple[int, str]:
        """Return what sections are sorted by; unknown ones come last."""
        return self._section_order.get(section, len(self._section_order)), section

    def question_order(self, question: str) -> tuple[int, str]:
        """Return what questions are sorted by; unknown ones come last."""
        return self._question_order.get(question, len(self._question_order)), question
