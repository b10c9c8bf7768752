"""The handbook of this repository."""

from __future__ import annotations

from example_handbook import PROJECT

from generator.check import check
from generator.load import load


def test_it_has_no_problem_at_all() -> None:
    handbook, problems = load(PROJECT)
    assert [str(one) for one in sorted({*problems, *check(handbook)})] == []
