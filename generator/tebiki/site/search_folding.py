"""Folding of texts for the search: different spellings become the same string.

``browser/search/fold.ts`` folds what a reader types by the same rules and explains them. Both are tested with the
texts in ``tests/search/sample.json``. Here a text is only normalized as a whole; ``browser/indexer/text.ts`` divides it
into characters, by the kinds of code units.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from tebiki.model.shared_constants import VARIANT_CHARACTERS

_KATAKANA = {code: chr(code - 0x60) for code in [*range(0x30A1, 0x30F7), 0x30FD, 0x30FE]}
_VARIANTS = {ord(variant): common for variant, common in re.findall("(.)(.)", VARIANT_CHARACTERS)}
#: What a character is, as bits of the table that the indexer reads; and by these the characters, each a single one or
#: the first and the last of several.
_SEPARATOR, _DROPPED, _MARK, _LETTER_OR_DIGIT, _LETTER = 1, 2, 4, 8, 16
_SEPARATORS = (
    "\x00\t",
    "\x0b ",
    "\x7f\xa0",
    "\u1680",
    "\u2000\u200a",
    "\u2028\u2029",
    "\u202f",
    "\u205f",
    "\u3000",
)
_HYPHENS = ("-", "\u2010\u2015", "\u2212", "\u2043")
_KINDS = {
    _SEPARATOR: _SEPARATORS + _HYPHENS,
    _DROPPED: ("ー", "・", "·", "‧", "\u00ad", "\u200b\u200d", "\u2060", "\ufeff"),
    _MARK: ("\u0300\u036f", "\u20d0\u20ff", "\u3099\u309a"),
    _LETTER_OR_DIGIT: ("az", "09"),
    _LETTER: ("az",),
}


def normalized(text: str) -> str:
    """Return a text in one width and one case, with compatible characters replaced (NFKC); its lines stay."""
    return "\n".join(map(_normalized_line, text.split("\n")))


@functools.lru_cache(10_000)  # titles of sources and words of statuses stand at many items
def _normalized_line(line: str) -> str:
    return unicodedata.normalize("NFKC", line).lower()


def folded(character: str) -> str:
    """Return what a character of a normalized text is folded to, a UTF-16 code unit as it is."""
    code = ord(character)
    if kinds_of_code_units()[code] & _SEPARATOR:
        return " "
    return _KATAKANA.get(code) or _VARIANTS.get(code, character)


@functools.cache
def kinds_of_code_units() -> bytes:
    """Return the kinds of each UTF-16 code unit of a normalized text, in the order of the code units."""
    kinds = bytearray(0x10000)
    for kind, ranges in _KINDS.items():
        for limits in ranges:
            for code in range(ord(limits[0]), ord(limits[-1]) + 1):
                kinds[code] |= kind
    return bytes(kinds)
