"""Export of an assessment as CSV and Markdown; ``xlsx`` makes a workbook of the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tebiki.model.markup import escape_markdown
from tebiki.model.shared_constants import ANSWER_COLUMNS
from tebiki.model.spreadsheet_text import rows_to_csv
from tebiki.results.assessment_record import Subject
from tebiki.results.assessment_view import AssessmentView, Line
from tebiki.results.list_features import feature_columns


def answer_rows(view: AssessmentView) -> list[list[str]]:
    """Return the heading, a row for each question that is asked, and a row for each orphan."""
    texts, sections = view.texts, dict(view.sections)

    def cell(line: Line, column: str) -> str:
        if column == "section":
            return sections.get(line.section, str(texts["orphans"]))
        return str(texts["standings"][line.status] if column == "standing" else getattr(line, column))

    columns = (*ANSWER_COLUMNS, *(column for column, _width in feature_columns(view.version)))
    rows = [[cell(line, column) for column in columns] for line in (*view.lines, *view.orphans)]
    return [[texts["columns"][column] for column in columns], *rows]


def provenance(view: AssessmentView, time_text: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """Return the provenance of an assessment as pairs of a name and a text; empty texts are left out.

    Args:
        view: The assessment.
        time_text: The text for a time of RFC 3339: reports show local time, data files the time itself.
    """
    record, names = view.record, view.texts["about"]
    respondents = dict.fromkeys(line.respondent for line in view.lines if line.respondent)
    pairs = [
        (names["checklist"], f"{view.title} ({record['checklist']['id']} {record['checklist']['version']})"),
        (names["label"], view.label),
        (names["kind"], view.kind),
        (names["round"], record["subject"].get("round", "")),
        (names["identifier"], _identifier_text(record["subject"], view.texts)),
        (names["status"], view.texts["statuses"]["complete" if view.figures.complete else "in-progress"]),
        (names["created"], time_text(record["created"])),
        (names["updated"], time_text(record["updated"])),
        (names["respondents"], ", ".join(respondents)),
        (names["id"], record["id"]),
        (names["handbook"], view.handbook),
        (names["checklist-digest"], record["checklist"]["digest"]),
        (names["digest"], record["digest"]),
    ]
    return [(name, text) for name, text in pairs if text]


def _identifier_text(subject: Subject, texts: Mapping[str, Any]) -> str:
    identifier = subject.get("identifier")
    return f"{texts['schemes'][identifier['scheme']]} {identifier['value']}" if identifier else ""


def to_csv(view: AssessmentView) -> bytes:
    """Return the rows of an assessment as CSV (see ``rows_to_csv``)."""
    return rows_to_csv(answer_rows(view))


def to_markdown(view: AssessmentView) -> bytes:
    """Return an assessment as Markdown, with a heading for each section and a list under each question."""
    texts = view.texts
    lines = [f"# {escape_markdown(view.title)}", ""]
    lines += [f"- {name}: {escape_markdown(text)}" for name, text in provenance(view)]
    for section, title in (*view.sections, ("", texts["orphans"])):
        questions = [line for line in (*view.lines, *view.orphans) if line.section == section]
        if questions:
            lines += ["", f"## {escape_markdown(title)}"]
        for question in questions:
            heading = f"{question.number} {question.question}".strip()
            lines += ["", f"### {escape_markdown(heading)}", ""]
            lines += [f"- {name}: {_inline(text)}" for name, text in _details(question, texts) if text]
    if view.applied:
        lines += ["", f"## {texts['report']['results']}", ""]
        for result in view.applied:
            because = texts["report"]["because"].format(numbers=", ".join(result.questions))
            lines.append(f"- {_inline(' / '.join([result.title, because, *result.sources]))}")
    if view.record["actions"]:
        lines += ["", f"## {texts['sheets']['actions']}", ""]
        for action in view.record["actions"]:
            state = texts["action-states"][action["state"]]
            details = " / ".join(filter(None, [action["item"], action["owner"], action["due"], state]))
            lines.append(f"- {_inline(action['text'])} ({_inline(details)})")
    return ("\n".join(lines) + "\n").encode()


def _details(line: Line, texts: Mapping[str, Any]) -> list[tuple[str, str]]:
    names = texts["columns"]
    return [
        (names["answer"], line.answer or texts["unanswered"]),
        (names["justification"], line.justification),
        (names["note"], line.note),
        (names["evidence"], line.evidence),
        (names["respondent"], line.respondent),
        (names["level"], line.level),
        (names["advice"], line.advice),
    ]


def _inline(text: str) -> str:
    """A text on one line of Markdown, with slashes between its lines."""
    return " / ".join(escape_markdown(part) for part in text.splitlines() if part.strip())
