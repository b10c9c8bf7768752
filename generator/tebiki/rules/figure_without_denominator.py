from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message


@rule("figure-without-denominator")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The figures of a survey do not say how many were asked.

    A number or a share means nothing without the number it is part of. Write ``denominator: 24``;
    where the source does not give it, write ``denominator_note`` and say so.
    """
    for item in handbook.items:
        if item.kind == "survey" and not {"denominator", "denominator_note"} & item.data.keys():
            message = Message("rules.figure-without-denominator.missing", id=item.id)
            yield Diagnostic(item.at, "figure-without-denominator", message)
