"""An assessment with all titles and texts in one language, from which reports and exports are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.locales import words
from tebiki.model.answer_spec import answer_set_of
from tebiki.model.checklist import Question
from tebiki.model.figure_titles import kind_titles
from tebiki.model.handbook import Handbook
from tebiki.model.markup import LINK
from tebiki.model.placement import titles_by_id
from tebiki.model.shared_constants import ANSWERED, ROLE_GAPS, ROLES, SETTLED_STATUSES, UNANSWERED
from tebiki.results.assessment_record import Answer, AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion, Figures, compute_figures
from tebiki.results.list_features import AppliedResult, advice_text, applied_results

_EMPHASIS = re.compile(r"\*\*|`")
_MAX_SHOWN = 60  # characters of an answer on a terminal
_NO_ANSWER: Answer = {"rev": 0, "value": "", "note": "", "evidence": "", "justification": ""}


@dataclass(frozen=True)
class Line:
    """A question with its answer.

    Attributes:
        section: The id of the section; empty for an orphan.
        item: The id of the question.
        number: The printed number of the question.
        question: The text of the question; for a question of an institution followed by its name in brackets.
        answer: The answer in words.
        value: The id of the chosen answer, or empty.
        status: The answer status, or ``orphan``.
        gap: The kind of gap that the answer leaves, one of ``GAP_ORDER``; empty if it leaves none.
        note: The note.
        evidence: The evidence.
        justification: The justification.
        respondent: Who answered, if the record states it.
        office: The office responsible for the question.
        level: The title of the level of the question, if it has one.
        advice: What to do now after the answer, if the checklist says it.
    """

    section: str
    item: str
    number: str
    question: str
    answer: str
    value: str
    status: str
    gap: str
    note: str
    evidence: str
    justification: str
    respondent: str
    office: str
    level: str = ""
    advice: str = ""


@dataclass(frozen=True)
class AssessmentView:
    """An assessment in one language.

    Attributes:
        record: The record.
        version: The checklist version that it answers.
        figures: The figures, computed anew.
        language: The language of all texts.
        texts: The texts of ``result.yml`` in that language.
        title: The title of the checklist.
        handbook: Id and version of the handbook that the record names, which no digest proves: another id than that
            of the handbook at hand is marked as not known.
        label: The label of the assessment, or the words for having none.
        kind: The title of the kind of subject.
        sections: Ids and titles of the sections.
        answers: Titles of everything that is counted, in order.
        lines: The questions that are asked, in order.
        orphans: The answers that the checklist version does not ask for.
        levels: Ids and titles of the levels.
        applied: What follows from the answers.
    """

    record: AssessmentRecord
    version: ChecklistVersion
    figures: Figures
    language: str
    texts: Mapping[str, Any]
    title: str
    handbook: str
    label: str
    kind: str
    sections: tuple[tuple[str, str], ...]
    answers: Mapping[str, str]
    lines: tuple[Line, ...]
    orphans: tuple[Line, ...]
    levels: tuple[tuple[str, str], ...]
    applied: tuple[AppliedResult, ...]


def assessment_view(
    record: AssessmentRecord, version: ChecklistVersion, handbook: Handbook, language: str
) -> AssessmentView:
    """Return the view of a record.

    Args:
        record: The record, which answers ``version``.
        version: A checklist version of ``handbook``.
        handbook: The handbook.
        language: A language of the handbook.

    Returns:
        The view, with the figures computed anew.
    """
    texts = words(language, "result")
    figures = compute_figures(version, record["answers"])
    builder = LineBuilder(version, handbook, language)
    kind = record["subject"].get("kind", "")
    name = record["handbook"]
    text = f"{name['id']} {name['version']}"
    return AssessmentView(
        record=record,
        version=version,
        figures=figures,
        language=language,
        texts=texts,
        title=version.checklist.head.title[language],
        handbook=text if name["id"] == handbook.data["id"] else texts["not-known"].format(name=text),
        label=record["subject"]["label"] or texts["no-label"],
        kind=kind_titles(handbook, language).get(kind, kind),
        sections=tuple(
            (section.id, section.data["title"][language]) for section in version.checklist.sections
        ),
        answers=answer_titles(version, handbook, language, texts),
        lines=tuple(
            builder.line(section.id, question, record["answers"].get(question.id), figures)
            for section in version.checklist.sections
            for question in section.questions
            if question.id in figures.statuses
        ),
        orphans=tuple(builder.orphan(question, answer) for question, answer in record["orphans"].items()),
        levels=level_titles(version, language),
        applied=applied_results(record, version, handbook, language),
    )


def level_titles(version: ChecklistVersion, language: str) -> tuple[tuple[str, str], ...]:
    """Return ids and titles of the levels of a checklist version, in their order."""
    return tuple((level["id"], level["title"][language]) for level in version.checklist.levels)


def answer_titles(
    version: ChecklistVersion, handbook: Handbook, language: str, texts: Mapping[str, Any]
) -> dict[str, str]:
    """Return the titles of everything that is counted.

    Args:
        version: The checklist version.
        handbook: The handbook with its answer sets.
        language: The language of the titles.
        texts: The texts of ``result.yml`` in that language.

    Returns:
        Titles by answer id, in the order of ``ROLES``. An id in several answer sets has the title of the checklist's own set.
    """
    checklist = version.checklist
    titles_of_sets = _titles_of_sets(handbook, language)
    titles: dict[str, str] = {}
    for answer_set in (
        checklist.answer_set,
        *(answer_set_of(question, checklist) for question in checklist.questions),
    ):
        titles = {**titles_of_sets.get(answer_set or "", {}), **titles}
    return {
        **{
            answer: titles.get(answer, answer)
            for answer in sorted(version.roles, key=lambda answer: ROLES.index(version.roles[answer]))
        },
        ANSWERED: texts["answered"],
        UNANSWERED: texts["unanswered"],
    }


def plain_text(text: str) -> str:
    """Return a text of the handbook without the markup of links and emphasis."""
    return _EMPHASIS.sub("", LINK.sub(lambda match: match["words"] or match["id"].strip(), text)).strip()


def shortened(text: str) -> str:
    """Return a text for the middle of a line on a terminal: its own lines joined, and the rest cut off."""
    line = " / ".join(text.splitlines())
    return line if len(line) <= _MAX_SHOWN else f"{line[:_MAX_SHOWN]}…"


class LineBuilder:
    """Builds lines in one language."""

    def __init__(self, version: ChecklistVersion, handbook: Handbook, language: str) -> None:
        self._version, self._language = version, language
        self._titles_of_sets = _titles_of_sets(handbook, language)
        self._institution = handbook.overlay.data["name"][language] if handbook.overlay else ""
        self._levels = dict(level_titles(version, language))
        has_advice = any("advice" in question.data for question in version.questions.values())
        self._titles = titles_by_id(handbook, language) if has_advice else {}

    def line(self, section: str, question: Question, answer: Answer | None, figures: Figures) -> Line:
        status = figures.statuses[question.id]
        given = answer or _NO_ANSWER
        role = self._version.answer_specs[question.id].exclusive.get(given["value"], "")
        text = plain_text(question.data["question"][self._language])
        return Line(
            section=section,
            item=question.id,
            number=question.number,
            question=f"{text} ({self._institution})" if question.local else text,
            answer=self.answer_text(question.id, given),
            value=given["value"],
            status=status,
            gap=ROLE_GAPS.get(role, "") if status in SETTLED_STATUSES and status != "open" else status,
            note=given["note"],
            evidence=given["evidence"],
            justification=given["justification"],
            respondent=given.get("respondent", ""),
            office=plain_text(question.data["office"][self._language]) if "office" in question.data else "",
            level=self._levels.get(question.level, ""),
            advice=advice_text(question, given, self._language, self._titles),
        )

    def orphan(self, question_id: str, answer: Answer) -> Line:
        question = self._version.questions.get(question_id)
        return Line(
            section="",
            item=question_id,
            number=question.number if question else "",
            question=plain_text(question.data["question"][self._language]) if question else question_id,
            answer=self.answer_text(question_id, answer),
            value=answer["value"],
            status="orphan",
            gap="",
            note=answer["note"],
            evidence=answer["evidence"],
            justification=answer["justification"],
            respondent=answer.get("respondent", ""),
            office="",
        )

    def answer_text(self, question_id: str, answer: Answer) -> str:
        """Return the title of the chosen answer, or the content; unknown ids stay as they are."""
        question = self._version.questions.get(question_id)
        checklist = self._version.checklist
        answer_set = answer_set_of(question, checklist) if question else checklist.answer_set
        titles = self._titles_of_sets.get(answer_set or "", {})
        if answer["value"]:
            return titles.get(answer["value"], str(answer["value"]))
        content = answer.get("content", "")
        if not isinstance(content, list):
            return str(content)
        fields = question.data.get("answer", {}).get("fields", ()) if question else ()
        return "\n".join(
            titles.get(entry, entry) if isinstance(entry, str) else self._row_text(entry["fields"], fields)
            for entry in content
        )

    def field_text(self, question_id: str, field_id: str, value: str) -> str:
        """Return the title of the answer that was chosen in a field of a row, or what was entered."""
        question = self._version.questions.get(question_id)
        for field in question.data.get("answer", {}).get("fields", ()) if question else ():
            if field["id"] == field_id:
                return self._titles_of_sets.get(field.get("answer_set", ""), {}).get(value, value)
        return value

    def _row_text(self, values: Mapping[str, str], fields: Iterable[Mapping[str, Any]]) -> str:
        known = {field["id"]: field for field in fields}
        parts = []
        for name in (*(name for name in known if name in values), *(sorted(values.keys() - known.keys()))):
            field = known.get(name, {})
            titles = self._titles_of_sets.get(field.get("answer_set", ""), {})
            title = field["title"][self._language] if field else name
            parts.append(f"{title}: {titles.get(values[name], values[name])}")
        return "; ".join(parts)


def _titles_of_sets(handbook: Handbook, language: str) -> dict[str, dict[str, str]]:
    """The titles of the answers by answer set: one id can have another title in each set."""
    return {
        answer_set.id: {answer["id"]: answer["title"][language] for answer in answer_set.data["answers"]}
        for answer_set in handbook.answer_sets
    }
