from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.figure_table import AT_LEAST, FigureRow, FigureTable
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.result_patterns import ROUND
from tebiki.model.shared_constants import ANSWERED, UNANSWERED, WITHHELD
from tebiki.reading.schema import suggestion

_ROUND_OR_NONE = re.compile(f"({ROUND})?")


@rule("figures")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A table of published figures cannot be shown: it has other columns or values, or counts what does not exist.

    A file in ``content/figures`` is CSV in UTF-8, or Parquet, with the columns ``checklist``, ``round``, ``kind``,
    ``section``, ``item``, ``rev``, ``answer``, ``count``, ``withheld`` and ``at_least``, in this order. Each answer to
    a question is counted once for each round and kind. Where ``withheld`` is ``true``, another row counts what was
    withheld, with the answer ``withheld``. No count is smaller than ``at_least``, nor than five where persons answer
    the checklist. Sections and questions can be those of any version of the checklist. Let ``tebiki result aggregate`` write the file.
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
        cell = replace(row, count=0, withheld=False, at_least=1)
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
        self._sections: dict[str, set[str]] = {}
        self._places: dict[str, dict[str, set[str]]] = {}  # the sections of each question
        self._of_persons = handbook.checklists_of_persons
        for checklist in handbook.checklists:
            places = self._places.setdefault(checklist.id, {})
            self._sections.setdefault(checklist.id, set()).update(part.id for part in checklist.sections)
            for section in checklist.sections:
                for item in section.questions:
                    own = item.local and handbook.overlay
                    places.setdefault(item.id, set()).add(own.data["prefix"] if own else section.id)
        self._kinds = {"", WITHHELD, *(kind["id"] for kind in handbook.data.get("subject_kinds", ()))}
        self._answers = {ANSWERED, UNANSWERED, WITHHELD, *self._unreadable}
        for answer_set in handbook.answer_sets:
            self._answers |= answer_set.roles.keys()

    def problem(self, row: FigureRow) -> Message | None:
        """The first name of ``row`` that does not exist."""
        checklist = row.checklist
        if checklist in self._unreadable:
            return None
        if checklist not in self._sections:
            return _unknown("checklist", checklist, self._sections)
        if not _ROUND_OR_NONE.fullmatch(row.round):
            return Message("rules.figures.round", round=row.round)
        if row.kind not in self._kinds:
            return _unknown("kind", row.kind, self._kinds)
        if row.answer not in self._answers:
            return _unknown("answer", row.answer, self._answers)
        return self._misplaced(row) or self._small(row)

    def _misplaced(self, row: FigureRow) -> Message | None:
        sections, places = self._sections[row.checklist], self._places[row.checklist]
        if row.item and row.item not in places:
            return _unknown("question", row.item, places, checklist=row.checklist)
        if not row.item and row.section not in sections:
            return _unknown("section", row.section, sections, checklist=row.checklist)
        if row.item and row.section not in places[row.item]:
            names = tuple(sorted(places[row.item]))
            return Message("rules.figures.place", id=row.item, section=row.section, sections=names)
        return None

    def _small(self, row: FigureRow) -> Message | None:
        fewest = max(row.at_least, AT_LEAST if row.checklist in self._of_persons else 1)
        return (
            Message("rules.figures.small", count=row.count, fewest=fewest) if 0 < row.count < fewest else None
        )


def _unknown(key: str, id_: str, known: Iterable[str], **details: str) -> Message:
    return Message(f"rules.figures.{key}", id=id_, hint=suggestion(id_, sorted(known)), **details)
