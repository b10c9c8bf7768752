"""No withheld figure can be worked out from what is published: from margins, from denominators, or from two rounds.

The attack knows everything that any table of a report shows, which answers are withheld in a row and that each of them
counts somebody, and which question depends on which. It narrows every unknown count to an interval, and looks for
counts that follow from the equations alone.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from example_handbook import MINIMAL, loaded
from random_seeds import EXAMPLES
from tebiki.model.shared_constants import WITHHELD
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.withhold import Figures, Group, JoinedRow, Row, put_together, withhold

VERSIONS = [
    version for version in checklist_versions(loaded(MINIMAL)) if version.checklist.id == "visitor-check"
]
QUESTIONS = {"has-card": "card", "address-current": "card", "returns-in-time": "books"}
ANSWERS = ("done", "partly", "not-done", "unanswered")
CARRY_ON = ("done", "partly")  # the answers to has-card after which address-current is asked
LIMIT = 5
Unknown = tuple[Any, ...]
Equation = tuple[dict[Unknown, int], int]


def random_figures(chance: random.Random) -> Figures:
    """The figures of random assessments in two rounds, most of which are joined."""
    figures = Figures()
    kinds = chance.choice((("a",), ("a", "b", "c")))
    people = range(chance.randint(1, 40))
    weights = [chance.choice((1, 3, 20)) for _answer in ANSWERS]
    members = {person for person in people if chance.random() < chance.choice((0.5, 0.95))}
    kind_of = {person: chance.choice(kinds) for person in people}
    for round_ in ("2025", "2026"):
        for person in people:
            if person not in members and chance.random() < 0.5:
                continue
            group = Group("visitor-check", "1.0.0", round_, kind_of[person])
            status = chance.choice(("complete", "in-progress"))
            add(figures.statuses, group, status)
            answers = {question: chance.choices(ANSWERS, weights)[0] for question in QUESTIONS}
            if answers["has-card"] not in CARRY_ON:
                del answers["address-current"]
            for question, answer in answers.items():
                add(figures.rows, Row(group, QUESTIONS[question], question, 1), answer)
                if person in members:
                    add(figures.joined, JoinedRow("2025", "2026", group, question, 1), answer)
    if members:
        figures.institutions["visitor-check", "2025", "2026"] = len(members)
    return figures


def add(cells: Any, key: Any, answer: str) -> None:
    cells.setdefault(key, Counter())[answer] += 1


def equations(published: Figures) -> tuple[list[Equation], dict[Unknown, int]]:
    """What is published as equations of the unknown counts, and the least that each count can be."""
    known: list[Equation] = []
    least: dict[Unknown, int] = defaultdict(int)
    sizes = {group: sum(cells.values()) for group, cells in published.statuses.items()}
    for group, size in sizes.items():
        for question, section in QUESTIONS.items():
            row = Row(group, section, question, 1)
            hidden = published.hidden.get(row, frozenset())
            if question == "address-current":  # asked of those who gave certain answers to the other question
                asked = {(Row(group, "card", "has-card", 1), answer): -1 for answer in CARRY_ON}
                known.append(({**{(row, answer): 1 for answer in ANSWERS}, **asked}, 0))
            else:
                known.append(({(row, answer): 1 for answer in ANSWERS}, size))
            if hidden is None:
                continue
            cells = published.rows.get(row, {})
            known.append(({(row, answer): 1 for answer in hidden}, cells.get(WITHHELD, 0)))
            least.update({(row, answer): 1 for answer in hidden})
            known += [
                ({(row, answer): 1}, cells.get(answer, 0)) for answer in ANSWERS if answer not in hidden
            ]
    rounds: dict[str, Counter[str]] = defaultdict(Counter)
    for joined_row, cells in published.joined.items():
        rounds[joined_row.group.round].update(cells)
    for round_, cells in rounds.items():
        rows = [row for row in published.joined if row.group.round == round_]
        for answer in (*ANSWERS, None):  # None: all together
            total = cells[answer] if answer else sum(cells.values())
            shown = [row for row in rows if answer is None or not joined_hides(published, row, answer)]
            unknowns = {
                ("joined", row, name): 1 for row in shown for name in ANSWERS if answer in (name, None)
            }
            known.append((unknowns, total))
        # the others of the round are those of the round without those of both rounds
        outside = {
            ("outside", row, answer): 1 for row in rows for answer in ANSWERS if row.item == "has-card"
        }
        of_round = sum(size for group, size in sizes.items() if group.round == round_)
        if len({row.group for row in rows if row.item == "has-card"}) == len(
            {group for group in sizes if group.round == round_}
        ):
            known.append((outside, of_round - published.institutions["visitor-check", "2025", "2026"]))
        for row in rows:
            main = main_row(row)
            for answer in ANSWERS:
                terms = {("joined", row, answer): 1, ("outside", row, answer): 1, (main, answer): -1}
                known.append((terms, 0))
    return [(terms, total) for terms, total in known if terms], least


def joined_hides(published: Figures, row: JoinedRow, answer: str) -> bool:
    return WITHHELD in published.joined[row] and answer not in published.joined[row]


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


def main_row(row: JoinedRow) -> Row:
    return Row(row.group, QUESTIONS[row.item], row.item, row.rev)


def worked_out(known: list[Equation], least: dict[Unknown, int]) -> dict[Unknown, int]:
    """The counts that intervals or elimination determine."""
    unknowns = {unknown for terms, _total in known for unknown in terms}
    low = {unknown: least[unknown] for unknown in unknowns}
    high = dict.fromkeys(unknowns, 10_000)
    changed = True
    while changed:
        changed = False
        for terms, total in known:
            for unknown, factor in terms.items():
                others = [(name, of) for name, of in terms.items() if name != unknown]
                smallest = sum(of * (low if of > 0 else high)[name] for name, of in others)
                largest = sum(of * (high if of > 0 else low)[name] for name, of in others)
                bounds = sorted((factor * (total - smallest), factor * (total - largest)))
                narrowed = max(low[unknown], bounds[0]), min(high[unknown], bounds[1])
                if narrowed != (low[unknown], high[unknown]):
                    low[unknown], high[unknown] = narrowed
                    changed = True
    fixed = {unknown: low[unknown] for unknown in unknowns if low[unknown] == high[unknown]}
    return {**eliminated(known), **fixed}


def eliminated(known: list[Equation]) -> dict[Unknown, int]:
    """The counts that Gaussian elimination determines."""
    solved: dict[Unknown, tuple[dict[Unknown, Fraction], Fraction]] = {}
    for whole_terms, whole_total in known:
        terms, total = {name: Fraction(of) for name, of in whole_terms.items()}, Fraction(whole_total)
        for pivot, (other, value) in solved.items():
            terms, total = subtract(terms, total, other, value, terms.get(pivot, Fraction(0)))
        if not terms:
            assert total == 0
            continue
        pivot, factor = next(iter(terms.items()))
        terms, total = {name: of / factor for name, of in terms.items()}, total / factor
        for name, (other, value) in solved.items():
            solved[name] = subtract(other, value, terms, total, other.get(pivot, Fraction(0)))
        solved[pivot] = (terms, total)
    return {name: int(total) for name, (terms, total) in solved.items() if len(terms) == 1}


def subtract(
    terms: dict[Unknown, Fraction],
    total: Fraction,
    other: dict[Unknown, Fraction],
    value: Fraction,
    times: Fraction,
) -> tuple[dict[Unknown, Fraction], Fraction]:
    if not times:
        return terms, total
    left = {
        name: terms.get(name, Fraction(0)) - times * other.get(name, Fraction(0))
        for name in {**terms, **other}
    }
    return {name: of for name, of in left.items() if of}, total - times * value


def test_nothing_withheld_can_be_worked_out() -> None:
    for seed in range(EXAMPLES // 3):
        figures = random_figures(random.Random(seed))
        published = withhold(figures, VERSIONS, LIMIT)
        for cells in (*published.rows.values(), *published.statuses.values(), *published.joined.values()):
            assert all(count >= LIMIT for count in cells.values()), seed
        for joined_row in published.joined:
            for count in outside_counts(figures, published, joined_row):
                assert count == 0 or count >= LIMIT, (seed, joined_row)
        for (_checklist, *rounds), institutions in published.institutions.items():
            for round_ in rounds:
                of_round = sum(
                    sum(of.values()) for group, of in figures.statuses.items() if group.round == round_
                )
                assert of_round == institutions or of_round - institutions >= LIMIT, seed
        for row in published.hidden:
            # how many are complete would tell how many have not answered
            assert published.statuses[row.group].keys() == {WITHHELD}, (seed, row)
        determined = worked_out(*equations(published))
        for row, answers in published.hidden.items():
            for answer in ANSWERS if answers is None else answers:
                # of a row that is not counted it may follow that nobody gave an answer
                assert not determined.get((row, answer)), (seed, row, answer)


def test_the_attack_works_out_what_is_only_left_out_where_it_is_small() -> None:
    """The attack is strong enough: a single withheld count of a row follows from the others."""
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


def test_nothing_is_withheld_without_a_limit() -> None:
    figures = random_figures(random.Random(1))
    same = withhold(figures, VERSIONS, 1)
    assert (same.statuses, same.rows, same.joined, same.hidden) == (
        figures.statuses,
        figures.rows,
        figures.joined,
        {},
    )


@pytest.mark.parametrize("audience", ["researcher", "researcher-abroad"])
def test_no_limit_counts_fewer_than_five_researchers(audience: str) -> None:
    figures = random_figures(random.Random(1))
    assert min(count for cells in figures.rows.values() for count in cells.values()) < LIMIT
    assert withhold(figures, VERSIONS, 1).rows == figures.rows
    (version,) = VERSIONS
    head = replace(version.checklist.head, data={**version.checklist.head.data, "audience": audience})
    of_researchers = [replace(version, checklist=replace(version.checklist, head=head))]
    assert withhold(figures, of_researchers, 1) == withhold(figures, VERSIONS, LIMIT)
