"""Texts that are made to keep the program busy: three times the text takes three times the time, and no more."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from example_handbook import tebiki

SHAPES: dict[str, Callable[[int], str]] = {
    "spaces inside a heading": lambda size: "## a" + " " * size + "b {#x}",
    "braces in a heading": lambda size: "## a" + " {" * size,
    "a long fence": lambda size: "`" * size + "x\n" + "word\n" * size,
    "open fences": lambda size: "".join(f"```{number}\n" for number in range(size)),
    "open quotation marks": lambda size: "「" + "「a」" * size,
    "open curly marks": lambda size: "“a " * size,
    "open links": lambda size: "[[a|" * size,
    "brackets": lambda size: "[" * size,
    "pictures": lambda size: "![" * size,
    "links that lead nowhere": lambda size: "".join(f"[a]({number})\n\n" for number in range(size // 10)),
    "links in links": lambda size: "[a](b" * size,
    "footnotes": lambda size: "[^a" * size,
    "abbreviations": lambda size: "*[a" * size,
    "addresses": lambda size: "<http://" * size,
    "open scripts": lambda size: "<script>" * size,
    "emphasis": lambda size: "*a_ " * size,
    "nested lists": lambda size: "\n".join(" " * (4 * level) + "- a" for level in range(math.isqrt(size))),
    "lists in one line": lambda size: "- " * size + "a",
    "nested quotations": lambda size: ">" * size + " a",
    "nested notes": lambda size: "\n".join("    " * level + "!!! note" for level in range(math.isqrt(size))),
    "definitions": lambda size: "a\n: " * size,
    "rules that are none": lambda size: "* " * size + "a",
}


def seconds(root: Path, original: str, bodies: list[str]) -> float:
    """Processor time of ``tebiki check`` with a body, the least of the ``bodies``: no text is read a second time."""
    times = []
    for body in bodies:
        page = root / "content/pages/rules/borrowing.en.md"
        page.write_text(f"{original}\n{body}\n", encoding="utf-8")
        start = time.process_time()
        result = tebiki(root, "check")
        times.append(time.process_time() - start)
        assert result.exit_code in (0, 1), result.output
        assert "Traceback" not in result.output
    return min(times)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_text(minimal: Path, shape: str) -> None:
    original = (minimal / "content/pages/rules/borrowing.en.md").read_text(encoding="utf-8")
    seconds(minimal, original, [""])  # the other files
    once, three_times = (
        seconds(minimal, original, [SHAPES[shape](size), SHAPES[shape](size + 100)])
        for size in (20_000, 60_000)
    )
    assert three_times <= 5 * once, f"{three_times / once:.1f} : 1"
