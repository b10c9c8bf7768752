"""The answer status of every question of an assessment in one short text, for counting many assessments.

Questions that no condition connects are encoded in separate groups: there are few ways to answer two or three
questions, and many to answer twelve. Each way is encoded once, and a file then costs a few look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.model.answer_status import answer_statuses, is_written
from tebiki.model.completeness import is_complete
from tebiki.model.shared_constants import ANSWERED, UNANSWERED
from tebiki.results.checklist_version import ChecklistVersion, counted_answer

NOT_ASKED = "-"
FIRST_CODE = ord("A")  # texts in ASCII are translated several times as fast
_MAX_CACHED = 50_000  # ways of answering that are remembered for each group


class StatusCodes:
    """Encodes assessments of one version of a checklist.

    A code text has one character for each place.

    Attributes:
        version: The version of the checklist.
        places: The section and the question of each place. A place without a question is a section that is one
            question in several parts; it has the character of the last part that is asked.
        meanings: For each character the key under which it counts: the id of an answer, ``answered`` or
            ``unanswered``. The character ``-`` is a question that is not asked.
    """

    def __init__(self, version: ChecklistVersion) -> None:
        self.version = version
        self._groups: list[tuple[tuple[str, ...], dict[Any, str | None]]] = [
            (group, {}) for group in _connected_questions(version)
        ]
        sections = version.checklist.sections
        self._parts_of = {
            section.id: [question.id for question in section.questions]
            for section in sections
            if section.one_question
        }
        # the questions of an institution have a section of their own, so that the others count alike everywhere
        own = version.own_section
        section_of = {
            question.id: own if question.local else section.id
            for section in sections
            for question in section.questions
        }
        self.places = tuple(
            place
            for group, _cache in self._groups
            for place in (
                *((section_of[question], question) for question in group),
                *((section, "") for section, parts in self._parts_of.items() if parts[0] in group),
            )
        )
        self._shared_places = [
            index for index, (section, _question) in enumerate(self.places) if not own or section != own
        ]
        self._has_required = any(question.required for question in version.checklist.questions)
        counted = (*version.roles, ANSWERED, UNANSWERED)
        self._codes = {answer: chr(FIRST_CODE + number) for number, answer in enumerate(counted)}
        self.meanings = {code: answer for answer, code in self._codes.items()}

    def encode(self, answers: Mapping[str, Mapping[str, Any]]) -> str:
        """Return the code text of the answers of a record."""
        statuses = answer_statuses(self.version.checklist, self.version.answer_specs, answers)
        codes = {
            question: self._codes[counted_answer(status, answers.get(question))]
            for question, status in statuses.items()
        }
        for section, parts in self._parts_of.items():
            asked = [codes[part] for part in parts if part in codes]
            codes[f"section {section}"] = asked[-1] if asked else NOT_ASKED
        return "".join(
            codes.get(question or f"section {section}", NOT_ASKED) for section, question in self.places
        )

    def status(self, codes: str) -> str:
        """Return the status of an assessment.

        Args:
            codes: The code text of the assessment.

        Returns:
            ``complete`` if something is asked and every section is complete, otherwise ``in-progress``. The
            questions of an institution do not count.
        """
        if self._has_required:
            unanswered = self._codes[UNANSWERED]
            places = zip(codes, self.places, strict=True)
            settled = {question: code != unanswered for code, (_, question) in places if code != NOT_ASKED}
            complete = is_complete(self.version.checklist.sections, settled)
        else:
            if len(self._shared_places) < len(codes):
                codes = "".join(codes[place] for place in self._shared_places)
            complete = self._codes[UNANSWERED] not in codes and codes.strip(NOT_ASKED) != ""
        return "complete" if complete else "in-progress"

    def look_up(self, answers: Mapping[str, Any]) -> str | None:
        """Return the code text of answers that have attributes instead of members, and no ``content``.

        Args:
            answers: Objects with the attributes ``rev``, ``value`` and ``justification``, by question id.

        Returns:
            The code text; None if a question is unknown or an answer is not offered.
        """
        get = answers.get
        codes: list[str] = []
        known_answers = 0
        for group, cache in self._groups:
            key: tuple[Any, ...] = ()
            for question in group:
                answer = get(question)
                if answer is None:
                    key += (None,)
                else:
                    known_answers += 1
                    reason = answer.justification
                    key += (answer.rev, answer.value, reason and is_written(reason))
            code = cache.get(key, "")
            if code == "":
                code = self._encode_group(group, answers)
                if len(cache) < _MAX_CACHED:
                    cache[key] = code
            if code is None:
                return None
            codes.append(code)
        return "".join(codes) if known_answers == len(answers) else None

    def _encode_group(self, group: tuple[str, ...], answers: Mapping[str, Any]) -> str | None:
        given = {question: answers[question] for question in group if question in answers}
        for question, answer in given.items():
            if answer.value and answer.value not in self.version.answer_specs[question].exclusive:
                return None
        members = {
            question: {"rev": answer.rev, "value": answer.value, "justification": answer.justification}
            for question, answer in given.items()
        }
        sections = [section for section, parts in self._parts_of.items() if parts[0] in group]
        return "".join(
            code
            for code, (section, question) in zip(self.encode(members), self.places, strict=True)
            if question in group or (question == "" and section in sections)
        )


def _connected_questions(version: ChecklistVersion) -> Iterator[tuple[str, ...]]:
    """Groups of questions that conditions, or a section that is one question, connect."""
    group_of = {question: {question} for question in version.questions}
    links = [(question, other) for question, item in version.questions.items() for other in item.depends_on]
    for section in version.checklist.sections:
        first = section.questions[0].id
        links += [(first, item.id) for item in section.questions if section.one_question]
    for question, other in links:
        joined = group_of[question] | group_of.get(other, set())
        for member in joined:
            group_of[member] = joined
    seen: set[str] = set()
    for question in version.questions:
        if question not in seen:
            seen |= group_of[question]
            yield tuple(member for member in version.questions if member in group_of[question])
