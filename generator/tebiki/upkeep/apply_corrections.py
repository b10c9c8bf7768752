"""Writes the corrections of mistakes that are certain into the files of a handbook: ``tebiki check --fix``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from tebiki.files import write_file
from tebiki.model.diagnostics import Diagnostic

_LINE_END = re.compile(r"(\r\n|\r|\n)")


def apply_corrections(root: Path, problems: Iterable[Diagnostic]) -> list[str]:
    """Correct the lines of ``problems`` whose correction is certain.

    A file is written completely or not at all, and keeps its line ends and its byte order mark.

    Args:
        root: The folder of the handbook.
        problems: What ``load`` has reported on the files as they are.

    Returns:
        The lines of a unified diff.

    Raises:
        OSError: A file cannot be read or written.
    """
    by_file: dict[str, dict[int, list[Diagnostic]]] = {}
    for problem in problems:
        if problem.is_certain and problem.correction and not problem.place.upstream:
            by_file.setdefault(problem.place.file, {}).setdefault(problem.place.line, []).append(problem)
    diff: list[str] = []
    for file, by_line in by_file.items():
        path = root / file
        parts = _LINE_END.split(path.read_bytes().decode("utf-8"))
        before = parts[::2]
        for line, corrections in by_line.items():
            parts[2 * (line - 1)] = _corrected(before[line - 1], corrections)
        diff += difflib.unified_diff(before, parts[::2], file, file, n=0, lineterm="")
        write_file(path, "".join(parts).encode(), replace=True)
    return diff


def _corrected(line: str, corrections: list[Diagnostic]) -> str:
    """Return ``line`` after those of ``corrections`` that follow one another from it; they are in any order."""
    mark = "\ufeff" if line.startswith("\ufeff") else ""
    line = line.removeprefix(mark)
    left = list(corrections)
    while correction := next((entry for entry in left if entry.source == line), None):
        left.remove(correction)
        line = correction.correction
    return mark + line
