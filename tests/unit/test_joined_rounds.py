"""Counts by level, and of the same institutions in two rounds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from example_handbook import EXAMPLES, loaded, of_institutions
from random_results import answer, draft
from tebiki.locales import words
from tebiki.model.shared_constants import WITHHELD
from tebiki.results.aggregate import aggregate
from tebiki.results.aggregate_values import Aggregate
from tebiki.results.aggregate_view import grouped_counts, joined_rows
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.html_report import aggregate_html
from tebiki.results.record import build_record, serialize

HANDBOOK = of_institutions(loaded(EXAMPLES / "valid" / "research-data"))
(VERSION,) = checklist_versions(HANDBOOK)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Aggregate:
    """Two institutions in two rounds, one in the first only, and one without an identifier in both."""
    folder = tmp_path_factory.mktemp("results")
    results = [
        ("2025", "03yrm5c26", "is-not"),
        ("2026", "03yrm5c26", "is-so"),
        ("2025", "01ggx4157", "is-not"),
        ("2026", "01ggx4157", "is-not"),
        ("2025", "02kpeqv85", "not-known"),
        ("2025", "", "is-so"),
        ("2026", "", "is-so"),
    ]
    for number, (round_, ror, value) in enumerate(results):
        identifier = {"identifier": {"scheme": "ror", "value": ror}} if ror else {}
        subject = {"label": "", "round": round_, **identifier}
        members = {"answers": {"has-plan": answer(value)}, "subject": subject}
        record = build_record(draft(VERSION, HANDBOOK, random.Random(number), **members), VERSION)
        Path(folder, f"{number}.json").write_bytes(serialize(record))
    return aggregate(folder, HANDBOOK, processes=1, at_least=1)


def test_every_level_is_counted(counted: Aggregate) -> None:
    assert counted.counted_files == 7
    levels = dict(grouped_counts(counted.counts, VERSION, HANDBOOK, "en")["levels"])
    # the question on names is asked of those who have a plan
    assert levels["Must"] == {"is-not": 3, "is-so": 3, "not-known": 1, "unanswered": 3}
    assert levels["Should"] == {"unanswered": 14}


def test_institutions_with_an_identifier_are_joined_over_two_rounds(counted: Aggregate) -> None:
    (first, before), (second, after) = joined_rows(counted, "before-publishing", "en")
    assert first == "2025 (2 institutions with results of 2025 and 2026)"
    assert second == "2026 (2 institutions with results of 2025 and 2026)"
    assert before == {"is-not": 2, "unanswered": 8}
    assert after == {"is-not": 1, "is-so": 1, "unanswered": 9}


def test_the_report_shows_both_and_no_identifier(counted: Aggregate) -> None:
    page = aggregate_html(counted, HANDBOOK, "en").decode()
    assert "By level" in page
    assert "The same institutions in two assessment periods" in page
    assert "03yrm5c26" not in page


@pytest.mark.parametrize(("ror", "published"), [("03yrm5c26", 0), ("", 6)])
def test_several_results_of_an_institution_are_one_institution(
    ror: str, published: int, tmp_path: Path
) -> None:
    for number in range(6):
        identifier = {"identifier": {"scheme": "ror", "value": ror}} if ror else {}
        subject = {"label": "", "round": "2026", **identifier}
        members = {"answers": {"has-plan": answer("is-so")}, "subject": subject}
        record = build_record(draft(VERSION, HANDBOOK, random.Random(number), **members), VERSION)
        (tmp_path / f"{number}.json").write_bytes(serialize(record))
    counted = aggregate(tmp_path, HANDBOOK, processes=1)
    assert counted.counted_files == published
    assert {count.count for count in counted.counts if count.item == "has-plan"} == {published} - {0}


def test_counts_of_two_rounds_of_which_a_part_is_withheld_are_the_least_that_they_can_be(
    tmp_path: Path,
) -> None:
    """Twenty institutions: all of them answer "is-so" in the first round, three of them "is-not" in the second."""
    for number in range(20):
        identifier = {"scheme": "ror", "value": ror(number)}
        for round_ in ("2025", "2026"):
            value = "is-not" if round_ == "2026" and number < 3 else "is-so"
            subject = {"label": "", "round": round_, "identifier": identifier}
            chance = random.Random(f"{round_}{number}")
            members = {"answers": {"has-plan": answer(value)}, "subject": subject}
            record = build_record(draft(VERSION, HANDBOOK, chance, **members), VERSION)
            (tmp_path / f"{round_}-{number}.json").write_bytes(serialize(record))
    counted = aggregate(tmp_path, HANDBOOK, processes=1)
    (_first, before), (_second, after) = joined_rows(counted, "before-publishing", "en")
    assert (before.shown("is-so"), before.shown(WITHHELD), before.shown_total()) == (20, 0, 120)
    assert after.shown("is-not") == "*"
    assert str(after.shown("is-so")).startswith(("≥", "*"))
    # the question on names depends on these answers, and so it is not counted
    assert str(after.shown("unanswered")).startswith("≥")
    assert str(after.shown_total()).startswith("≥")
    page = aggregate_html(counted, HANDBOOK, "en").decode()
    table = page.partition(words("en", "result")["aggregate"]["joined"] + "</caption>")[2].partition(
        "</table>"
    )[0]
    assert words("en", "result")["aggregate"]["withheld"] in table


def ror(number: int) -> str:
    """The identifier of an institution that does not exist, with its check digits (ISO 7064, MOD 97-10)."""
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    text = f"0{digits[number % 32]}{digits[number // 32]}zzzz"
    value = 0
    for digit in text:
        value = value * 32 + digits.index(digit)
    return f"{text}{98 - value * 100 % 97:02d}"
