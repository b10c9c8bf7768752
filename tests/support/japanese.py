"""Draws the Japanese out of a handbook for textlint, and says where each line of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.markup import LINK, quotations
from tebiki.model.positions import YamlList, YamlMap
from tebiki.model.traverse import entries, seems_localized
from tebiki.rules.quotation import LONGEST_TERM

_ADDRESS = re.compile(r"\[(?P<words>[^\[\]\n]*)\]\([^()\s]*\)")
_SENTENCE = re.compile(r"(です|ます|ません|でした|ました|ください)$")
_KANJI_RUN = re.compile(r"[々〇\u4e00-\u9fff]{7,}")


@dataclass
class Extract:
    """The Japanese of one file as Markdown, and the place that each of its lines comes from."""

    file: str
    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def add(self, text: str, at: Place) -> None:
        """Append ``text``, which begins ``at``, as a block of its own."""
        for line in (*text.split("\n"), ""):
            self.lines.append(line)
            self.places.append(at)


def extracts(handbook: Handbook) -> list[Extract]:
    """One extract for each file that has Japanese in it: data, checklists and pages."""
    titles = {item.id: item.title["ja"] for item in handbook.items if "ja" in item.title}
    titles |= {page.id: page.title["ja"] for page in handbook.pages}
    titles |= {one.id: one.head.title["ja"] for one in handbook.current_checklists}
    found: dict[str, Extract] = {}
    for file, data in entries(handbook):
        extract = found.setdefault(file, Extract(file))
        for text, quotes, at in _japanese(file, data):
            extract.add(_as_block(_plain(text, titles, LONGEST_TERM * (not quotes))), at)
    for page in handbook.pages:
        start = page.body_at["ja"]
        extract = found.setdefault(start.file, Extract(start.file))
        extract.add(f"# {page.title['ja']}", page.head.at)
        extract.add(page.description["ja"], page.head.at)
        for offset, line in enumerate(page.body["ja"].split("\n")):
            extract.lines.append(_plain(line, titles))
            extract.places.append(Place(start.file, start.line + offset))
    return list(found.values())


def names(handbook: Handbook) -> list[str]:
    """Runs of more than six kanji in the handbook's names and terms: they are no finding where they stand."""
    runs: set[str] = set()
    for _file, data in entries(handbook):
        for key, text in _named(data):
            if key != "text":
                runs |= set(_KANJI_RUN.findall(text))
    return sorted(runs)


def _named(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Titles, aliases, authorities, issuers and the like: every Japanese text without a sentence in it."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, YamlMap):
        for name, value in data.items():
            if name == "ja" or not seems_localized(data):
                inner = key if name == "ja" else name
                yield from ((k, t) for k, t in _named(value, inner) if "。" not in t)
    elif isinstance(data, YamlList):
        for value in data:
            yield from _named(value, key)


def _japanese(file: str, data: Any) -> Iterator[tuple[str, bool, Place]]:
    """Every Japanese text of ``data``, whether it is a definition that quotes its source, and its place."""
    if isinstance(data, YamlMap):
        for value in data.values():
            if isinstance(value, YamlMap) and seems_localized(value):
                if "ja" in value:
                    yield value["ja"], "ja" in data.get("quoted", ()), Place(file, *value.positions["ja"])
            else:
                yield from _japanese(file, value)
    elif isinstance(data, YamlList):
        for value in data:
            if isinstance(value, YamlMap) and seems_localized(value):
                if "ja" in value:
                    yield value["ja"], False, Place(file, *value.positions["ja"])
            else:
                yield from _japanese(file, value)


def _as_block(text: str) -> str:
    """A sentence as a paragraph; a name, a label or a list of nouns as a heading, which ends in no 。"""
    is_label = "\n" not in text and "。" not in text and not _SENTENCE.search(text)
    return f"#### {text}" if is_label else text


def _plain(text: str, titles: dict[str, str], longest_term: int = LONGEST_TERM) -> str:
    """What a reader sees: words of links, no addresses, no ids, and no quoted wording, which is not ours."""
    shown = LINK.sub(lambda link: link["words"] or titles.get(link["id"], link["id"]), text)
    shown = _ADDRESS.sub(r"\g<words>", shown)
    for one in quotations(shown):
        if one.length > longest_term and not one.block:
            shown = shown.replace(one.words, "引用")
    return "" if shown.startswith("![[") else re.sub(r"\s*\{[^}\n]*\}\s*$", "", shown)
