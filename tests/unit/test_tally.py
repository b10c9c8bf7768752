"""Counts of answers of which some are withheld, as tables show them."""

from __future__ import annotations

from tebiki.model.shared_constants import WITHHELD
from tebiki.model.tally import Tally, shown_count


def test_a_count_of_which_a_part_is_withheld_is_the_least_that_it_can_be() -> None:
    tally = Tally()
    for answer, count, withheld in (("done", 9, False), ("partly", 6, True), ("not-done", 0, True)):
        tally.add(answer, count, withheld)
    tally.add(WITHHELD, 7, False)
    assert [tally.shown(answer) for answer in tally] == [9, "≥ 6", "*", 7]
    assert tally.shown("unanswered") == 0
    assert tally.shown_total() == 22


def test_where_some_are_counted_nowhere_any_answer_can_be_theirs() -> None:
    tally = Tally()
    tally.add("done", 9, False)
    tally.add(WITHHELD, 0, True)
    assert [tally.shown("done"), tally.shown("unanswered"), tally.shown_total()] == ["≥ 9", "*", "≥ 9"]


def test_counts_of_which_none_can_be_withheld_are_shown_as_they_are() -> None:
    assert [shown_count({"done": 9}, answer) for answer in ("done", "partly")] == [9, 0]
