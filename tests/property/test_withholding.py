"""No withheld figure can be worked out from what is published: from margins, from denominators, or from two rounds."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from example_handbook import MINIMAL, PROJECT, loaded
from random_seeds import EXAMPLES
from tebiki.model.figure_table import AT_LEAST
from tebiki.model.shared_constants import WITHHELD
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.withhold import Figures, JoinedRow, Row, fewest_counted, withhold
from withholding_attack import (
    ANSWERS,
    LIMIT,
    LIMITS,
    QUESTIONS,
    VERSIONS,
    equations,
    main_row,
    random_figures,
    small_counts,
    worked_out,
)


@pytest.mark.parametrize("limit", LIMITS)
def test_nothing_withheld_can_be_worked_out(limit: int) -> None:
    for seed in range(6 * EXAMPLES):
        figures = random_figures(random.Random(seed))
        published = withhold(figures, VERSIONS, limit)
        for cells in (*published.rows.values(), *published.statuses.values(), *published.joined.values()):
            assert all(count >= limit for count in cells.values()), seed
        for joined_row in published.joined:
            for count in outside_counts(figures, published, joined_row):
                assert count == 0 or count >= limit, (seed, joined_row)
        for (_checklist, *rounds), institutions in published.institutions.items():
            for round_ in rounds:
                of_round = sum(
                    sum(of.values()) for group, of in figures.statuses.items() if group.round == round_
                )
                assert of_round == institutions or of_round - institutions >= limit, seed
        for row in published.hidden:
            # how many are complete would tell how many have not answered
            assert published.statuses[row.group].keys() == {WITHHELD}, (seed, row)
        determined = worked_out(*equations(published))
        for row, answers in published.hidden.items():
            for answer in ANSWERS if answers is None else answers:
                # of a row that is not counted it may follow that nobody gave an answer
                assert not determined.get((row, answer)), (seed, row, answer)
        assert small_counts(determined, limit) == {}, seed


def outside_counts(figures: Figures, published: Figures, row: JoinedRow) -> list[int]:
    """How many institutions of only one of two rounds gave each answer, as far as two tables tell it."""
    of_round = {group for group in figures.statuses if group[:3] == row.group[:3]}
    groups = of_round - published.statuses.keys() if row.group.kind == WITHHELD else {row.group}
    outside: Counter[str] = Counter()
    for group in groups:
        outside.update(figures.rows.get(Row(group, QUESTIONS[row.item], row.item, row.rev), {}))
        outside.subtract(figures.joined.get(row._replace(group=group), {}))
    shown = published.joined[row].keys() & published.rows[main_row(row)].keys() - {WITHHELD}
    return [
        *(outside[answer] for answer in shown),
        sum(outside[answer] for answer in ANSWERS if answer not in shown),
    ]


def test_nothing_is_withheld_without_a_limit() -> None:
    figures = random_figures(random.Random(1))
    same = withhold(figures, VERSIONS, 1)
    assert (same.statuses, same.rows, same.joined, same.hidden) == (
        figures.statuses,
        figures.rows,
        figures.joined,
        {},
    )


@pytest.mark.parametrize("audience", ["visitor", "staff", "author", "researcher-abroad"])
def test_no_limit_counts_fewer_than_five_persons(audience: str) -> None:
    figures = random_figures(random.Random(1))
    assert min(count for cells in figures.rows.values() for count in cells.values()) < LIMIT
    assert withhold(figures, VERSIONS, 1).rows == figures.rows
    assert withhold(figures, of_readers("1.0.0", audience), 1) == withhold(figures, VERSIONS, LIMIT)
    # one version of persons is enough, also an older one
    assert withhold(figures, of_readers("0.9.0", audience), 1) == withhold(figures, VERSIONS, LIMIT)


def of_readers(version: str, audience: str) -> list[ChecklistVersion]:
    """The checklist with a version for readers who do not answer for an institution."""
    (original,) = VERSIONS
    handbook = loaded(MINIMAL)
    readers = [
        *handbook.data["audiences"],
        {"id": "branch", "title": {"ja": "分館", "en": "Branch"}, "institution": True},
    ]
    checklists = {
        number: replace(
            original.checklist,
            version=number,
            head=replace(original.checklist.head, data={**original.checklist.head.data, "audience": reader}),
        )
        for number, reader in (("1.0.0", "branch"), (version, audience))
    }
    data = {**handbook.data, "audiences": readers}
    return checklist_versions(replace(handbook, data=data, checklists=tuple(checklists.values())))


def test_the_checklists_of_this_handbook_that_persons_answer() -> None:
    limits = fewest_counted(checklist_versions(loaded(PROJECT)), 1)
    assert {checklist for checklist, limit in limits.items() if limit == 1} == {
        "follow-up-survey",
        "institution-self-check",
        "project-risk",
        "strengthening-measures",
    }
    assert {checklist for checklist, limit in limits.items() if limit == AT_LEAST} == {
        "disclosure-worksheet",
        "researcher-self-check",
    }
