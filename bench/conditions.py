"""Times the rules on conditions for checklists of 1,000 and 4,000 questions, and prints the ratio.

Each question but the last waits for the next, the order that is worst for a rule that goes through the
checklist from the beginning; in the circle the last waits for the first as well. Linear time gives a
ratio of 4.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from tebiki.model.checklist import AnswerSet, Checklist, Question, Section
from tebiki.model.condition import Comparison
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.rules.conditions import check_cycles, check_dead_ends

SIZES = (1_000, 4_000)
REPEATS = 20
LIMIT = 5.0
PLACE = Place("checklists/bench.yml")
SHAPES = ("chain", "circle")


def handbook(size: int, shape: str) -> Handbook:
    """A handbook with one checklist of ``size`` questions that wait for each other."""
    questions = tuple(
        Question(
            id=f"q{number}",
            rev=1,
            retired=False,
            na_allowed=False,
            when=Comparison(f"q{(number + 1) % size}", "is", answers=("met",))
            if shape == "circle" or number + 1 < size
            else None,
            sources=(),
            data={},
            at=PLACE,
        )
        for number in range(size)
    )
    head = Item("bench", "checklist", {}, (), None, (), {}, PLACE)
    sections = (Section("all", questions, {}, PLACE),)
    return Handbook(
        data={},
        at=PLACE,
        checklists=(Checklist("bench", "1.0.0", head, "answers", sections),),
        answer_sets=(AnswerSet("answers", {"met": "positive"}, {}, PLACE),),
    )


def seconds(check: Callable[[Handbook], Iterator[Diagnostic]], subject: Handbook) -> float:
    """The least of several times that ``check`` takes of the processor for ``subject``, in seconds."""
    times = []
    for _repeat in range(REPEATS):
        start = time.process_time()
        list(check(subject))
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print both times and their ratio for each rule and shape; exit with 1 where a ratio is above the limit."""
    exceeded = False
    for check in (check_cycles, check_dead_ends):
        for shape in SHAPES:
            small, large = (seconds(check, handbook(size, shape)) for size in SIZES)
            ratio = large / small
            exceeded = exceeded or ratio > LIMIT
            print(
                f"{check.__name__}, {shape}: {SIZES[0]:,} questions {small * 1000:.1f} ms,"
                f" {SIZES[1]:,} questions {large * 1000:.1f} ms, ratio {ratio:.2f} (at most {LIMIT:g})"
            )
    raise SystemExit(int(exceeded))


if __name__ == "__main__":
    main()
