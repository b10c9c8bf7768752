from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of

_ROUNDING = 1  # shares that are each rounded may add up to a little more than 100


@rule("figure-sum")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The figures of a question add up to more than were asked, or to more than 100 %.

    A chart shows each question as a bar, whose length is the number of people asked. Check the figures and
    the denominator against the source. Where a person could give several answers, make each answer a
    question of its own.
    """
    for item in handbook.items:
        if item.kind != "survey":
            continue
        percent = item.data["unit"] == "percent"
        most = 100 + _ROUNDING if percent else item.data.get("denominator")
        for part in item.parts:
            total = sum(part.data["figures"].values())
            if most is not None and total > most:
                at = place_of(part.data, "figures", item.at.file)
                message = (
                    Message("rules.figure-sum.percent", total=total)
                    if percent
                    else Message("rules.figure-sum.denominator", total=total, most=most)
                )
                yield Diagnostic(at, "figure-sum", message)
