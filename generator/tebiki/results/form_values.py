"""The texts that an assessment puts in place of the marks of a form.

``browser/assessment/form-values.ts`` does the same; ``tests/vectors/form-values.json`` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tebiki.model.form_template import FormTemplate
from tebiki.model.handbook import Handbook
from tebiki.results.assessment_record import Answer, Row
from tebiki.results.assessment_view import AssessmentView, LineBuilder

#: Answers of this status are not filled in, because a person has to confirm them first.
_UNCONFIRMED = "to-confirm"


@dataclass(frozen=True)
class FormDocument:
    """The texts of one document.

    Attributes:
        texts: The text of each mark that stands for the whole document.
        rows: For each question with rows the texts of its marks, row by row; one row of empty texts where there is
            none.
        numbers: The marks that stand for the answer to a question for a number.
    """

    texts: Mapping[str, str]
    rows: Mapping[str, Sequence[Mapping[str, str]]]
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FormValues:
    """What fills a form.

    Attributes:
        documents: The documents, at least one.
        unconfirmed: The numbers of the questions whose answers are left out until a person confirms them.
    """

    documents: tuple[FormDocument, ...]
    unconfirmed: tuple[str, ...]


def form_values(view: AssessmentView, template: FormTemplate, handbook: Handbook) -> FormValues:
    """Return what fills a form.

    Args:
        view: The assessment, under the version of the checklist that the template maps.
        template: The template, without errors.
        handbook: The handbook.

    Returns:
        The texts of one document, or of one for each row of ``template.each``. What is not asked, not answered or not
        confirmed is empty, or not ticked.
    """
    return _Values(view, template, handbook).values()


class _Values:
    def __init__(self, view: AssessmentView, template: FormTemplate, handbook: Handbook) -> None:
        self._view = view
        self._template = template
        self._builder = LineBuilder(view.version, handbook, view.language)
        statuses = view.figures.statuses
        self._unconfirmed = {id_ for id_, status in statuses.items() if status == _UNCONFIRMED}
        self._answers: dict[str, Answer] = {
            id_: answer
            for id_, answer in view.record["answers"].items()
            if id_ in statuses and id_ not in self._unconfirmed
        }

    def values(self) -> FormValues:
        each, questions = self._template.each, self._used_questions()
        unconfirmed = tuple(
            line.number for line in self._view.lines if line.item in self._unconfirmed & questions
        )
        rows: Sequence[Row | None] = self._rows(each) if each else ()
        documents = tuple(self._document(row, position) for position, row in enumerate(rows or (None,), 1))
        return FormValues(documents, unconfirmed)

    def _used_questions(self) -> set[str]:
        each = self._template.data.get("each", {})
        sources = [each, *each.get("rows", ()), *self._template.marks.values()]
        return {entry["question"] for entry in sources if "question" in entry}

    def _document(self, row: Row | None, position: int) -> FormDocument:
        texts: dict[str, str] = {}
        by_question: dict[str, dict[str, Mapping[str, Any]]] = {}
        for mark, source in self._template.marks.items():
            question = self._template.row_question(mark)
            if question is not None:
                by_question.setdefault(question, {})[mark] = source
            elif "field" in source or "position" in source:
                texts[mark] = self._row_text(source, row, position)
            else:
                texts[mark] = self._text(source)
        rows = {
            question: [
                {mark: self._row_text(source, entry, number) for mark, source in marks.items()}
                for number, entry in enumerate(self._rows_for(question, row) or (None,), 1)
            ]
            for question, marks in by_question.items()
        }
        return FormDocument(texts, rows, self._numbers())

    def _numbers(self) -> frozenset[str]:
        return frozenset(
            mark
            for mark, source in self._template.marks.items()
            if not source.keys() & {"tick", "text", "assessment"} and self._type(source) == "number"
        )

    def _type(self, source: Mapping[str, Any]) -> str:
        if "position" in source:
            return "number"
        spec = self._view.version.answer_specs[source["question"]]
        fields = {field.id: field.type for field in spec.fields}
        return fields[source["field"]] if "field" in source else spec.type

    def _rows(self, question: str) -> list[Row]:
        answer = self._answers.get(question)
        content = answer.get("content", "") if answer and not answer["value"] else ""
        return [entry for entry in content if not isinstance(entry, str)] if isinstance(content, list) else []

    def _rows_for(self, question: str, row: Row | None) -> Sequence[Row | None]:
        """The rows of ``question`` that belong to the document of ``row``."""
        rows = self._rows(question)
        each = self._template.data.get("each", {})
        for reference in each.get("rows", ()):
            if reference["question"] == question:
                key = row["fields"].get(each["field"], "") if row else ""
                rows = [entry for entry in rows if key and entry["fields"].get(reference["field"]) == key]
        return rows

    def _row_text(self, source: Mapping[str, Any], row: Row | None, position: int) -> str:
        if "position" in source:
            return str(position) if row else ""
        field = source["field"]
        if "tick" in source:
            return self._tick(row is not None and row["fields"].get(field) == source["tick"])
        return (
            self._builder.field_text(source["question"], field, row["fields"].get(field, "")) if row else ""
        )

    def _text(self, source: Mapping[str, Any]) -> str:
        if "assessment" in source:
            return self._assessment(source["assessment"])
        answer = self._answers.get(source["question"])
        if "tick" in source:
            content = answer.get("content", "") if answer and not answer["value"] else ""
            chosen = answer["value"] if answer else ""
            return self._tick(
                source["tick"] == chosen or (isinstance(content, list) and source["tick"] in content)
            )
        if answer is None:
            return ""
        if "text" in source:
            name: Literal["note", "evidence", "justification"] = source["text"]
            return answer[name]
        return self._builder.answer_text(source["question"], answer)

    def _assessment(self, name: str) -> str:
        subject = self._view.record["subject"]
        if name == "label":
            return subject["label"]
        return self._view.kind if name == "kind" else subject.get("round", "")

    def _tick(self, is_ticked: bool) -> str:
        return self._template.ticks[0 if is_ticked else 1]
