"""CSV for spreadsheet programs, with texts that none of them runs as a formula.

``browser/assessment/csv.ts`` does the same; ``tests/vectors/spreadsheet.json`` tests both.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# OWASP, "CSV Injection". Programs for Japanese also accept the full-width signs, and some drop leading spaces.
# A text that already begins with apostrophes gets one more, so that the original can be recovered.
_FORMULA = re.compile("'*(?:[\t\r\n]|[ \u00a0\u3000\t\r\n]*[=+\\-@＝＋－＠])")
# a program that splits the file at another separator begins a cell in the middle of a text
_INNER_FORMULA = re.compile("([,;|\t\r\n])(?='*[ \u00a0\u3000]*[=+\\-@＝＋－＠])")

_INNER_ESCAPE = re.compile("([,;|\t\r\n])'(?='*[ \u00a0\u3000]*[=+\\-@＝＋－＠])")


def escape_formula(text: str) -> str:
    """Return ``text`` so that no spreadsheet program runs it as a formula.

    Args:
        text: The text of one cell.

    Returns:
        The text with an apostrophe before each part of it that could be a formula: the whole, or what follows a comma,
        a semicolon, a tab, a vertical bar or a line end. NUL is replaced by U+2400.
    """
    text = text.replace("\0", "\N{SYMBOL FOR NULL}")
    return _INNER_FORMULA.sub(r"\1'", "'" + text if _FORMULA.match(text) else text)


def rows_to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheet programs need it.

    Every field is quoted, and escaped by ``escape_formula``.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def without_formula_escapes(text: str) -> str:
    """Return the text that ``escape_formula`` was given, without its apostrophes."""
    text = _INNER_ESCAPE.sub(r"\1", text)
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
