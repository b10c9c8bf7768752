"""An attack on published figures: what can be worked out from margins, from denominators, or from two rounds.

It knows everything that any table of a report shows, which answers are withheld in a row and that each of them counts
somebody, and which question depends on which. It narrows every unknown count to an interval, and looks for counts that
follow from the equations alone.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from fractions import Fraction
from typing import Any

from example_handbook import MINIMAL, loaded, of_institutions
from tebiki.model.shared_constants import WITHHELD
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.withhold import Figures, Group, JoinedRow, Row

VERSIONS = [
    version
    for version in checklist_versions(of_institutions(loaded(MINIMAL)))
    if version.checklist.id == "visitor-check"
]
QUESTIONS = {"has-card": "card", "address-current": "card", "returns-in-time": "books"}
ANSWERS = ("done", "partly", "not-done", "unanswered")
CARRY_ON = ("done", "partly")  # the answers to has-card after which address-current is asked
STATUSES = ("complete", "in-progress")
LIMIT = 5
LIMITS = (2, 3, LIMIT, 7)
Unknown = tuple[Any, ...]
Equation = tuple[dict[Unknown, int], int]


def random_figures(chance: random.Random) -> Figures:
    """The figures of random assessments in two rounds, most of which are joined."""
    figures = Figures()
    kinds = chance.choice((("a",), ("a", "b", "c")))
    people = range(chance.randint(1, chance.choice((6, 40))))
    weights = [chance.choice((1, 3, 20)) for _answer in ANSWERS]
    members = {person for person in people if chance.random() < chance.choice((0.5, 0.95))}
    kind_of = {person: chance.choice(kinds) for person in people}
    for round_ in ("2025", "2026"):
        for person in people:
            if person not in members and chance.random() < 0.5:
                continue
            group = Group("visitor-check", "1.0.0", round_, kind_of[person])
            status = chance.choice(STATUSES)
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
        states = published.statuses[group]
        known.append(({(group, status): 1 for status in STATUSES}, size))
        if WITHHELD not in states:
            known += [({(group, status): 1}, states.get(status, 0)) for status in STATUSES]
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
    known += joined_equations(published, sizes)
    return [(terms, total) for terms, total in known if terms], least


def joined_equations(published: Figures, sizes: dict[Group, int]) -> list[Equation]:
    """What the joined figures of two rounds say, of those in both rounds and of those in only one."""
    known: list[Equation] = []
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
        # the others of the round are those of the round without those of both rounds, and all are asked these questions
        groups = {group for group in sizes if group.round == round_}
        of_round = sum(sizes[group] for group in groups)
        for question in ("has-card", "returns-in-time"):
            of_question = [row for row in rows if row.item == question]
            outside = {("outside", row, answer): 1 for row in of_question for answer in ANSWERS}
            if {row.group for row in of_question} == groups:
                known.append((outside, of_round - published.institutions["visitor-check", "2025", "2026"]))
        for row in rows:
            main = main_row(row)
            for answer in ANSWERS:
                terms = {("joined", row, answer): 1, ("outside", row, answer): 1, (main, answer): -1}
                known.append((terms, 0))
    return known


def joined_hides(published: Figures, row: JoinedRow, answer: str) -> bool:
    return WITHHELD in published.joined[row] and answer not in published.joined[row]


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


def small_counts(determined: dict[Unknown, int], limit: int) -> dict[Unknown, int]:
    """The counts that were worked out and count fewer than the limit."""
    return {unknown: count for unknown, count in determined.items() if 0 < count < limit}
