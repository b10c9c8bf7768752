from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message


@rule("contradiction-one-sided")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """An entry on contradicting sources does not show both sides, or its sides say the same.

    A reader has to see what each document says, with its date, to follow why one prevails. Write at
    least two entries under ``sides``, each with ``text``, ``date`` and ``sources``. Where only one
    document says something, this is no contradiction: write it as an item of another kind.
    """
    for item in handbook.items:
        if item.kind != "contradiction":
            continue
        sides = item.data.get("sides", ())
        positions = getattr(item.data, "positions", {})
        at = Place(item.at.file, *positions["sides"]) if "sides" in positions else item.at
        if len(sides) < 2:
            message = Message("rules.contradiction-one-sided.missing", id=item.id, count=len(sides))
            yield Diagnostic(at, "contradiction-one-sided", message)
        elif all(side["text"] == sides[0]["text"] for side in sides):
            message = Message("rules.contradiction-one-sided.same", id=item.id)
            yield Diagnostic(at, "contradiction-one-sided", message)
