"""Dates in words, and by era as Japanese documents write them."""

from __future__ import annotations

import pytest
from tebiki.compiling.written_date import date_by_era, written_date


@pytest.mark.parametrize(
    ("date", "language", "era", "text"),
    [
        ("2025-12-26", "ja", True, "2025年12月26日（令和7年12月26日）"),
        ("2025-12-26", "en", True, "26 December 2025"),
        ("2025-12-26", "ja", False, "2025年12月26日"),
        ("2025-10", "ja", True, "2025年10月（令和7年10月）"),
        ("2024", "en", True, "2024"),
        ("2019-06", "ja", True, "2019年6月（令和元年6月）"),
        ("2019", "ja", True, "2019年"),
    ],
)
def test_a_date_is_written_as_the_document_writes_it(date: str, language: str, era: bool, text: str) -> None:
    assert written_date(date, language, era) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1989-01", ""),
        ("1900-01-01", ""),
    ],
)
def test_the_first_day_of_an_era_decides(date: str, text: str) -> None:
    assert date_by_era(date) == text
