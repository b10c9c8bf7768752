"""Identifiers of institutions and their check digits, as ``browser/assessment/institution-id.ts`` checks them."""

from __future__ import annotations

import re
from collections.abc import Callable

_ROR = re.compile(r"0([a-hj-km-np-tv-z0-9]{6})([0-9]{2})")
_HOUJIN_BANGOU = re.compile(r"([1-9])([0-9]{12})")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def is_institution_id(scheme: str, value: str) -> bool:
    """Return whether ``value`` is an identifier of ``scheme`` with the right check digits.

    Args:
        scheme: ``ror`` (Research Organization Registry) or ``houjin-bangou`` (Japanese corporate number).
        value: The identifier: nine characters of a ROR id without the address before them, or 13 digits.
    """
    return scheme in _CHECKS and _CHECKS[scheme](value)


def _is_ror(value: str) -> bool:
    """Check a ROR id: six characters in Crockford's base 32, and two check digits by ISO 7064 MOD 97-10."""
    match = _ROR.fullmatch(value)
    if match is None:
        return False
    number = 0
    for character in match[1]:
        number = number * 32 + _CROCKFORD.index(character)
    return 98 - number * 100 % 97 == int(match[2])


def _is_houjin_bangou(value: str) -> bool:
    """Check a corporate number: the first digit is 9 minus the weighted sum of the others modulo 9.

    Ministry of Finance ordinance on the designation of corporate numbers (平成26年財務省令第70号): counted from the
    right, digits in odd places weigh 1 and those in even places 2.
    """
    match = _HOUJIN_BANGOU.fullmatch(value)
    if match is None:
        return False
    weighted = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(match[2])))
    return 9 - sum(weighted) % 9 == int(match[1])


_CHECKS: dict[str, Callable[[str], bool]] = {"ror": _is_ror, "houjin-bangou": _is_houjin_bangou}
