from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of


@rule("cell-without-date")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A cell of a comparison does not say for which date it holds.

    What is compared, such as countries, changes at different times, so each statement in the table needs a
    date. Add ``as_of`` with the date for which the source makes the statement: ``2025``, ``2025-05`` or
    ``2025-05-26``.
    """
    for item in handbook.items:
        for cell in item.data.get("cells", ()):
            if "as_of" not in cell:
                at = place_of(cell, "dimension", item.at.file)
                message = Message("rules.cell-without-date.missing", dimension=cell["dimension"], id=item.id)
                yield Diagnostic(at, "cell-without-date", message)
