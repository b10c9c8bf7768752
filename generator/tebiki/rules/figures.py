from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.figure_table import FigureRow, FigureTable
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.shared_constants import ANSWERED, UNANSWERED, WITHHELD
from tebiki.reading.schema import suggestion

#: A period, as the schema of results has it.
_ROUND = re.compile(r"([0-9]{4}(-(0[1-9]|1[0-2]))?)?")


@rule("figures")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A table of published figures cannot be shown: it has other columns or values, or counts what does not exist.

    A file in ``content/figures`` is CSV in UTF-8, or Parquet, with the columns ``checklist``, ``round``, ``kind``,
    ``section``, ``item``, ``rev``, ``answer``, ``count`` and ``withheld``, in this order. Each answer to a question
    is counted once for each round and kind. Where ``withheld`` is ``true``, another row counts what was withheld, with
    the answer ``withheld``. Let ``tebiki result aggregate`` write the file.
    """
    for table in handbook.figures:
        if table.problem:
            line, message = table.problem
            yield Diagnostic(replace(table.at, line=line), "figures", message)
        elif problem := _first_problem(table, handbook):
            index, message = problem
            yield Diagnostic(table.place(index), "figures", message)


def _first_problem(table: FigureTable, handbook: Handbook) -> tuple[int, Message] | None:
    """The first row that cannot be right, and why: mistakes of a program are in all rows."""
    names = _Names(handbook)
    lines: dict[FigureRow, int] = {}
    marked: dict[FigureRow, int] = {}
    counted: dict[FigureRow, int] = {}
    for index, row in enumerate(table.rows):
        if message := names.problem(row):
            return index, message
        cell = replace(row, count=0, withheld=False)
        if cell in lines:
            return index, Message("rules.figures.twice", line=lines[cell])
        lines[cell] = table.place(index).line
        question = replace(cell, answer="")
        if row.withheld:
            marked.setdefault(question, index)
        if row.answer == WITHHELD:
            counted.setdefault(question, index)
    mistakes = [(marked[question], "uncounted") for question in marked.keys() - counted.keys()]
    mistakes += [(counted[question], "unmarked") for question in counted.keys() - marked.keys()]
    return min(((index, Message(f"rules.figures.{key}")) for index, key in mistakes), default=None)


class _Names:
    """What a row can name: in any version of a checklist, since old results are counted as well."""

    def __init__(self, handbook: Handbook) -> None:
        self._unreadable = handbook.unreadable_ids
        self._questions: dict[str, set[str]] = {}
        self._sections: dict[str, set[str]] = {}
        for checklist in handbook.checklists:
            self._questions.setdefault(checklist.id, set()).update(item.id for item in checklist.questions)
            self._sections.setdefault(checklist.id, set()).update(part.id for part in checklist.sections)
        self._kinds = {"", WITHHELD, *(kind["id"] for kind in handbook.data.get("subject_kinds", ()))}
        self._answers = {ANSWERED, UNANSWERED, WITHHELD, *self._unreadable}
        for answer_set in handbook.answer_sets:
            self._answers |= answer_set.roles.keys()

    def problem(self, row: FigureRow) -> Message | None:
        """The first name of ``row`` that does not exist."""
        checklist = row.checklist
        if checklist in self._unreadable:
            return None
        if checklist not in self._questions:
            return _unknown("checklist", checklist, self._questions)
        if not _ROUND.fullmatch(row.round):
            return Message("rules.figures.round", round=row.round)
        if row.kind not in self._kinds:
            return _unknown("kind", row.kind, self._kinds)
        if row.item and row.item not in self._questions[checklist]:
            return _unknown("question", row.item, self._questions[checklist], checklist=checklist)
        if not row.item and row.section not in self._sections[checklist]:
            return _unknown("section", row.section, self._sections[checklist], checklist=checklist)
        return None if row.answer in self._answers else _unknown("answer", row.answer, self._answers)


def _unknown(key: str, id_: str, known: Iterable[str], **details: str) -> Message:
    return Message(f"rules.figures.{key}", id=id_, hint=suggestion(id_, sorted(known)), **details)
