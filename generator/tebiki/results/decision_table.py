"""The table in which several respondents settle what their answers do not agree on."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tebiki.results.assessment_view import plain_text
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.export import rows_to_csv
from tebiki.results.merge import Decision, MergedItem, settled_content
from tebiki.results.record import Record

_MAX_BYTES = 20_000_000


class DecisionTableError(ValueError):
    """A row of the table cannot be used; the text says which, why, and what to do."""


def decision_table(
    joined: Sequence[MergedItem],
    records: Sequence[Record],
    form: ChecklistVersion,
    language: str,
    t: Mapping[str, Any],
) -> bytes:
    """A CSV file: each question with the answer in each record, and two empty columns to decide in."""
    names, told = t["columns"], t["merge"]
    labels = [record["subject"]["label"] or str(number) for number, record in enumerate(records, 1)]
    rows = [
        [
            names["item"],
            names["question"],
            names["standing"],
            *labels,
            told["consensus"],
            told["consensus-reason"],
        ]
    ]
    for one in joined:
        data = form.questions[one.item].data
        question = f"{data['number']} {plain_text(data['question'][language])}"
        rows.append([one.item, question, t["joined"][one.state], *one.values, "", ""])
    return rows_to_csv(rows)


def read_decisions(
    file: Path, form: ChecklistVersion, records: Sequence[Record], t: Mapping[str, Any]
) -> dict[str, Decision]:
    """The decisions on ``records`` in a table that was filled in, by item id.

    Raises DecisionTableError and takes nothing when a row cannot be used.
    """
    told = t["merge"]
    columns = (t["columns"]["item"], told["consensus"], told["consensus-reason"])

    def refuse(row: int, why: str, **details: str) -> DecisionTableError:
        return DecisionTableError(
            told["decision-row"].format(file=file, row=row, why=told[why].format(**details))
        )

    with file.open("rb") as stream:
        raw = stream.read(_MAX_BYTES)
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        rows = []
    wanted = dict(zip(("item", "answer", "reason"), columns, strict=True))
    if not rows or not set(columns) <= set(rows[0]):
        raise refuse(1, "decision-columns", **wanted)
    places = [rows[0].index(column) for column in columns]
    found: dict[str, Decision] = {}
    for number, row in enumerate(rows[1:], 2):
        item, value, reason = (row[place].strip() if place < len(row) else "" for place in places)
        if not value and not reason:
            continue
        if not form.is_asked(item):
            raise refuse(number, "decision-item", item=item)
        given = [record["answers"].get(item) for record in records]
        is_taken_over = settled_content(Decision(value, reason), given) is not None
        if not is_taken_over and value not in form.answer_specs[item].alone:
            raise refuse(number, "decision-answer", item=item, answer=value)
        if not reason:
            raise refuse(number, "decision-reason", item=item)
        found[item] = Decision(value, reason)
    return found
