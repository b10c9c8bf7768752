"""What is published fits several tables in every withheld cell, also to somebody who knows the rules of withholding."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from tebiki.model.shared_constants import WITHHELD
from tebiki.results.withhold import Figures, Group, Row, withhold
from withholding_attack import ANSWERS, LIMIT, LIMITS, STATUSES, VERSIONS


@pytest.mark.parametrize("answers", [2, 3, 4])
@pytest.mark.parametrize(("limit", "most"), [(2, 12), (3, 12), (5, 18), (7, 18)])
def test_who_knows_the_rules_works_out_no_more(limit: int, most: int, answers: int) -> None:
    """Every table of one question with up to ``most`` assessments: its figures fit others, too, in each withheld cell."""
    for size in range(limit, most + 1):
        fitting: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
        for counts in tables_of(size, answers):
            fitting[published_of(counts, limit)].append(counts)
        for (shown, hidden), tables in fitting.items():
            for index in range(answers) if hidden is None else hidden:
                assert len({counts[index] for counts in tables}) > 1, (shown, tables)


@pytest.mark.parametrize("limit", LIMITS)
def test_who_knows_the_rules_works_out_no_status(limit: int) -> None:
    group = Group("visitor-check", "1.0.0", "2026", "a")
    for size in range(limit, 20):
        fitting: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
        for counts in tables_of(size, len(STATUSES)):
            cells = {status: count for status, count in zip(STATUSES, counts, strict=True) if count}
            (published,) = withhold(Figures(statuses={group: cells}), VERSIONS, limit).statuses.values()
            assert sum(published.values()) == size
            assert min(published.values()) >= limit
            fitting[tuple(sorted(published.items()))].append(counts)
        for shown, tables in fitting.items():
            assert WITHHELD not in dict(shown) or len(tables) > 1, (shown, tables)


@pytest.mark.parametrize("kinds", [1, 2, 3])
@pytest.mark.parametrize("limit", LIMITS)
def test_who_knows_the_rules_works_out_no_small_kind(limit: int, kinds: int) -> None:
    for size in range(limit, 3 * limit + 2):
        fitting: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
        for sizes in tables_of(size, kinds):
            fitting[tuple(sorted(kinds_of(sizes, limit).items()))].append(sizes)
        for shown, tables in fitting.items():
            assert sum(count for _kind, count in shown) == size
            for index in range(kinds):
                seen = {sizes[index] for sizes in tables}
                assert len(seen) > 1 or not 0 < min(seen) < limit, (shown, tables)


def test_a_figure_counts_as_many_institutions_as_the_limit() -> None:
    shown = 0
    for seed in range(300):
        chance = random.Random(seed)
        sizes = [chance.choice((1, 1, 1, 2, 3, 9)) for _institution in range(chance.randint(1, 30))]
        group = Group("visitor-check", "1.0.0", "2026", "a")
        cells: dict[str, list[int]] = defaultdict(list)  # the institution of each assessment
        for institution, size in enumerate(sizes):
            for answer in chance.choices(ANSWERS, (9, 5, 3, 1), k=size):
                cells[answer].append(institution)
        figures = Figures(
            statuses={group: {"complete": sum(sizes)}},
            rows={Row(group, "card", "has-card", 1): {answer: len(cells[answer]) for answer in cells}},
            repeated={"visitor-check": {"2026": [size for size in sizes if size > 1]}},
        )
        published = withhold(figures, VERSIONS, LIMIT)
        for row, counts in published.rows.items():
            hidden = published.hidden.get(row) or ()
            cells[WITHHELD] = [institution for answer in hidden for institution in cells[answer]]
            assert min(len(set(cells[answer])) for answer in counts) >= LIMIT, (sizes, cells)
            shown += len(counts)
    assert shown > 100


def test_two_pairs_of_rounds_with_a_round_in_common_are_not_both_joined() -> None:
    figures = Figures()
    for round_ in ("2024", "2025", "2026"):
        figures.statuses[Group("visitor-check", "1.0.0", round_, "a")] = {"complete": 20}
    for pair in (("2024", "2025"), ("2025", "2026")):
        figures.institutions["visitor-check", *pair] = 20
    assert withhold(figures, VERSIONS, LIMIT).institutions.keys() == {("visitor-check", "2025", "2026")}
    assert withhold(figures, VERSIONS, 1).institutions.keys() == figures.institutions.keys()


def tables_of(size: int, cells: int) -> Iterator[tuple[int, ...]]:
    """All ways to divide ``size`` among a number of cells."""
    if cells == 1:
        yield (size,)
        return
    for first in range(size + 1):
        yield from ((first, *rest) for rest in tables_of(size - first, cells - 1))


def published_of(counts: tuple[int, ...], limit: int) -> tuple[Any, tuple[int, ...] | None]:
    """What is published of one question, and the indexes of the answers that are withheld."""
    row = Row(Group("visitor-check", "1.0.0", "2026", "a"), "card", "has-card", 1)
    cells = {answer: count for answer, count in zip(ANSWERS, counts, strict=False) if count}
    published = withhold(
        Figures(statuses={row.group: {"complete": sum(counts)}}, rows={row: cells}), VERSIONS, limit
    )
    answers = published.hidden.get(row, frozenset())
    hidden = None if answers is None else tuple(sorted(map(ANSWERS.index, answers)))
    return (tuple(sorted(published.rows.get(row, {}).items())), hidden), hidden


def kinds_of(sizes: tuple[int, ...], limit: int) -> dict[str, int]:
    """The number of assessments that is published for each kind."""
    groups = {
        Group("visitor-check", "1.0.0", "2026", str(index)): {"complete": size}
        for index, size in enumerate(sizes)
        if size
    }
    published = withhold(Figures(statuses=groups), VERSIONS, limit)
    return {group.kind: sum(cells.values()) for group, cells in published.statuses.items()}
