"""The search of larger handbooks: the pages of a language several times over, also as pages of their own."""

from __future__ import annotations

import copy
import html
import random
import re
import shutil
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
_PARTS = (
    "outline", "pages", "names", "counts", "texts", "postings", "wordPostings", "vocabulary", "classes", "pageClasses",
)  # fmt: skip
#: The number of different words grows with this power of the length of a text (Heaps' law).
_GROWTH = 0.5


def whole_index(site: Path, language: str = _LANGUAGE) -> dict[str, Any]:
    """The index of ``site`` in ``language`` as ``write_index`` takes it."""
    index = read_index(site, language)
    kept = {key: value for key, value in index.items() if key not in _PARTS}
    return {**kept, "pages": index["pages"]}


def larger_site(site: Path, times: int, language: str = _LANGUAGE, *, varied: bool = False) -> Path:
    """A site whose index in ``language`` holds the pages of ``site`` ``times`` over; the rest is linked.

    Args:
        site: The built site.
        times: How often.
        language: The language of the index.
        varied: Make each copy pages of their own: other addresses, titles and lengths, and as many new words as real
            text would have.
    """
    target = ROOT / "build" / "bench" / "search" / f"ours-{language}-{'varied-' if varied else ''}x{times}"
    (target / language / "search").mkdir(parents=True, exist_ok=True)
    for entry in [*site.iterdir(), *(site / language).iterdir()]:
        link = target / entry.relative_to(site)
        if entry.name not in (language, "search") and not link.exists():
            link.symlink_to(entry)
    index = whole_index(site, language)
    chance = random.Random(1)
    pages = list(index["pages"])
    for number in range(1, times):
        new = copy.deepcopy(index["pages"])
        if varied:
            _vary(new, chance)
            _replace_words(new, _GROWTH * (number + 1) ** (_GROWTH - 1), chance)
        pages += [{**page, "path": f"copy{number}/{page['path']}"} for page in new]
    write_index({**index, "pages": pages}, target / language)
    return target


def text_of(page: dict[str, Any]) -> str:
    """All that is searched of a page, as ``whole_index`` has it."""
    return "\n".join(text for section in page["sections"] for text in _texts_of(section))


def _texts_of(section: dict[str, Any]) -> list[str]:
    return [section["title"], *section.get("names", ()), section.get("text", ""), section.get("notes", "")]


def pages_as_html(site: Path, times: int) -> Path:
    """The pages of the Japanese index of ``site`` as plain HTML, for other engines."""
    target = ROOT / "build" / "bench" / "search" / f"html-x{times}" / "ja"
    shutil.rmtree(target, ignore_errors=True)
    for page in whole_index(site)["pages"]:
        sections = "\n".join(_section_as_html(section) for section in page["sections"])
        file = target / page["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        article = f'<article class="md-content__inner">\n{sections}\n</article>'
        text = f'<!doctype html><html lang="{_LANGUAGE}"><title>-</title>\n{article}\n'
        file.write_text(text, encoding="utf-8")
    return target


def _section_as_html(section: dict[str, Any]) -> str:
    title, *lines = map(html.escape, _texts_of(section))
    heading = f'<h2 id="{section["id"]}">{title}</h2>' if "id" in section else f"<h1>{title}</h1>"
    return heading + "".join(f"<p>{line}</p>" for line in lines)


def _vary(pages: list[dict[str, Any]], chance: random.Random) -> None:
    """Give ``pages`` names, titles and lengths of their own, out of what they have together."""
    sections = [section for page in pages for section in page["sections"]]
    pieces = sorted({piece for section in sections for piece in section.get("id", "").split("-")})
    lines = [line for section in sections for line in section.get("text", "").split("\n")]
    for page in pages:
        page["id"] = "-".join(chance.sample(pieces, 3))
        page["path"] = f"{'-'.join(chance.sample(pieces, 2))}.html"
        page["sections"] = [
            section for number, section in enumerate(page["sections"]) if number == 0 or chance.random() < 0.9
        ]
        for section in page["sections"]:
            section["title"] += chance.choice(lines)[: chance.randrange(8)].rstrip()
            if "id" in section:
                section["id"] = "-".join(chance.sample(pieces, 3))
            if text := section.get("text"):
                kept = (line for line in text.split("\n") if chance.random() < 0.9)
                section["text"] = "\n".join(
                    chance.choice(lines) if chance.random() < 0.5 else line for line in kept
                )


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
