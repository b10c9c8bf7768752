from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.english_months import MONTHS
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of

_JAPANESE_DATE = re.compile(r"(?<!\d)(\d{4})年(?:(度)|(\d{1,2})月(?:(\d{1,2})日)?)?")
_ENGLISH_DATE = re.compile(
    rf"\b(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})|(?:fiscal(?: year)? |FY ?)(\d{{4}}))\b"
)
_SENTENCE_END = re.compile(r"(?<=。)|(?<=[.!?])\s|\n")
#: Words of a plan, and words by which the sentence says when it was one.
_PLANS = {
    "ja": (
        re.compile(r"予定|作成中|準備中|次期|見込み"),
        re.compile(r"時点|当時|でした|ました|していた|れていた|だった|その後"),
    ),
    "en": (
        re.compile(r"\b(?:planned|in preparation|upcoming|forthcoming|the next)\b", re.IGNORECASE),
        re.compile(r"\b(?:was|were|had|said|as of|at the time|then|since|reported)\b", re.IGNORECASE),
    ),
}


@rule("past-plan")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """What is called a plan lies before the date of the handbook, or a review is overdue.

    This concerns an event with ``planned: true`` without ``outcome``, a ``review_by``, and a sentence in
    Japanese or English with a word such as 予定, 作成中, planned or in preparation whose dates have all passed.
    The day that counts is ``date`` in ``content/handbook.yml``. Write what became of the plan, or what is not
    known of it, under ``outcome``; in a text, write when it was a plan (2026年1月の時点で, as of January 2026).
    Review what is overdue, and set ``last_reviewed`` and ``review_by``.
    """
    today = handbook.data.get("date", "")
    for item in handbook.items:
        if item.data.get("planned") and "outcome" not in item.data and _end(item.data["date"]) < today:
            message = Message("rules.past-plan.event", id=item.id, date=item.data["date"])
            yield _warning(item.data, "date", item.at.file, message)
    for head in (*handbook.items, *(page.head for page in handbook.pages)):
        due = head.data.get("review_by")
        if due and due < today:
            message = Message("rules.past-plan.review", date=due)
            yield _warning(head.data, "review_by", head.at.file, message)
    for file, owner, language, text in traverse.all_localized_texts(handbook):
        for sentence in overdue_plans(text, language, today):
            message = Message("rules.past-plan.sentence", sentence=sentence[:60])
            yield _warning(owner, language, file, message)
    for page in handbook.pages:
        for language, body in page.body.items():
            for sentence in overdue_plans(body, language, today):
                place = page.place(language, body.index(sentence))
                message = Message("rules.past-plan.sentence", sentence=sentence[:60])
                yield Diagnostic(place, "past-plan", message, "warning")


def _warning(data: Any, key: str, file: str, message: Message) -> Diagnostic:
    return Diagnostic(place_of(data, key, file), "past-plan", message, "warning")


def _end(date: str) -> str:
    """Return the last day of ``2026``, ``2026-04`` or ``2026-04-18`` in a form that compares with other days."""
    return (date + "-12-31"[3 * date.count("-") :])[:10]


@functools.lru_cache(maxsize=65_536)  # `tebiki serve` checks all texts after a change of one
def overdue_plans(text: str, language: str, today: str) -> tuple[str, ...]:
    """Return the sentences of ``text`` that speak of a plan whose dates all lie before ``today`` (ISO 8601)."""
    if language not in _PLANS:
        return ()
    plan, placed = _PLANS[language]
    if not plan.search(text):
        return ()
    dates_of = _japanese_dates if language == "ja" else _english_dates
    overdue = []
    for sentence in _SENTENCE_END.split(text):
        if plan.search(sentence) and not placed.search(sentence):
            dates = list(dates_of(sentence))
            if dates and max(dates) < today:
                overdue.append(sentence)
    return tuple(overdue)


def _japanese_dates(sentence: str) -> Iterator[str]:
    for year, fiscal, month, day in _JAPANESE_DATE.findall(sentence):
        yield _last_day(year, bool(fiscal), int(month or 0), int(day or 0))


def _english_dates(sentence: str) -> Iterator[str]:
    for day, month, year, fiscal_year in _ENGLISH_DATE.findall(sentence):
        number = MONTHS.index(month) + 1 if month else 0
        yield _last_day(year or fiscal_year, bool(fiscal_year), number, int(day or 0))


def _last_day(year: str, fiscal: bool, month: int, day: int) -> str:
    if fiscal:
        return f"{int(year) + 1}-03-31"
    return f"{year}-{month or 12:02}-{day or 31:02}"
