"""Dates as people write them."""

from __future__ import annotations

import pytest
from tebiki.reading.written_dates import iso_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("令和8年4月1日", "2026-04-01"),
        ("令和元年5月", "2019-05"),
        ("平成31年", "2019"),
        ("Ｒ８．４．１", "2026-04-01"),
        ("S64/1/7", "1989-01-07"),
        ("2026/4/1", "2026-04-01"),
        ("2026.4", "2026-04"),
        ("２０２６年４月１日", "2026-04-01"),
        ("“2026-04-01”", "2026-04-01"),
        ("20260401", "2026-04-01"),
        ("1 April 2026", "2026-04-01"),
        ("Apr. 1st, 2026", "2026-04-01"),
        ("April 2026", "2026-04"),
        ("2026", None),
        ("令和8年度", None),
        ("1/4/2026", None),
        ("2026/2/30", None),
        ("2026/13/1", None),
        ("令和0年1月1日", None),
        ("spring 2026", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_the_date_that_is_meant(written: str, date: str | None) -> None:
    assert iso_date(written) == date
