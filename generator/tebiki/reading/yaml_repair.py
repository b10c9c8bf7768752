"""Reads a file with mistakes in its YAML as far as they can be told apart: each is reported, with the corrected line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.message import Message
from tebiki.reading.yaml_reader import (
    MAX_LINE,
    Document,
    YamlError,
    character_problem,
    empty_problem,
    parse_yaml,
    syntax_problem,
)

if TYPE_CHECKING:
    from tebiki.reading.yaml_mistakes import Correction

_MOST = 20  # mistakes of one file
_PARSED_CHARACTERS = 4_000_000  # what is parsed in all to try corrections
_REACH = 50  # lines before an error that are looked at
_CONFLICT_START = re.compile(r"<{7}(?: |$)")
_CONFLICT_END = re.compile(r">{7}(?: |$)")


def read_with_mistakes(
    text: str, file: str, problems: list[Diagnostic], first_line: int = 1
) -> Document | None:
    """Return the document in ``text`` without its mistakes.

    Args:
        text: The text of a file, or a part of it; its lines end in ``\\n``.
        file: The name of the file, for places.
        problems: Receives the mistakes.
        first_line: The line of the file that ``text`` begins on.

    Returns:
        The document; None where it cannot be read.
    """
    if problem := character_problem(text, file, first_line):
        problems.append(problem)
        return None
    lines = text.split("\n")
    problems += conflict_problems(lines, file, first_line)
    repair = _Repair(lines, file, first_line)
    mistakes: list[Diagnostic] = []
    while repair.error and repair.error.is_syntax and len(mistakes) < _MOST and (mistake := repair.mend()):
        mistakes.append(mistake)
    if repair.error:
        problems += [*mistakes, _unexplained(repair.error, lines, file, first_line)]
    elif repair.document is None:
        problems += [*mistakes, empty_problem(file, first_line)]
    else:
        repair.document.problems += mistakes
        return repair.document
    return None


class _Repair:
    """The lines of a file, which are corrected one by one.

    Args:
        lines: The lines; changed by ``mend``.
        file: The name of the file.
        first_line: The line of the file that the first of ``lines`` is.
    """

    def __init__(self, lines: list[str], file: str, first_line: int) -> None:
        self._lines = lines
        self._file = file
        self._first_line = first_line
        self._attempts = max(_PARSED_CHARACTERS // max(sum(map(len, lines)), 1), 1)
        self.document: Document | None = None
        self.error = self._parse(lines)

    def mend(self) -> Diagnostic | None:
        """Correct the line that makes the file unreadable; return the mistake, or None if no correction helps."""
        assert self.error
        candidates = list(_candidates(self._lines, self.error))
        # first those that make the whole line readable: the line may have another mistake, but mostly has not
        for whole_line in (True, False):
            for number, correction in candidates:
                if self._attempts <= 0:
                    return None
                self._attempts -= 1
                source = self._lines[number]
                self._lines[number] = correction.line
                if self._is_further(number, self._parse(self._lines), whole_line):
                    return self._problem(number, source, correction)
                self._lines[number] = source
        return None

    def _parse(self, lines: list[str]) -> YamlError | None:
        try:
            self.document = parse_yaml("\n".join(lines), self._file, self._first_line)
        except YamlError as error:
            return error
        return None

    def _is_further(self, number: int, error: YamlError | None, whole_line: bool) -> bool:
        """Whether the file can be read beyond the present error; if so, ``error`` is the present one from now on.

        Args:
            number: The line that was changed.
            error: The error that is left.
            whole_line: Whether another error in this line, or in the line of the present error, does not count.
        """
        assert self.error
        before = self.error.line, self.error.column
        if error is not None:
            after = error.line, error.column
            is_another = number < error.line and error.message != self.error.message
            if whole_line and error.line <= max(self.error.line, number) and after != before:
                return False
            if after < before or (after == before and not is_another):
                return False
        self.error = error
        return True

    def _problem(self, number: int, source: str, correction: Correction) -> Diagnostic:
        from tebiki.reading.yaml_mistakes import CERTAIN_MISTAKES, mistake_message  # noqa: PLC0415

        message = mistake_message(correction.mistake, correction.words)
        place = Place(self._file, number + self._first_line, correction.column + 1)
        is_certain = correction.mistake in CERTAIN_MISTAKES
        return Diagnostic(
            place, "yaml", message, source=source, correction=correction.line, is_certain=is_certain
        )


def _candidates(lines: list[str], error: YamlError) -> Iterator[tuple[int, Correction]]:
    """Yield corrections of the lines that may cause ``error``, with the number of the line, the most telling first."""
    # nearly every file can be read, and the patterns of all mistakes are slow to compile
    from tebiki.reading.yaml_mistakes import GUESSES, indentations  # noqa: PLC0415

    last = min(error.line, len(lines) - 1)
    numbers = [number for number in range(last, max(last - _REACH, -1), -1) if _is_content(lines[number])]
    unbalanced = [number for number in numbers if _is_unbalanced(lines[number])]
    suspects = list(dict.fromkeys([*numbers[:2], *unbalanced[:2], *numbers[2:3]]))
    for guess in GUESSES:
        for number in suspects:
            yield from ((number, correction) for correction in guess(lines[number]))
    for number in suspects[:2]:
        before = [lines[other] for other in numbers if other < number]
        yield from ((number, correction) for correction in indentations(lines[number], before))


def _is_content(line: str) -> bool:
    return len(line) <= MAX_LINE and bool(line.strip()) and not line.lstrip().startswith("#")


def _is_unbalanced(line: str) -> bool:
    return any(line.count(sign) % 2 for sign in "\"'") or any(
        line.count(opening) != line.count(closing) for opening, closing in ("{}", "[]")
    )


def _unexplained(error: YamlError, lines: list[str], file: str, first_line: int) -> Diagnostic:
    """Return the diagnostic of an error that no correction explains."""
    if error.is_syntax and not error.is_explained:
        error.message = Message("mistakes.unreadable", reason=error.message)
    source = lines[error.line] if error.line < len(lines) else ""
    return syntax_problem(file, first_line, error, source)


@rule("conflict")
def conflict_problems(lines: list[str], file: str, first_line: int) -> Iterator[Diagnostic]:
    """Git could not merge two changes of the same lines, and left both of them between marks.

    Keep the lines of one side, or make one text of both, and remove the lines that begin with ``<<<<<<<``, ``=======``
    and ``>>>>>>>``.
    """
    start = middle = None
    for number, line in enumerate(lines):
        if line.startswith("<<") and _CONFLICT_START.match(line):
            start, middle = number, None
        elif start is not None and middle is None and line == "=" * 7:
            middle = number
        elif start is not None and middle is not None and _CONFLICT_END.match(line):
            message = Message("mistakes.conflict", first=middle + first_line, last=number + first_line)
            yield Diagnostic(Place(file, start + first_line), "conflict", message, source=lines[start])
            lines[start] = ""
            lines[middle : number + 1] = [""] * (number + 1 - middle)  # read on with the first of both
            start = None
