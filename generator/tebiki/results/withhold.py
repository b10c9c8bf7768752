"""Withholding of small figures: what counts fewer institutions than a limit, and what it could be worked out from.

Cells count assessments. Where institutions have several, the limit is higher: fewer institutions do not have as many.
A checklist that is not answered for institutions is one of persons, of whom fewer than ``AT_LEAST`` are never counted.

What is published is computed from a coarser table than the one that was counted, and from nothing else:

1. Kinds with fewer assessments than the limit are put together; a version of a checklist in a round that has fewer
   altogether is not counted at all. Assessments by status are put together where they are few.
2. In each row (a question in a version, round and kind) the answers that fewer gave are put together under
   ``WITHHELD``, with the next larger ones until the sum reaches the limit and not all of them were given equally often.
   Answers that were given equally often are treated alike. A row that fewer were asked is not counted, nor is one of
   two: of two answers each would be known to have been given once.
3. A question that is asked depending on another one is not counted where answers to that one are put together: the
   number of those it was asked would tell them. Of a section that is one question only the whole is counted then.
4. The answers in both of two rounds are put together where those of the round are, and where they, or those of the
   institutions in only one of them, would be small.

Every margin is a sum over this table. Hence two answers that are put together can be exchanged for each other in one
assessment without changing any published figure, so that none of them can be worked out. Nor does it help to know
these rules: with the counts of two such answers exchanged, the same would be published.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tebiki.model.figure_table import AT_LEAST
from tebiki.model.shared_constants import WITHHELD
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.small_answers import Cells, put_together, small_answers


class Group(NamedTuple):
    """The assessments of one version, round and kind."""

    checklist: str
    version: str
    round: str
    kind: str


class Row(NamedTuple):
    """A question in a group; an empty item is a section that is one question in several parts."""

    group: Group
    section: str
    item: str
    rev: int


class JoinedRow(NamedTuple):
    """A question in a group, asked of institutions with results of two rounds."""

    first: str
    second: str
    group: Group
    item: str
    rev: int


@dataclass
class Figures:
    """The figures of a lake in full detail.

    Attributes:
        statuses: The assessments of each group by status.
        rows: The answers of each row.
        joined: The answers of each row of joined rounds.
        not_joined: The rows of these rounds that are not counted.
        institutions: The number of institutions in each pair of rounds, by checklist, first and second round.
        repeated: How many assessments each institution has that has several, by checklist, then by round.
        hidden: The answers of each row that are put together under ``WITHHELD``; None for a row that is not counted.
    """

    statuses: dict[Group, Cells] = field(default_factory=dict)
    rows: dict[Row, Cells] = field(default_factory=dict)
    joined: dict[JoinedRow, Cells] = field(default_factory=dict)
    not_joined: set[JoinedRow] = field(default_factory=set)
    institutions: dict[tuple[str, str, str], int] = field(default_factory=dict)
    repeated: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    hidden: dict[Row, frozenset[str] | None] = field(default_factory=dict)


def withhold(figures: Figures, versions: Sequence[ChecklistVersion], at_least: int) -> Figures:
    """Return what may be published.

    Args:
        figures: The figures in full detail.
        versions: The checklist versions that are counted.
        at_least: The limit for checklists of institutions; with 1 nothing is withheld. For those of persons it is at
            least ``AT_LEAST``.

    Returns:
        The figures of the coarser table; an answer that is put together with others has no cell of its own.
    """
    limits = fewest_counted(versions, at_least)
    for checklist in {version.checklist.id for version in versions if version.of_institutions}:
        limits[checklist] += _surplus(at_least, figures.repeated.get(checklist, {}).values())
    dependencies = {
        (version.checklist.id, version.checklist.version): _dependencies(version) for version in versions
    }
    groups = _coarse_groups(figures.statuses, limits)
    statuses: dict[Group, Counter[str]] = defaultdict(Counter)
    for group, cells in figures.statuses.items():
        if coarse := groups[group]:
            statuses[coarse].update(cells)
    rows: dict[Row, Counter[str]] = defaultdict(Counter)
    for row, cells in figures.rows.items():
        if coarse := groups[row.group]:
            rows[row._replace(group=coarse)].update(cells)
    hidden = {row: small_answers(cells, limits[row.group.checklist]) for row, cells in rows.items()}
    _hide_dependent_rows(hidden, dependencies)
    published = Figures(hidden={row: answers for row, answers in hidden.items() if answers != frozenset()})
    published.rows = {
        row: put_together(rows[row], answers) for row, answers in hidden.items() if answers is not None
    }
    incomplete = {row.group for row, answers in hidden.items() if answers != frozenset()}
    for group, cells in statuses.items():
        # how many are complete would tell how many questions are unanswered
        together = group in incomplete or small_answers(cells, limits[group.checklist]) != frozenset()
        published.statuses[group] = put_together(cells, cells if together else ())
    joined: dict[JoinedRow, Counter[str]] = defaultdict(Counter)
    for joined_row, cells in figures.joined.items():
        if coarse := groups[joined_row.group]:
            joined[joined_row._replace(group=coarse)].update(cells)
    _publish_joined(figures, published, joined, rows, hidden, limits, dependencies)
    return published


def fewest_counted(versions: Iterable[ChecklistVersion], at_least: int) -> dict[str, int]:
    """Return how many institutions or persons a published figure counts at least.

    Args:
        versions: The checklist versions that are counted.
        at_least: The limit for checklists of institutions.

    Returns:
        The limit of each checklist, by its id.
    """
    limits: dict[str, int] = {}
    for version in versions:
        limits[version.checklist.id] = at_least if version.of_institutions else max(at_least, AT_LEAST)
    return limits


def _surplus(at_least: int, repeated: Iterable[Sequence[int]]) -> int:
    """How many more results than one each institutions can have together, if they are one fewer than the limit."""
    return max(
        (sum(size - 1 for size in heapq.nlargest(at_least - 1, sizes)) for sizes in repeated), default=0
    )


def _coarse_groups(statuses: Mapping[Group, Cells], limits: Mapping[str, int]) -> dict[Group, Group | None]:
    """The group that each group is counted in; None if it is not counted."""
    kinds: dict[Group, Cells] = defaultdict(dict)
    for group, cells in statuses.items():
        kinds[group._replace(kind=WITHHELD)][group.kind] = sum(cells.values())
    coarse: dict[Group, Group | None] = {}
    for together, sizes in kinds.items():
        limit = limits[together.checklist]
        small = small_answers(sizes, limit)
        for kind in sizes:
            group = together._replace(kind=kind)
            if small is None:
                coarse[group] = together if sum(sizes.values()) >= limit else None
            else:
                coarse[group] = together if kind in small else group
    return coarse


def _hide_dependent_rows(
    hidden: dict[Row, frozenset[str] | None], dependencies: Mapping[tuple[str, str], Mapping[str, set[str]]]
) -> None:
    """Count no question whose number of assessments would tell withheld answers to another one."""
    # of a section that is one question the parts or the whole can be withheld, and each would tell the other
    one_question = {(row.group, row.section) for row in hidden if not row.item}
    incomplete = {(row.group, row.section) for row, answers in hidden.items() if answers != frozenset()}
    for row in hidden:
        if row.item and (row.group, row.section) in one_question & incomplete:
            hidden[row] = None
    withheld = {(row.group, row.item) for row, answers in hidden.items() if answers != frozenset()}
    for row in hidden:
        of_version = dependencies[row.group.checklist, row.group.version]
        if any((row.group, other) in withheld for other in of_version[row.item or f"section {row.section}"]):
            hidden[row] = None


def _dependencies(version: ChecklistVersion) -> dict[str, set[str]]:
    """All questions that decide whether a question is asked, or a section that is one question."""
    direct = {question.id: set(question.depends_on) for question in version.checklist.questions}
    reached: dict[str, set[str]] = {}
    for question, others in direct.items():
        seen: set[str] = set()
        waiting = list(others)
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting += direct.get(other, ())
        reached[question] = seen
    for section in version.checklist.sections:
        parts = {question.id for question in section.questions}
        reached[f"section {section.id}"] = set().union(*(reached[part] for part in parts)) - parts
    return reached


def _publish_joined(
    figures: Figures,
    published: Figures,
    joined: Mapping[JoinedRow, Cells],
    rows: Mapping[Row, Cells],
    hidden: Mapping[Row, frozenset[str] | None],
    limits: Mapping[str, int],
    dependencies: Mapping[tuple[str, str], Mapping[str, set[str]]],
) -> None:
    row_of = {(row.group, row.item, row.rev): row for row in rows}
    used: set[tuple[str, str]] = set()  # two pairs with a round in common could be subtracted from each other
    for pair, institutions in sorted(figures.institutions.items(), key=lambda item: item[0][2], reverse=True):
        checklist, *rounds = pair
        limit = limits[checklist]
        of_rounds = {(checklist, round_) for round_ in rounds}
        if limit > 1 and (
            used & of_rounds or not _may_join(figures.statuses, published.statuses, pair, institutions, limit)
        ):
            continue
        used |= of_rounds
        published.institutions[pair] = institutions
        of_pair = {row: cells for row, cells in joined.items() if (row.group.checklist, *row[:2]) == pair}
        small: dict[JoinedRow, frozenset[str] | None] = {}
        for joined_row, cells in of_pair.items():
            row = row_of[joined_row.group, joined_row.item, joined_row.rev]
            small[joined_row] = _small_joined(cells, rows[row], hidden[row], limit)
        withheld = {(row.group, row.item) for row, answers in small.items() if answers != frozenset()}
        for joined_row, answers in small.items():
            of_version = dependencies[checklist, joined_row.group.version]
            others = of_version[joined_row.item]
            if answers is None or any((joined_row.group, other) in withheld for other in others):
                published.not_joined.add(joined_row)
            else:
                published.joined[joined_row] = put_together(of_pair[joined_row], answers)


def _may_join(
    counted: Mapping[Group, Cells],
    published: Mapping[Group, Cells],
    pair: tuple[str, str, str],
    institutions: int,
    limit: int,
) -> bool:
    """Whether those with results of both rounds, and those with results of only one, are each enough or none."""
    checklist, *rounds = pair
    for round_ in rounds:
        sizes = [
            sum(
                sum(cells.values())
                for group, cells in of.items()
                if (group.checklist, group.round) == (checklist, round_)
            )
            for of in (counted, published)
        ]
        if sizes[0] != sizes[1] or 0 != sizes[0] - institutions < limit:
            return False
    return institutions >= limit


def _small_joined(
    joined: Cells, cells: Cells, hidden: frozenset[str] | None, limit: int
) -> frozenset[str] | None:
    """The answers of a joined row to put together; None if the row may not be counted."""
    rest = {answer: count - joined.get(answer, 0) for answer, count in cells.items()}
    if hidden is None or 0 < sum(rest.values()) < limit:
        return None
    small = {answer for answer, count in rest.items() if 0 < count < limit}
    together = small_answers(joined, limit, hidden | small)
    for answer in sorted(joined, key=lambda answer: (joined[answer], answer)):
        if together is None or not 0 < sum(rest.get(name, 0) for name in together) < limit:
            break
        together |= {answer}
    return together
