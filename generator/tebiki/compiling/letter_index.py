"""The order of a glossary: by readings in Japanese (五十音), by letters in other languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from tebiki.model.item import Item

_ROWS = (
    "あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも", "やゆよ", "らりるれろ", "わゐゑをん"
)  # fmt: skip
_VOWELS = {
    kana: column[0]
    for column in ("あかさたなはまやらわ", "いきしちにひみりゐ", "うくすつぬふむゆる", "えけせてねへめれゑ", "おこそとのほもよろを")
    for kana in column
}  # fmt: skip
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LATIN, _OTHER = "A–Z", "#"


def by_reading(terms: Iterable[Item], language: str) -> list[Item]:
    """Return ``terms`` in the order in which a reader of ``language`` looks them up.

    Japanese follows JIS X 4061 in short: voiced and small kana count as the plain kana, and a long vowel mark as the
    vowel before it. Names in Latin letters come after the kana, names without a reading at the end.
    """
    return sorted(terms, key=lambda term: _sort_key(term, language))


def first_of_letters(terms: Sequence[Item], language: str) -> list[tuple[str, Item]]:
    """Return each letter with its first term; for Japanese the rows あ, か, さ … are the letters.

    Args:
        terms: Terms in the order of ``by_reading``.
        language: The language of the page.
    """
    first: dict[str, Item] = {}
    for term in terms:
        first.setdefault(_letter(_reading(term, language), language), term)
    return list(first.items())


def _sort_key(term: Item, language: str) -> tuple[int, str, str]:
    reading = _reading(term, language)
    group = 0
    if language == "ja":
        letter = _letter(reading, language)
        group = (_LATIN, _OTHER).index(letter) + 1 if letter in (_LATIN, _OTHER) else 0
    return group, _folded(reading), term.title[language]


def _reading(term: Item, language: str) -> str:
    readings = term.data.get("readings", ()) if language == "ja" else ()
    return next((reading for reading in readings if _folded(reading)[:1] in _VOWELS), term.title[language])


def _letter(reading: str, language: str) -> str:
    first = _folded(reading)[:1]
    if language == "ja":
        row = next((row[0] for row in _ROWS if first and first in row), None)
        return row or (_LATIN if first.isascii() and first.isalpha() else _OTHER)
    return first.upper() if first.isalpha() else _OTHER


def _folded(text: str) -> str:
    """Return ``text`` without accents, voicing marks, small forms, case and what is neither letter nor digit."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_KATAKANA_TO_HIRAGANA).translate(_SMALL)
    folded = ""
    for character in plain:
        if character == "ー":
            folded += _VOWELS.get(folded[-1:], "")
        elif character.isalnum():
            folded += character
    return folded
