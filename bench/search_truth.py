"""The queries of the bench: parts of the text itself, and the pages that contain them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping

_KANJI = r"[\u4e00-\u9fff々]"
_KATAKANA = r"[\u30a1-\u30fa\u30fc]"
_RUNS = {
    "kanji": re.compile(rf"{_KANJI}{{2,}}"),
    "katakana": re.compile(rf"{_KATAKANA}{{2,8}}"),
    "mixed": re.compile(rf"(?:{_KANJI}+{_KATAKANA}+|{_KATAKANA}+{_KANJI}+)(?:{_KANJI}|{_KATAKANA})*"),
    "inside": re.compile(rf"{_KANJI}{{4,}}"),
    "prefix": re.compile(rf"{_KATAKANA}{{4,}}"),
    "anything": re.compile(r"[^\n]{2,}"),
}
CLASSES = tuple(_RUNS)
EACH = 100


def plain(text: str) -> str:
    """Text as literal containment sees it: NFKC, and letters without case."""
    return unicodedata.normalize("NFKC", text).lower()


def substrings(texts: Mapping[str, str], seed: int = 1) -> list[tuple[str, str]]:
    """EACH parts of 2 to 8 characters for every class, as (class, part)."""
    draw = random.Random(seed)
    text = "\n".join(plain(page_text) for page_text in texts.values())
    substrings_by_class: list[tuple[str, str]] = []
    for name, runs in _RUNS.items():
        words = sorted(set(runs.findall(text)))
        chosen: dict[str, None] = {}
        while len(chosen) < EACH:
            part = _part(name, draw.choice(words), draw)
            if part and len(part) == len(part.strip()):
                chosen[part] = None
        substrings_by_class += [(name, part) for part in chosen]
    return substrings_by_class


def _part(name: str, word: str, draw: random.Random) -> str | None:
    if name == "katakana":
        return word
    if name == "prefix":
        return word[: draw.randint(2, min(8, len(word) - 1))]
    if name == "inside":
        start = draw.randint(1, len(word) - 3)
        return word[start : start + 2]
    length = draw.randint(2, min(8, len(word)))
    start = draw.randint(0, len(word) - length)
    part = word[start : start + length]
    if name == "mixed" and not (re.search(_KANJI, part) and re.search(_KATAKANA, part)):
        return None
    return part


def pages_with(part: str, texts: Mapping[str, str]) -> set[str]:
    """The pages whose text holds ``part``; both have gone through ``plain``."""
    return {path for path, text in texts.items() if part in text}
