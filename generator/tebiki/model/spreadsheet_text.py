"""Escaping of texts for spreadsheet programs.

``browser/assessment/csv.ts`` does the same; ``tests/vectors/spreadsheet.json`` tests both.
"""

from __future__ import annotations

import re

# OWASP, "CSV Injection". Programs for Japanese also accept the full-width signs, and some drop leading spaces.
# A text that already begins with apostrophes gets one more, so that the original can be recovered.
_FORMULA = re.compile("'*(?:[\t\r\n]|[ \u00a0\u3000\t\r\n]*[=+\\-@＝＋－＠])")


def escape_formula(text: str) -> str:
    """Return ``text`` so that no spreadsheet program runs it as a formula.

    Args:
        text: The text of one cell.

    Returns:
        The text with an apostrophe before it if it could be a formula; NUL is replaced by U+2400.
    """
    text = text.replace("\0", "\N{SYMBOL FOR NULL}")
    return "'" + text if _FORMULA.match(text) else text
