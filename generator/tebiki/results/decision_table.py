"""The table in which several respondents settle their disagreements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tebiki.model.answer_status import is_written
from tebiki.model.spreadsheet_text import rows_to_csv
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.assessment_view import LineBuilder, plain_text, shortened
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.merge import Decision, MergedItem, decided_content
from tebiki.results.table_file import NoTableError, comparable_heading, fold_width, read_table

_MAX_BYTES = 20_000_000


class DecisionTableError(ValueError):
    """A row of the table cannot be used; the message says which, why, and what to do."""


def decision_table(
    items: Sequence[MergedItem],
    records: Sequence[AssessmentRecord],
    version: ChecklistVersion,
    lines: LineBuilder,
    language: str,
    texts: Mapping[str, Any],
) -> bytes:
    """Make the table of the answers in all records, with two empty columns for the decision and its reason.

    Args:
        items: The state of each question, as ``merge`` returns it.
        records: The records that were merged, in the same order.
        version: The checklist version of the records.
        lines: Words contents in that language.
        language: The language of the questions.
        texts: The texts of ``result.yml`` in that language.

    Returns:
        The content of a CSV file.
    """
    columns, messages = texts["columns"], texts["merge"]
    labels = [record["subject"]["label"] or str(number) for number, record in enumerate(records, 1)]
    heading = [columns["item"], columns["question"], columns["standing"], *labels]
    rows = [[*heading, messages["consensus"], messages["consensus-reason"]]]
    for item in items:
        asked = version.questions[item.item]
        question = f"{asked.number} {plain_text(asked.data['question'][language])}"
        values = given_answers(item, records, lines)
        rows.append([item.item, question, texts["joined"][item.state], *values, "", ""])
    return rows_to_csv(rows)


def given_answers(
    item: MergedItem, records: Sequence[AssessmentRecord], lines: LineBuilder
) -> tuple[str, ...]:
    """Return what each respondent answered: the id of the chosen answer, or what was entered instead.

    Args:
        item: The state of the question.
        records: The records that were merged, in the same order.
        lines: Words contents in one language.
    """
    answers = [record["answers"].get(item.item) for record in records]
    return tuple(
        lines.answer_text(item.item, answer) if answer and not answer["value"] and value else value
        for value, answer in zip(item.values, answers, strict=True)
    )


def merge_lines(
    items: Sequence[MergedItem],
    records: Sequence[AssessmentRecord],
    lines: LineBuilder,
    texts: Mapping[str, Any],
) -> Iterator[str]:
    """Yield a line for each question on which the respondents do not agree, or that not all have answered.

    Args:
        items: The state of each question, as ``merge`` returns it.
        records: The records that were merged, in the same order.
        lines: Words contents in one language.
        texts: The texts of ``result.yml`` in that language.
    """
    for item in items:
        if item.state != "agreed" or item.partial:
            partial = f" ({texts['merge']['partial']})" if item.partial else ""
            values = ", ".join(shortened(value) or "–" for value in given_answers(item, records, lines))
            yield f"  {item.item}: {texts['joined'][item.state]}{partial}: {values}"


def read_decisions(
    file: Path, version: ChecklistVersion, records: Sequence[AssessmentRecord], texts: Mapping[str, Any]
) -> dict[str, Decision]:
    """Read the decisions from a table that was filled in.

    Args:
        file: The table as text, as ``decision_table`` makes it or a spreadsheet program saved it.
        version: The checklist version of the records.
        records: The records that the table was made of.
        texts: The texts of ``result.yml`` in the language of the table.

    Returns:
        The decisions by question id.

    Raises:
        DecisionTableError: A row cannot be used; then no decision is taken.
    """
    messages = texts["merge"]
    columns = (texts["columns"]["item"], messages["consensus"], messages["consensus-reason"])

    def refuse(row: int, reason: str, **details: str) -> DecisionTableError:
        why = messages[reason].format(**details)
        return DecisionTableError(messages["decision-row"].format(file=file, row=row, why=why))

    with file.open("rb") as stream:
        raw = stream.read(_MAX_BYTES)
    try:
        rows = read_table(raw, columns)
    except NoTableError as error:
        kind = texts["tables"][str(error)]
        raise DecisionTableError(messages["decision-kind"].format(file=file, kind=kind)) from error
    titles = [comparable_heading(title) for title in rows[0]] if rows else []
    if not set(columns) <= set(titles):
        raise refuse(1, "decision-columns", **dict(zip(("item", "answer", "reason"), columns, strict=True)))
    positions = [titles.index(column) for column in columns]
    decisions: dict[str, Decision] = {}
    for number, row in enumerate(rows[1:], 2):
        item, value, reason = (row[position].strip() if position < len(row) else "" for position in positions)
        if not value and not reason:
            continue
        item, value = fold_width(item), fold_width(value)
        if not version.is_asked(item):
            raise refuse(number, "decision-item", item=item)
        given = [record["answers"].get(item) for record in records]
        has_content = decided_content(Decision(value, reason), given) is not None
        if not has_content and value not in version.answer_specs[item].exclusive:
            raise refuse(number, "decision-answer", item=item, answer=value)
        if not is_written(reason):
            raise refuse(number, "decision-reason", item=item)
        decisions[item] = Decision(value, reason)
    return decisions
