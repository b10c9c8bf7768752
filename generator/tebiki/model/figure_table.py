"""Published figures over many results: the tables in ``content/figures``, which ``tebiki result aggregate`` writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

from tebiki.model.message import Message, MessageError

#: Where the tables are.
FIGURES_FOLDER = "content/figures/"


@dataclass(frozen=True, order=True)
class FigureRow:
    """How many assessments of one round and kind gave one answer to one revision of a question.

    The attributes are the columns of a table of figures.

    Attributes:
        checklist: The id of the checklist.
        round: The round of the assessments; empty if the files do not state it.
        kind: The kind of their subjects; empty if the files do not state it.
        section: The id of the section.
        item: The id of the question; empty for a section that is one question in several parts.
        rev: The revision of the question.
        answer: The id of an answer, ``answered`` (if it is not a choice) or ``unanswered``.
        count: The number of assessments; if ``withheld`` is true, the least that it can be.
        withheld: Whether more assessments gave this answer, which are counted under the answer ``withheld``.
    """

    checklist: str
    round: str
    kind: str
    section: str
    item: str
    rev: int
    answer: str
    count: int
    withheld: bool = False


#: The columns of a table, in their order.
FIGURE_COLUMNS = tuple(column.name for column in fields(FigureRow))


class FigureTableError(MessageError):
    """A table of figures cannot be read; ``line`` is the line of the file."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_figure_table(raw: bytes) -> list[FigureRow]:
    """Return the rows of a table of figures.

    Args:
        raw: The content of the file: CSV in UTF-8 whose first row has the columns of ``FigureRow``, in their order.

    Raises:
        FigureTableError: The file has other columns, or a value that its column cannot have.
    """
    reader = csv.reader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline=""), strict=True)
    try:
        return list(_rows(reader))
    except csv.Error as error:
        raise FigureTableError(Message("rules.figures.csv", reason=str(error)), reader.line_num) from error


def write_figure_table(rows: list[FigureRow]) -> str:
    """Return rows as CSV (RFC 4180) with the columns of ``FigureRow``; a withheld count is empty if nothing is known."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow(FIGURE_COLUMNS)
    for row in rows:
        count = "" if row.withheld and not row.count else row.count
        table.writerow((*astuple(row)[:-2], count, "true" if row.withheld else "false"))
    return stream.getvalue()


def _rows(reader: Iterator[list[str]]) -> Iterator[FigureRow]:
    expected = ",".join(FIGURE_COLUMNS)
    heading = next(reader, [])
    if tuple(heading) != FIGURE_COLUMNS:
        raise FigureTableError(Message("rules.figures.columns", columns=expected), 1)
    for line, cells in enumerate(reader, 2):
        if len(cells) != len(heading):
            raise FigureTableError(Message("rules.figures.columns", columns=expected), line)
        checklist, round_, kind, section, item, rev, answer, count, withheld = cells
        if withheld not in ("true", "false") or not (_is_number(count) or (not count and withheld == "true")):
            raise FigureTableError(Message("rules.figures.value", value=count or withheld), line)
        if not _is_number(rev):
            raise FigureTableError(Message("rules.figures.value", value=rev), line)
        yield FigureRow(
            checklist, round_, kind, section, item, int(rev), answer, int(count or 0), withheld == "true"
        )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
