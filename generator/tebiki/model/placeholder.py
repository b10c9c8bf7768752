"""Placeholders that ``tebiki new`` writes and the rule fill-in reports."""

from __future__ import annotations

#: In place of a text; the rule finds it inside longer texts as well.
TEXT = "FILL IN"
#: In place of an id.
ID = "fill-in"
#: In place of a date: a year in which no document of a handbook was made.
DATE = "0001"


def is_open(value: str) -> bool:
    """Whether ``value`` is still to be filled in."""
    return TEXT in value or value in (ID, DATE)
