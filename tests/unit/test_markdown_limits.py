"""Each limit on Markdown holds exactly: what reaches it is allowed, and one more is not."""

from __future__ import annotations

import pytest
from tebiki.model.markdown_limits import MAX_DEPTH, MAX_OPEN_FENCES, MAX_SIGNS, MAX_SPACES, limit_problem


@pytest.mark.parametrize(
    ("unit", "most", "after"),
    [
        ("> ", MAX_DEPTH * 4 // 5, "text"),  # its columns count too
        ("    ", MAX_DEPTH, "text"),
        ("\t", MAX_DEPTH, "text"),
        ("[", MAX_SIGNS, "text"),
        ("word <b ", MAX_SIGNS, ""),
        (": text\n", MAX_SIGNS, ""),
        ("```x\n\n", MAX_OPEN_FENCES, ""),
        (" ", MAX_SPACES, "text"),
    ],
)
@pytest.mark.parametrize("before", ["", "Words.\n\n"])
def test_a_limit_holds_exactly(before: str, unit: str, most: int, after: str) -> None:
    start = "x" if unit == " " else ""
    assert limit_problem(before + start + unit * most + after) is None
    assert limit_problem(before + start + unit * (most + 1) + after) is not None
