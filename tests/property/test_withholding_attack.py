"""The attack on withheld figures is strong enough: it works out what weaker ways of withholding leave open."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from tebiki.results.small_answers import put_together
from tebiki.results.withhold import Figures, Row, withhold
from withholding_attack import (
    ANSWERS,
    LIMIT,
    VERSIONS,
    Equation,
    Unknown,
    equations,
    main_row,
    random_figures,
    small_counts,
    worked_out,
)


def test_the_attack_works_out_what_is_only_left_out_where_it_is_small() -> None:
    """A single withheld count of a row follows from the others."""
    chance = random.Random(1)
    for _number in range(5):
        figures = random_figures(chance)
        naive = Figures(statuses=figures.statuses)
        expected: dict[Unknown, int] = {}
        for row, cells in figures.rows.items():
            small = {answer for answer, count in cells.items() if count < LIMIT}
            naive.hidden[row] = frozenset(small)
            naive.rows[row] = put_together(cells, small)
            if len(small) == 1:
                expected.update({(row, answer): cells[answer] for answer in small})
        assert expected
        assert expected.items() <= worked_out(*equations(naive)).items()


def test_the_attack_works_out_answers_from_the_number_asked_a_dependent_question() -> None:
    (version,) = VERSIONS
    sections = tuple(
        replace(section, questions=tuple(replace(question, when=None) for question in section.questions))
        for section in version.checklist.sections
    )
    independent = [replace(version, checklist=replace(version.checklist, sections=sections))]
    successes = 0
    for seed in range(50):
        figures = random_figures(random.Random(seed))
        determined = worked_out(*equations(withhold(figures, independent, LIMIT)))
        small = small_counts(determined, LIMIT)
        assert all(
            figures.rows[row][answer] == count
            for (row, answer), count in small.items()
            if row in figures.rows
        )
        successes += bool(small)
    assert successes > 5


def test_the_attack_works_out_small_kinds_from_a_total_over_all_kinds() -> None:
    successes = 0
    for seed in range(150):
        figures = random_figures(random.Random(seed))
        large = {group for group, cells in figures.statuses.items() if sum(cells.values()) >= LIMIT}
        totals = Figures()
        for source, target in ((figures.statuses, totals.statuses), (figures.rows, totals.rows)):
            for key, cells in source.items():
                target.setdefault(over_all_kinds(key), Counter()).update(cells)
        by_kind = Figures(
            statuses={group: cells for group, cells in figures.statuses.items() if group in large},
            rows={row: cells for row, cells in figures.rows.items() if row.group in large},
        )
        known: list[Equation] = []
        least: dict[Unknown, int] = {}
        for table in (by_kind, totals):
            more, more_least = equations(withhold(table, VERSIONS, LIMIT))
            known += more
            least |= more_least
        for total in totals.rows:
            rows = [row for row in figures.rows if over_all_kinds(row) == total]
            known += [({(total, answer): -1, **{(row, answer): 1 for row in rows}}, 0) for answer in ANSWERS]
        determined = worked_out(known, defaultdict(int, least))
        small = {
            unknown: count
            for unknown, count in small_counts(determined, LIMIT).items()
            if isinstance(unknown[0], Row) and unknown[0] in figures.rows
        }
        assert all(figures.rows[row][answer] == count for (row, answer), count in small.items())
        successes += bool(small)
    assert successes > 5


def over_all_kinds(key: Any) -> Any:
    """A group, or the row of one, with all kinds together."""
    if isinstance(key, Row):
        return key._replace(group=over_all_kinds(key.group))
    return key._replace(kind="all")


def test_the_attack_works_out_who_is_in_only_one_of_two_rounds() -> None:
    successes = 0
    for seed in range(100):
        figures = random_figures(random.Random(seed))
        published = withhold(figures, VERSIONS, LIMIT)
        if (
            published.institutions
            or not figures.institutions
            or published.statuses.keys() != figures.statuses.keys()
        ):
            continue
        # both rounds could be published, if it were only for the sizes of figures
        published.institutions = figures.institutions
        for row, cells in figures.joined.items():
            hidden = published.hidden.get(main_row(row), frozenset())
            if hidden is not None and min(put_together(cells, hidden).values()) >= LIMIT:
                published.joined[row] = put_together(cells, hidden)
        small = small_counts(worked_out(*equations(published)), LIMIT)
        for place, row, answer in (unknown for unknown in small if unknown[0] == "outside"):
            outside = figures.rows[main_row(row)][answer] - figures.joined[row][answer]
            assert small[place, row, answer] == outside
            successes += 1
    assert successes > 5
