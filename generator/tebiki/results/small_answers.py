"""Small answers in a row of counts, and those that have to be put together with them: see ``withhold``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tebiki.model.shared_constants import WITHHELD

#: The counts of a row by answer.
Cells = dict[str, int]


def put_together(cells: Mapping[str, int], answers: Iterable[str]) -> Cells:
    """Return cells of which some are one cell, ``WITHHELD``."""
    small = set(answers)
    total = sum(count for answer, count in cells.items() if answer in small)
    rest = {answer: count for answer, count in cells.items() if answer not in small}
    return {**rest, WITHHELD: total} if total else rest


def small_answers(
    cells: Mapping[str, int], limit: int, small: frozenset[str] = frozenset()
) -> frozenset[str] | None:
    """Return the answers of a row to put together.

    Args:
        cells: The counts of the row.
        limit: The fewest that a count may be.
        small: Answers that are to be put together in any case.

    Returns:
        The answers, none if nothing is small; None if the row may not be counted.
    """
    given = {answer: count for answer, count in cells.items() if count}
    if limit > 1 and sum(given.values()) == 2:
        return None
    together = {answer: count for answer, count in given.items() if count < limit or answer in small}
    for size in sorted(set(given.values())):
        if not together or _are_concealed(together, limit):
            break
        together |= {answer: count for answer, count in given.items() if count == size}
    return small | together.keys() if not together or _may_be_all(together, limit) else None


def _are_concealed(together: Cells, limit: int) -> bool:
    """Whether the sum of answers tells the count of none of them, even to somebody who knows these rules."""
    return _may_be_all(together, limit) and len(set(together.values())) > 1


def _may_be_all(together: Cells, limit: int) -> bool:
    """Whether all answers of a row can be put together: if each counts one, and one of them perhaps two, they cannot."""
    total = sum(together.values())
    return total >= limit and len(together) > 1 and total > len(together) + 1
