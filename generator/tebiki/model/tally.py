"""Counts of answers of which some are withheld."""

from __future__ import annotations

from tebiki.model.shared_constants import WITHHELD


class Tally(dict[str, int]):
    """Counts by answer.

    Attributes:
        withheld: The answers of which some counts are withheld, so that their count is the least that it can be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.withheld: set[str] = set()

    def shown(self, answer: str) -> int | str:
        """Return a count as a table shows it: ``*`` if it is withheld, and ``≥`` before the least that it can be."""
        count = self.get(answer, 0)
        return count if answer not in self.withheld else f"≥ {count}" if count else "*"

    def shown_total(self) -> int | str:
        """Return the number of those who were asked, as ``shown`` returns counts."""
        total = sum(self.values())
        return total if WITHHELD not in self.withheld else f"≥ {total}" if total else "*"

    def add(self, answer: str, count: int, withheld: bool) -> None:
        """Count an answer; ``withheld`` says whether a part of the count is withheld."""
        self[answer] = self.get(answer, 0) + count
        if withheld:
            self.withheld.add(answer)
