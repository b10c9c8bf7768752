"""One assessment as a table for other programs: CSV and Markdown; ``xlsx`` makes a workbook of the same rows, in the chosen language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from tebiki.model.markup import escape_markdown
from tebiki.model.shared_constants import ANSWER_COLUMNS
from tebiki.model.spreadsheet_text import escape_formula
from tebiki.results.assessment_view import AssessmentView, Line


def answer_rows(view: AssessmentView) -> list[list[str]]:
    """The heading, a row for each question that is asked, and one for each answer set aside."""
    t, sections = view.t, dict(view.sections)

    def cell(line: Line, column: str) -> str:
        if column == "section":
            return sections.get(line.section, str(t["orphans"]))
        return str(t["standings"][line.standing] if column == "standing" else getattr(line, column))

    rows = [[cell(line, column) for column in ANSWER_COLUMNS] for line in (*view.lines, *view.orphans)]
    return [[t["columns"][column] for column in ANSWER_COLUMNS], *rows]


def provenance(view: AssessmentView) -> list[tuple[str, str]]:
    """What the assessment is, as pairs of a name and a text: the provenance of every export."""
    record, t = view.record, view.t["about"]
    pairs = [
        (t["checklist"], f"{view.title} ({record['checklist']['id']} {record['checklist']['version']})"),
        (t["label"], view.label),
        (t["kind"], view.kind),
        (t["round"], record["subject"].get("round", "")),
        (t["status"], view.t["statuses"]["complete" if view.figures.complete else "in-progress"]),
        (t["created"], record["created"]),
        (t["updated"], record["updated"]),
        (t["respondents"], ", ".join(dict.fromkeys(one.respondent for one in view.lines if one.respondent))),
        (t["id"], record["id"]),
        (t["handbook"], f"{record['handbook']['id']} {record['handbook']['version']}"),
        (t["checklist-digest"], record["checklist"]["digest"]),
        (t["digest"], record["digest"]),
    ]
    return [(name, text) for name, text in pairs if text]


def to_csv(view: AssessmentView) -> bytes:
    """A CSV file (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets need it."""
    return rows_to_csv(answer_rows(view))


def rows_to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([escape_formula(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_markdown(view: AssessmentView) -> bytes:
    """Markdown with one heading for each section and a list under each question."""
    t = view.t
    out = [f"# {escape_markdown(view.title)}", ""]
    out += [f"- {name}: {escape_markdown(text)}" for name, text in provenance(view)]
    for section, title in (*view.sections, ("", t["orphans"])):
        lines = [line for line in (*view.lines, *view.orphans) if line.section == section]
        if not lines:
            continue
        out += ["", f"## {escape_markdown(title)}"]
        for line in lines:
            out += ["", f"### {escape_markdown(f'{line.number} {line.question}'.strip())}", ""]
            out += [f"- {name}: {_inline(text)}" for name, text in _parts(line, t) if text]
    if view.record["actions"]:
        out += ["", f"## {t['sheets']['actions']}", ""]
        for one in view.record["actions"]:
            details = [one["item"], one["owner"], one["due"], t["action-states"][one["state"]]]
            out.append(f"- {_inline(one['text'])} ({_inline(' / '.join(filter(None, details)))})")
    return ("\n".join(out) + "\n").encode()


def _parts(line: Line, t: Any) -> list[tuple[str, str]]:
    names = t["columns"]
    return [
        (names["answer"], line.answer or t["unanswered"]),
        (names["justification"], line.justification),
        (names["note"], line.note),
        (names["evidence"], line.evidence),
        (names["respondent"], line.respondent),
    ]


def _inline(text: str) -> str:
    """A person's text on one line of Markdown; its lines are divided by slashes."""
    return " / ".join(escape_markdown(part) for part in text.splitlines() if part.strip())
