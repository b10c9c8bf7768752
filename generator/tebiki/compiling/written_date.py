"""Dates as they are written in a text, in Japanese documents also by era (和暦)."""

from __future__ import annotations

from tebiki.locales import words

#: The first day of each era, the latest first.
_ERAS = (("2019-05-01", "令和"), ("1989-01-08", "平成"), ("1926-12-25", "昭和"))


def written_date(date: str, language: str, era: bool = False) -> str:
    """Return a date in words: 2025年12月26日（令和7年12月26日）, 26 December 2025.

    Args:
        date: A year, a month or a day of ISO 8601: "2025", "2025-12" or "2025-12-26".
        language: The language of the text.
        era: Whether the document writes the date by era. A Japanese text then gives it in both forms.
    """
    year, *rest = date.split("-")
    forms = words(language, "site")["written_date"]
    names = str(forms["months"]).split()
    form = forms[("year", "month", "day")[len(rest)]]
    month_and_day = {}
    if rest:
        month_and_day["month"] = names[int(rest[0]) - 1]
    if len(rest) == 2:
        month_and_day["day"] = str(int(rest[1]))
    written = str(form).format(year=year, **month_and_day)
    by_era = date_by_era(date) if era and language == "ja" else ""
    return f"{written}（{by_era}）" if by_era else written


def date_by_era(date: str) -> str:
    """Return a date by era, such as 令和7年12月26日 or 令和元年; "" before 昭和 and where the era is not certain."""
    year, *rest = date.split("-")
    # a year in which an era begins has two names, and so has the month
    first, last = f"{date}-01-01"[:10], f"{date}-12-31"[:10]
    for begin, name in _ERAS:
        if last >= begin:
            if first < begin:
                return ""
            number = int(year) - int(begin[:4]) + 1
            units = "".join(f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False))
            return f"{name}{'元' if number == 1 else number}年{units}"
    return ""
