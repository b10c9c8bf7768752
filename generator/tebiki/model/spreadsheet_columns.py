"""The names of the columns of a spreadsheet."""

from __future__ import annotations


def column_letters(index: int) -> str:
    """Return the name of a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
