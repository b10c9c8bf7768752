"""The order of a glossary and its index of letters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from example_handbook import MINIMAL, loaded
from tebiki.compiling.letter_index import by_reading, first_of_letters
from tebiki.model.item import Item

TERM = next(item for item in loaded(MINIMAL).items if item.kind == "term")


def terms(*readings: str, title: str = "語") -> list[Item]:
    """Terms that are known by their ids."""
    return [replace(TERM, id=reading, title={"ja": title, "en": reading}, data={"readings": [reading]}) for reading in readings]  # fmt: skip


@pytest.mark.parametrize(
    "readings",
    [
        ("あい", "かき", "さし", "わん"),
        ("はし", "はじめ", "ばしょ"),
        ("きゃく", "きやすい", "きゅう"),
        ("かあさ", "カード", "かい"),
        ("コード", "こおり"),
        ("いーでぃーあーる", "いんふら"),
    ],
)
def test_japanese_terms_stand_in_the_order_of_their_readings(readings: tuple[str, ...]) -> None:
    assert [term.id for term in by_reading(terms(*reversed(readings)), "ja")] == list(readings)


def test_names_without_kana_come_last() -> None:
    entries = [*terms("kanji"), *terms("zeta", title="AI"), *terms("わ"), *terms("あ")]
    assert [term.id for term in by_reading(entries, "ja")] == ["あ", "わ", "zeta", "kanji"]
    assert [letter for letter, _ in first_of_letters(by_reading(entries, "ja"), "ja")] == [
        "あ",
        "わ",
        "A–Z",
        "#",
    ]


def test_a_letter_is_the_row_of_the_first_kana_and_leads_to_its_first_term() -> None:
    entries = by_reading(terms("ガイド", "かし", "けん", "ぱす", "ゐど"), "ja")
    letters = [(letter, term.id) for letter, term in first_of_letters(entries, "ja")]
    assert letters == [("か", "ガイド"), ("は", "ぱす"), ("わ", "ゐど")]


def test_english_terms_stand_in_the_order_of_letters() -> None:
    entries = by_reading(terms("“Zone”", "égalité", "Fund", "equal", "2FA"), "en")
    assert [term.id for term in entries] == ["2FA", "égalité", "equal", "Fund", "“Zone”"]
    assert [letter for letter, _ in first_of_letters(entries, "en")] == ["#", "E", "F", "Z"]
