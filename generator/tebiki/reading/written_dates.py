"""Dates as people write them, turned into those of ISO 8601."""

from __future__ import annotations

import datetime
import re
import unicodedata

#: The year before the first of each era that the civil calendar of Japan has had since 1926.
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHS]) ?)?(?P<year>元|[0-9]{1,4})(?: ?年 ?| ?[-/.] ?)"
    r"(?:(?P<month>[0-9]{1,2})(?: ?月 ?| ?[-/.] ?|$)(?:(?P<day>[0-9]{1,2}) ?日?)?)?"
)
_DIGITS = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_MONTH_AS_WORD = re.compile(
    r"(?:(?P<first>[0-9]{1,2})(?:st|nd|rd|th)? )?(?P<month>[A-Za-z]{3,9})\.?"
    r"(?: (?P<second>[0-9]{1,2})(?:st|nd|rd|th)?)?,? (?P<year>[0-9]{4})"
)
_QUOTES = "\"'“”‘’「」 "


def iso_date(text: str) -> str | None:
    """Return the date that ``text`` means, as far as it says: ``2026-04-01``, ``2026-04`` or ``2026``.

    Args:
        text: What was written: 令和8年4月1日, R8.4.1, 2026/4/1, 20260401, 1 April 2026.

    Returns:
        The date; None where it cannot be told, as of 1/4/2026, or does not exist.
    """
    text = unicodedata.normalize("NFKC", text).strip(_QUOTES)
    if match := _NUMBERS.fullmatch(text):
        year = 1 if match["year"] == "元" else int(match["year"])
        first = _ERAS.get(match["era"] or "", 0)
        return _joined(year + first if year else 0, match["month"], match["day"])
    if match := _DIGITS.fullmatch(text):
        return _joined(int(match["year"]), match["month"], match["day"])
    match = _MONTH_AS_WORD.fullmatch(text)
    if match and match["month"].lower()[:3] in _MONTHS and not (match["first"] and match["second"]):
        month = _MONTHS.index(match["month"].lower()[:3]) + 1
        return _joined(int(match["year"]), str(month), match["first"] or match["second"])
    return None


def _joined(year: int, month: str | None, day: str | None) -> str | None:
    if year < 1000:
        return None
    try:
        date = datetime.date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]
