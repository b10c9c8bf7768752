"""Counts of answers of which some are withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tebiki.model.figure_table import FigureRow
from tebiki.model.shared_constants import WITHHELD


class Tally(dict[str, int]):
    """Counts by answer.

    Attributes:
        withheld: The answers of which some counts are withheld, so that their count is the least that it can be. With
            ``WITHHELD`` among them some who were asked are counted nowhere, and each answer can have more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.withheld: set[str] = set()

    def shown(self, answer: str) -> int | str:
        """Return a count as a table shows it: ``*`` if it is withheld, and ``≥`` before the least that it can be."""
        return _shown(self.get(answer, 0), not self.withheld.isdisjoint({answer, WITHHELD}))

    def shown_total(self) -> int | str:
        """Return the number of those who were asked, as ``shown`` returns counts."""
        return _shown(sum(self.values()), WITHHELD in self.withheld)

    def add(self, answer: str, count: int, withheld: bool) -> None:
        """Count an answer; ``withheld`` says whether a part of the count is withheld."""
        self[answer] = self.get(answer, 0) + count
        if withheld:
            self.withheld.add(answer)


def _shown(count: int, is_withheld: bool) -> int | str:
    return count if not is_withheld else f"≥ {count}" if count else "*"


def shown_count(counts: Mapping[str, int], answer: str) -> int | str:
    """Return a count as a table shows it, whether some counts can be withheld or not."""
    return counts.shown(answer) if isinstance(counts, Tally) else counts.get(answer, 0)


def item_counts(counts: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the counts of single questions."""
    return [count for count in counts if count.item]


def section_counts(counts: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the counts to add up for sections: those of their questions, or in rounds that count it as one, of the whole."""

    def section_of(count: FigureRow) -> tuple[str, str, str]:
        return count.checklist, count.section, count.round

    whole = {section_of(count) for count in counts if not count.item}
    return [count for count in counts if not count.item or section_of(count) not in whole]


def totals_by(counts: Sequence[FigureRow], *attributes: str) -> dict[tuple[Any, ...], Tally]:
    """Add up counts by answer.

    Args:
        counts: The counts to add up.
        attributes: Names of attributes of ``FigureRow`` to group by, such as ``section`` and ``kind``.

    Returns:
        The totals by answer for each combination of values of the attributes.
    """
    totals: dict[tuple[Any, ...], Tally] = {}
    for count in counts:
        tally = totals.setdefault(tuple(getattr(count, name) for name in attributes), Tally())
        tally.add(count.answer, count.count, count.withheld)
    return totals
