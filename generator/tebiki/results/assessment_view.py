"""An assessment made ready for reading in one language: what every report and export is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.locales import words
from tebiki.model.answer_spec import answer_set_of
from tebiki.model.checklist import Question
from tebiki.model.handbook import Handbook
from tebiki.model.markup import LINK
from tebiki.model.shared_constants import ROLE_GAPS, SETTLED_STATUSES, UNANSWERED
from tebiki.results.checklist_version import ChecklistVersion, Figures, compute_figures
from tebiki.results.record import Record

_MARKS = re.compile(r"\*\*|`")


@dataclass(frozen=True)
class Line:
    """One question with its answer. ``answer`` is in words; ``gap`` names the list of what is left.

    A question of an institution has the institution's name in brackets after it.
    """

    section: str
    item: str
    number: str
    question: str
    answer: str
    value: str
    standing: str
    gap: str
    note: str
    evidence: str
    justification: str
    respondent: str
    office: str


@dataclass(frozen=True)
class AssessmentView:
    """The whole of an assessment, in words; ``t`` are the words of ``result.yml``."""

    record: Record
    form: ChecklistVersion
    figures: Figures
    language: str
    t: Mapping[str, Any]
    title: str
    label: str
    kind: str
    sections: tuple[tuple[str, str], ...]
    answers: Mapping[str, str]  # titles of what is counted, in order
    lines: tuple[Line, ...]
    orphans: tuple[Line, ...]


def assessment_view(
    record: Record, form: ChecklistVersion, handbook: Handbook, language: str
) -> AssessmentView:
    """``record`` as it is read under ``form``; the figures are worked out anew."""
    t = words(language, "result")
    figures = compute_figures(form, record["answers"])
    titles = _Titles(form, handbook, language)
    sections = tuple((s.id, s.data["title"][language]) for s in form.checklist.sections)
    asked_by = handbook.overlay.data["name"][language] if handbook.overlay else ""
    lines = tuple(
        _line(section.id, item, record["answers"].get(item.id), figures, form, titles, language, asked_by)
        for section in form.checklist.sections
        for item in section.questions
        if item.id in figures.standings
    )
    return AssessmentView(
        record=record,
        form=form,
        figures=figures,
        language=language,
        t=t,
        title=form.checklist.head.title[language],
        label=record["subject"]["label"] or t["no-label"],
        kind=kind_titles(handbook, language).get(
            record["subject"].get("kind", ""), record["subject"].get("kind", "")
        ),
        sections=sections,
        answers=answer_titles(form, handbook, language, t),
        lines=lines,
        orphans=tuple(_orphan(name, one, form, titles, language) for name, one in record["orphans"].items()),
    )


def answer_titles(
    form: ChecklistVersion, handbook: Handbook, language: str, t: Mapping[str, Any]
) -> dict[str, str]:
    """The title of everything that is counted, in order; of answers with one id, that of the checklist's set."""
    sets = _set_titles(handbook, language)
    titles: dict[str, str] = {}
    for name in (
        form.checklist.answer_set,
        *(answer_set_of(one, form.checklist) for one in form.checklist.questions),
    ):
        titles = {**sets.get(name or "", {}), **titles}
    return {
        **{answer: titles.get(answer, answer) for answer in form.roles},
        "answered": t["answered"],
        UNANSWERED: t["unanswered"],
    }


def kind_titles(handbook: Handbook, language: str) -> dict[str, str]:
    """The kinds of subject that the handbook lists, by id."""
    return {one["id"]: one["title"][language] for one in handbook.data.get("subject_kinds", ())}


def plain_text(text: str) -> str:
    """A text of the handbook without the signs of links and emphasis."""
    return _MARKS.sub("", LINK.sub(lambda match: match["words"] or match["id"].strip(), text)).strip()


class _Titles:
    """What answers are called: one id can have another title in each answer set."""

    def __init__(self, form: ChecklistVersion, handbook: Handbook, language: str) -> None:
        self._form, self._language = form, language
        self._sets = _set_titles(handbook, language)

    def of(self, question: str, answer: Mapping[str, Any]) -> str:
        """In words the answer to a question, or what was entered instead; unknown ids stay as they are."""
        item = self._form.questions.get(question)
        checklist = self._form.checklist
        titles = self._sets.get((answer_set_of(item, checklist) if item else checklist.answer_set) or "", {})
        if answer["value"]:
            return titles.get(answer["value"], str(answer["value"]))
        content = answer.get("content", "")
        if not isinstance(content, list):
            return str(content)
        fields = item.data.get("answer", {}).get("fields", ()) if item else ()
        return "\n".join(
            self._row(one["fields"], fields) if isinstance(one, Mapping) else titles.get(one, str(one))
            for one in content
        )

    def _row(self, entered: Mapping[str, str], fields: Iterable[Mapping[str, Any]]) -> str:
        known = {field["id"]: field for field in fields}
        parts = []
        for name in (*(name for name in known if name in entered), *(sorted(entered.keys() - known.keys()))):
            field = known.get(name, {})
            titles = self._sets.get(field.get("answer_set", ""), {})
            title = field["title"][self._language] if field else name
            parts.append(f"{title}: {titles.get(entered[name], entered[name])}")
        return "; ".join(parts)


def _set_titles(handbook: Handbook, language: str) -> dict[str, dict[str, str]]:
    return {
        one.id: {answer["id"]: answer["title"][language] for answer in one.data["answers"]}
        for one in handbook.answer_sets
    }


def _line(
    section: str,
    item: Question,
    answer: Mapping[str, Any] | None,
    figures: Figures,
    form: ChecklistVersion,
    titles: _Titles,
    language: str,
    asked_by: str,
) -> Line:
    standing = figures.standings[item.id]
    given = answer or {"value": "", "note": "", "evidence": "", "justification": ""}
    role = form.answer_specs[item.id].alone.get(given["value"], "")
    gap = ROLE_GAPS.get(role, "") if standing in SETTLED_STATUSES else standing
    return Line(
        section=section,
        item=item.id,
        number=item.data["number"],
        question=plain_text(item.data["question"][language]) + (f" ({asked_by})" if item.local else ""),
        answer=titles.of(item.id, given),
        value=given["value"],
        standing=standing,
        gap="open" if standing == "open" else gap,
        note=given["note"],
        evidence=given["evidence"],
        justification=given["justification"],
        respondent=given.get("respondent", ""),
        office=plain_text(item.data["office"][language]) if "office" in item.data else "",
    )


def _orphan(
    name: str, answer: Mapping[str, Any], form: ChecklistVersion, titles: _Titles, language: str
) -> Line:
    item = form.questions.get(name)
    return Line(
        section="",
        item=name,
        number=item.data["number"] if item else "",
        question=plain_text(item.data["question"][language]) if item else name,
        answer=titles.of(name, answer),
        value=answer["value"],
        standing="orphan",
        gap="",
        note=answer["note"],
        evidence=answer["evidence"],
        justification=answer["justification"],
        respondent=answer.get("respondent", ""),
        office="",
    )
