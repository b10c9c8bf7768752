"""Published figures over many results: the tables in ``content/figures``, which ``tebiki result aggregate`` writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace

from tebiki.model.diagnostics import Place
from tebiki.model.message import Message, MessageError

#: Where the tables are.
FIGURES_FOLDER = "content/figures/"
#: The endings of their files, without the dot.
TABLE_ENDINGS = ("csv", "parquet")
#: The fewest institutions that a published figure counts, unless somebody says otherwise, and the fewest persons.
AT_LEAST = 5


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
        at_least: The fewest institutions, or persons, that a figure of the checklist counts; with 1 none is withheld.
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
    at_least: int = 1


#: The columns of a table, in their order.
FIGURE_COLUMNS = tuple(column.name for column in fields(FigureRow))


@dataclass(frozen=True)
class FigureTable:
    """A file in ``content/figures``.

    Attributes:
        name: Its path below this folder, without ending.
        at: The place of the file.
        rows: The rows of the table; none if it cannot be read.
        first_line: The line of the first row. In a Parquet file the rows are the lines.
        problem: The line and the reason why it cannot be read; None if it can.
    """

    name: str
    at: Place
    rows: tuple[FigureRow, ...] = ()
    first_line: int = 2
    problem: tuple[int, Message] | None = None

    def place(self, index: int) -> Place:
        """Return the place of the row at ``index``."""
        return replace(self.at, line=self.first_line + index)


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
        if tuple(next(reader, ())) != FIGURE_COLUMNS:
            raise other_columns(1)
        return list(figure_rows(reader, 2))
    except csv.Error as error:
        raise FigureTableError(Message("rules.figures.csv"), reader.line_num) from error


def figure_rows(rows: Iterable[Sequence[str]], first_line: int) -> Iterator[FigureRow]:
    """Yield rows of text as rows of figures.

    Args:
        rows: The cells of each row, in the order of the columns.
        first_line: The line of the first row.

    Raises:
        FigureTableError: A row has another number of cells, or a value that its column cannot have.
    """
    for line, cells in enumerate(rows, first_line):
        if len(cells) != len(FIGURE_COLUMNS):
            raise other_columns(line)
        checklist, round_, kind, section, item, rev, answer, count, withheld, at_least = cells
        if withheld not in ("true", "false"):
            raise FigureTableError(Message("rules.figures.mark", value=withheld), line)
        if not (_is_number(count) or (not count and withheld == "true")):
            raise FigureTableError(Message("rules.figures.count", value=count), line)
        if not _is_number(rev):
            raise FigureTableError(Message("rules.figures.revision", value=rev), line)
        if not _is_number(at_least) or int(at_least) < 1:
            raise FigureTableError(Message("rules.figures.limit", value=at_least), line)
        names = checklist, round_, kind, section, item, int(rev), answer
        yield FigureRow(*names, int(count or 0), withheld == "true", int(at_least))


def other_columns(line: int) -> FigureTableError:
    """Return the error that a table, or one of its rows, has other columns."""
    return FigureTableError(Message("rules.figures.columns", columns=",".join(FIGURE_COLUMNS)), line)


def write_figure_table(rows: Iterable[FigureRow]) -> str:
    """Return rows as CSV (RFC 4180) with the columns of ``FigureRow``; a withheld count is empty if nothing is known."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow(FIGURE_COLUMNS)
    for row in rows:
        *names, count, withheld, at_least = astuple(row)
        shown = "" if withheld and not count else count
        table.writerow((*names, shown, "true" if withheld else "false", at_least))
    return stream.getvalue()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
