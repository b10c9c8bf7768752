"""Sentences that call a plan what has already passed."""

from __future__ import annotations

import pytest
from tebiki.rules.past_plan import overdue_plans

TODAY = "2026-04-01"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "2026年3月に提供する予定です。"),
        ("ja", "教材は2025年12月20日に作成中です。次の文です。"),
        ("ja", "2024年度に始まる見込みです。"),
        ("en", "It is planned for March 2026. More follows."),
        ("en", "Materials (fiscal 2024) are in preparation."),
        ("en", "The next plan begins on 1 April 2025."),
    ],
)
def test_a_plan_is_overdue_when_all_its_dates_have_passed(language: str, text: str) -> None:
    assert list(overdue_plans(text, language, TODAY))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "2026年3月に提供する予定でした。"),
        ("ja", "2026年1月の時点で作成中です。"),
        ("ja", "2025年12月の資料は、2027年度の課題からの予定だとしています。"),
        ("ja", "2026年4月に提供する予定です。"),
        ("ja", "提供する予定です。"),
        ("ja", "2025年度に始まりました。これから広げる予定です。"),
        ("en", "As of January 2026 it is planned for March 2026."),
        ("en", "It was planned for March 2026."),
        ("en", "It is planned for fiscal year 2026."),
        ("en", "Nothing is planned."),
        ("fr", "prévu pour mars 2026; planned for March 2026"),
    ],
)
def test_what_is_placed_in_its_time_or_lies_ahead_is_no_overdue_plan(language: str, text: str) -> None:
    assert list(overdue_plans(text, language, TODAY)) == []
