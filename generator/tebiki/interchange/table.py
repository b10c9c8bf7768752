"""A checklist as a table of texts, whatever file it came from or goes into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tebiki.interchange.columns import ROW_KINDS, is_localized
from tebiki.model.message import Message


@dataclass(frozen=True)
class Row:
    """A row: its number in the file, and the text of each cell that is not empty, by the key of its column."""

    number: int
    cells: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The kind of the row, a key of ``columns.ROW_KINDS``."""
        return self.cells.get("row", "")

    def texts(self, column: str) -> dict[str, str]:
        """Return the cells of a column that exists for each language, by language."""
        prefix = f"{column}."
        return {key.removeprefix(prefix): text for key, text in self.cells.items() if key.startswith(prefix)}


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        columns: The keys of the columns that it has, such as ``id`` and ``title.ja``. The value of a column
            that it does not have is not known; that of an empty cell is none.
        rows: The rows without the heading.
        places: The name of each column in the file, such as "C".
        kinds: The kinds of rows that such a file can hold.
        names: What a row is called where the file has no rows.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset(ROW_KINDS)
    names: Mapping[int, str] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        """Return whether the table has ``column``, in any language."""
        return any(
            key == column or (is_localized(column) and key.startswith(f"{column}.")) for key in self.columns
        )

    def cell_name(self, row: int, column: str | None) -> str:
        """Return the name of a cell, such as ``C5``, or the number of the row where the column is not known."""
        if row in self.names:
            return self.names[row]
        key = next((key for key in self.places if column in (key, key.partition(".")[0])), None)
        return f"{self.places[key]}{row}" if key else str(row)


class Problem(NamedTuple):
    """Why a row is refused, or what is not taken from it.

    Attributes:
        row: The number of the row; 0 for the whole file.
        column: The column, if it is one cell.
        reason: A key of ``problems`` in ``interchange.yml``.
        details: What the message names.
        why: A message about it from the rest of the program.
    """

    row: int
    column: str | None
    reason: str
    details: Mapping[str, str]
    why: Message | str = ""


class TableError(ValueError):
    """A file cannot be read as a table at all; then nothing of it is taken."""

    def __init__(self, reason: str, cell: str = "", **details: str) -> None:
        """Keep the reason.

        Args:
            reason: A key of ``files`` in ``interchange.yml``.
            cell: The name of the cell, if it is one.
            details: What the message names.
        """
        super().__init__(reason)
        self.reason, self.cell, self.details = reason, cell, details
