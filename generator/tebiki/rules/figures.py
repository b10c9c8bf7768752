from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.figure_table import FigureTableError, read_figure_table
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message


@rule("figures")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A table of published figures has other columns or values than a page can show, or is of an unknown checklist.

    A file in ``content/figures`` is CSV in UTF-8 with the columns ``checklist``, ``round``, ``kind``, ``section``,
    ``item``, ``rev``, ``answer``, ``count`` and ``withheld``, in this order. Let ``tebiki result aggregate`` write it.
    """
    checklists = {checklist.id for checklist in handbook.checklists}
    for file in handbook.figures:
        if not file.path.endswith(".csv"):
            yield Diagnostic(file.at, "figures", Message("rules.figures.ending"))
            continue
        try:
            rows = read_figure_table(file.raw)
        except FigureTableError as error:
            yield Diagnostic(Place(file.at.file, error.line), "figures", error.message)
            continue
        for line, row in enumerate(rows, 2):
            if row.checklist not in checklists:
                message = Message("rules.figures.checklist", checklist=row.checklist)
                yield Diagnostic(Place(file.at.file, line), "figures", message)
                break
