"""Characters that some programs and fonts do not show (機種依存文字), and what stands for them where they would be lost."""

from __future__ import annotations

import re
import unicodedata

#: Roman numerals, circled and bracketed signs, signs for units and companies: Ⅱ, ①, ㈱, ㎡, №, ℡.
MACHINE_DEPENDENT = re.compile(
    "[\u2116\u2121\u2160-\u217f\u2460-\u24ff\u2776-\u2793\u3220-\u3247\u3250-\u32b0\u32c0-\u33ff]"
)
_CIRCLED = re.compile("[\u2460-\u2473\u24b6-\u24ea\u2776-\u2793\u3251-\u325f\u3280-\u32bf]")


def portable_text(text: str) -> str:
    """Return a text with machine-dependent characters written out: Ⅱ as II, ① as (1), ㈱ as (株)."""
    return MACHINE_DEPENDENT.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return f"({plain})" if _CIRCLED.match(match[0]) else plain
