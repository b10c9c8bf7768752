"""review: which items and pages are due to be looked at again, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.item import Localized


@dataclass(frozen=True)
class Review:
    """When an item or page was last compared with its sources, and when that is due again.

    ``owner`` is an id of ``owners`` in content/handbook.yml, or None; the days are ISO dates or None.
    """

    id: str
    kind: str
    title: Localized
    owner: str | None
    last_reviewed: str | None
    review_by: str | None
    at: Place


def reviews(handbook: Handbook) -> list[Review]:
    """Every item and page that says when it is to be looked at again, the first due first."""
    found = [one for one in _all(handbook) if one.review_by]
    return sorted(found, key=lambda one: (one.review_by or "", one.id))


def count_without_review_date(handbook: Handbook) -> int:
    """How many items and pages do not say when they are to be looked at again."""
    return sum(one.review_by is None for one in _all(handbook))


def due(handbook: Handbook, on: str) -> list[Review]:
    """Those whose day is ``on`` (an ISO date) or earlier."""
    return [one for one in reviews(handbook) if (one.review_by or "") <= on]


def _all(handbook: Handbook) -> list[Review]:
    heads = [(item, item.title) for item in handbook.items]
    heads += [(page.head, page.title) for page in handbook.pages]
    return [
        Review(
            head.id, head.kind, title, head.data.get("owner"),
            head.data.get("last_reviewed"), head.data.get("review_by"), head.at,
        )
        for head, title in heads
    ]  # fmt: skip
