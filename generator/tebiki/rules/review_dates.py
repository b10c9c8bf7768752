from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of


@rule("review-dates")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The next review of an item or a page is due before its last review.

    ``review_by`` is the day by which its owner reviews it again. Set it to a day after
    ``last_reviewed``.
    """
    heads: list[Any] = [*handbook.items, *(page.head for page in handbook.pages)]
    for head in heads:
        last, due = head.data.get("last_reviewed"), head.data.get("review_by")
        if last and due and due <= last:
            place = place_of(head.data, "review_by", head.at.file)
            message = Message("rules.review-dates.order", due=due, last=last)
            yield Diagnostic(place, "review-dates", message)
