"""Text that a spreadsheet program shows as it is and never runs."""

from __future__ import annotations

#: What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text so that no spreadsheet runs it as a formula, and without NUL."""
    text = text.replace("\0", "\N{SYMBOL FOR NULL}")
    # one that has apostrophes already gets one more, so that it can be told what was there
    return "'" + text if text.lstrip("'").startswith(_FORMULA) else text
