"""How far a file with mistakes is read: within limits, whatever stands in it."""

from __future__ import annotations

import pytest
from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.yaml_reader import MAX_LINE
from tebiki.reading.yaml_repair import read_with_mistakes


@pytest.mark.parametrize(
    "line",
    [
        "a:" + " " * 200_000 + "b: c",
        "a: " + "b: " * 60_000,
        "a: {" + "b: c, " * 60_000,
        "a：" + "　" * 200_000 + "：",
    ],
    ids=["spaces", "colons", "commas", "full-width spaces"],
)
def test_a_very_long_line_is_not_corrected(line: str) -> None:
    assert len(line) > MAX_LINE
    problems: list[Diagnostic] = []
    document = read_with_mistakes(f"x: y\n{line}\nz: a\n", "a.yml", problems)
    assert not any(problem.correction for problem in [*problems, *(document.problems if document else [])])


def test_mistakes_of_a_file_are_limited() -> None:
    problems: list[Diagnostic] = []
    lines = [f"key{number}: a: b" for number in range(50)]
    assert read_with_mistakes("\n".join(lines), "a.yml", problems) is None
    assert len(problems) == 21
