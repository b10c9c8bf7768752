"""The standing of every question of an assessment in one short text, for counting many of them.

Questions that no condition joins are looked up apart: there are few ways to answer two or three
questions, and many to answer twelve. So each way is worked out once, and a file costs a few look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.model.answer_status import is_written, standings
from tebiki.model.shared_constants import ANSWERED, UNANSWERED
from tebiki.results.checklist_version import Answers, ChecklistVersion, counted_answer

NOT_ASKED = "-"
_FIRST = 0x100  # the codes are letters from here on, none of which JSON escapes
_MOST_KEPT = 50_000  # ways of answering that are remembered for each group


class StatusCodes:
    """Encodes assessments of one version of a checklist.

    A code text has one character for each place. ``places`` says which section and question each is;
    a place without a question stands for a section that is one question in several parts, and has the
    character of the last part that is asked. ``meanings`` says under what (the id of an answer,
    ``answered``, ``unanswered``) a character counts. ``-`` is a question that is not asked.
    """

    def __init__(self, form: ChecklistVersion) -> None:
        self._form = form
        self._groups: list[tuple[tuple[str, ...], dict[Any, str | None]]] = [
            (group, {}) for group in _groups(form)
        ]
        self._wholes = {s.id: [i.id for i in s.questions] for s in form.checklist.sections if s.one_question}
        # the questions of an institution stand apart, so that sections are counted alike everywhere
        own = form.own_section
        section_of = {
            item.id: own if item.local else s.id for s in form.checklist.sections for item in s.questions
        }
        self.places = tuple(
            place
            for group, _known in self._groups
            for place in (
                *((section_of[name], name) for name in group),
                *((section, "") for section, names in self._wholes.items() if names[0] in group),
            )
        )
        self._shared = [n for n, (section, _name) in enumerate(self.places) if not own or section != own]
        counted = (*form.roles, ANSWERED, UNANSWERED)
        self._codes = {answer: chr(_FIRST + number) for number, answer in enumerate(counted)}
        self.meanings = {code: answer for answer, code in self._codes.items()}

    def encode(self, answers: Answers) -> str:
        """The code text of ``answers``, those of a record."""
        found = standings(self._form.checklist, self._form.answer_specs, answers)
        codes = {name: self._codes[counted_answer(found[name], answers.get(name))] for name in found}
        for section, names in self._wholes.items():
            asked = [codes[name] for name in names if name in codes]
            codes[f"section {section}"] = asked[-1] if asked else NOT_ASKED
        return "".join(codes.get(name or f"section {section}", NOT_ASKED) for section, name in self.places)

    def status(self, codes: str) -> str:
        """``complete`` when something is asked and nothing is left to answer, else ``in-progress``.

        What an institution asks of its own does not count.
        """
        if len(self._shared) < len(codes):
            codes = "".join(codes[place] for place in self._shared)
        complete = self._codes[UNANSWERED] not in codes and codes.strip(NOT_ASKED) != ""
        return "complete" if complete else "in-progress"

    def look_up(self, answers: Mapping[str, Any]) -> str | None:
        """The same for answers with attributes and without ``content``.

        None when one is to a question that is not here, or is none that its question offers.
        """
        get = answers.get
        codes: list[str] = []
        known_answers = 0
        for group, known in self._groups:
            way: list[Any] = []
            for name in group:
                answer = get(name)
                if answer is None:
                    way.append(None)
                else:
                    known_answers += 1
                    reason = answer.justification
                    way.append((answer.rev, answer.value, reason and is_written(reason)))
            key = tuple(way)
            code = known.get(key, "")
            if code == "":
                code = self._work_out(group, answers)
                if len(known) < _MOST_KEPT:
                    known[key] = code
            if code is None:
                return None
            codes.append(code)
        return "".join(codes) if known_answers == len(answers) else None

    def _work_out(self, group: tuple[str, ...], answers: Mapping[str, Any]) -> str | None:
        given = {name: answers[name] for name in group if name in answers}
        for name, answer in given.items():
            if answer.value and answer.value not in self._form.answer_specs[name].alone:
                return None
        plain = {
            name: {"rev": one.rev, "value": one.value, "justification": one.justification}
            for name, one in given.items()
        }
        sections = [section for section, names in self._wholes.items() if names[0] in group]
        whole = self.encode(plain)
        return "".join(
            code
            for code, (section, name) in zip(whole, self.places, strict=True)
            if name in group or (name == "" and section in sections)
        )


def _groups(form: ChecklistVersion) -> Iterator[tuple[str, ...]]:
    """The questions, those together that conditions or their being one question join."""
    group_of = {name: {name} for name in form.questions}
    ties = [(name, other) for name, one in form.questions.items() for other in one.depends_on]
    for section in form.checklist.sections:
        first = section.questions[0].id
        ties += [(first, question.id) for question in section.questions if section.one_question]
    for name, other in ties:
        joined = group_of[name] | group_of.get(other, set())
        for member in joined:
            group_of[member] = joined
    seen: set[str] = set()
    for name in form.questions:
        if name not in seen:
            seen |= group_of[name]
            yield tuple(one for one in form.questions if one in group_of[name])
