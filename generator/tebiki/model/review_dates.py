"""Which items and pages are due for review, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.item import Localized


@dataclass(frozen=True)
class Review:
    """When an item or page was last compared with its sources, and when its next review is due.

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
    """Return the items and pages with a date of review, those due first at the beginning."""
    dated = [review for review in _all_reviews(handbook) if review.review_by]
    return sorted(dated, key=lambda review: (review.review_by or "", review.id))


def count_without_review_date(handbook: Handbook) -> int:
    """Return the number of items and pages without a date of review."""
    return sum(review.review_by is None for review in _all_reviews(handbook))


def due(handbook: Handbook, on: str) -> list[Review]:
    """Return the reviews that are due on the day ``on`` (an ISO date) or earlier."""
    return [review for review in reviews(handbook) if (review.review_by or "") <= on]


def _all_reviews(handbook: Handbook) -> list[Review]:
    heads = [(item, item.title) for item in handbook.items]
    heads += [(page.head, page.title) for page in handbook.pages]
    return [
        Review(
            head.id, head.kind, title, head.data.get("owner"),
            head.data.get("last_reviewed"), head.data.get("review_by"), head.at,
        )
        for head, title in heads
    ]  # fmt: skip
