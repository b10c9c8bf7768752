"""The search of larger handbooks: the Japanese pages several times over, with words that grow in number."""

from __future__ import annotations

import copy
import random
import re
import sys
from pathlib import Path
from typing import Any

from search_peers import ROOT
from tebiki.site.search_parts import write_index

sys.path.insert(0, str(ROOT / "tests" / "support"))

from search_index_file import read_index

_LANGUAGE = "ja"
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_TEXTS = ("title", "text", "notes")
_PARTS = ("pages", "names", "texts", "postings", "vocabulary", "classes")
#: The number of different words grows with this power of the length of a text (Heaps' law).
_GROWTH = 0.5


def whole_index(site: Path) -> dict[str, Any]:
    """The Japanese index of ``site`` as ``write_index`` takes it."""
    index = read_index(site, _LANGUAGE)
    kept = {key: value for key, value in index.items() if key not in _PARTS}
    return {**kept, "pages": index["pages"]}


def larger_site(site: Path, times: int, *, with_new_words: bool = False) -> Path:
    """A site whose Japanese index holds the pages of ``site`` ``times`` over; the rest is linked.

    Args:
        site: The built site.
        times: How often.
        with_new_words: Give each copy words of its own, as many as real text would have.
    """
    target = ROOT / "build" / "bench" / "search" / f"ours-x{times}"
    (target / _LANGUAGE / "search").mkdir(parents=True, exist_ok=True)
    for entry in [*site.iterdir(), *(site / _LANGUAGE).iterdir()]:
        link = target / entry.relative_to(site)
        if entry.name not in (_LANGUAGE, "search") and not link.exists():
            link.symlink_to(entry)
    index = whole_index(site)
    chance = random.Random(1)
    pages = []
    for number in range(times):
        pages += [{**page, "path": _path(page["path"], number)} for page in copy.deepcopy(index["pages"])]
        if number and with_new_words:
            _replace_words(pages[-len(index["pages"]) :], _GROWTH * (number + 1) ** (_GROWTH - 1), chance)
    write_index({**index, "pages": pages}, target / _LANGUAGE)
    return target


def _path(path: str, number: int) -> str:
    return f"copy{number}/{path}" if number else path


def _replace_words(pages: list[dict[str, Any]], share: float, chance: random.Random) -> None:
    """Replace a share of the different words of ``pages`` by new ones."""
    replacements: dict[str, str] = {}

    def replaced(match: re.Match[str]) -> str:
        word = match[0]
        if word not in replacements:
            new = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in word)
            replacements[word] = new if chance.random() < share else word
        return replacements[word]

    for page in pages:
        for section in page["sections"]:
            section |= {key: _WORD.sub(replaced, section[key]) for key in _TEXTS if key in section}
