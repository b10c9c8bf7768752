"""Extracts the Japanese texts of a handbook for textlint, with the place of each line."""

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

_ADDRESS = re.compile(r"!?\[(?P<words>[^\[\]\n]*)\]\([^()\s]*\)")
_SENTENCE = re.compile(r"(です|ます|ません|でした|ました|ください)$")
_KANJI_RUN = re.compile(r"[々〇\u4e00-\u9fff]{7,}")


@dataclass
class Extract:
    """The Japanese texts of a file as Markdown, and the place that each line comes from."""

    file: str
    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def add(self, text: str, at: Place) -> None:
        """Append ``text``, which begins at ``at``, as a block of its own."""
        for line in (*text.split("\n"), ""):
            self.lines.append(line)
            self.places.append(at)


def extracts(handbook: Handbook) -> list[Extract]:
    """Return an extract for each file with Japanese texts: data, checklists and pages."""
    titles = {item.id: item.title["ja"] for item in handbook.items if "ja" in item.title}
    titles |= {page.id: page.title["ja"] for page in handbook.pages}
    titles |= {checklist.id: checklist.head.title["ja"] for checklist in handbook.current_checklists}
    by_file: dict[str, Extract] = {}
    for file, data in entries(handbook):
        extract = by_file.setdefault(file, Extract(file))
        for text, quotes, at in _japanese(file, data):
            extract.add(_as_block(_plain(text, titles, LONGEST_TERM * (not quotes))), at)
    for page in handbook.pages:
        start = page.body_at["ja"]
        extract = by_file.setdefault(start.file, Extract(start.file))
        extract.add(f"# {page.title['ja']}", page.head.at)
        extract.add(page.description["ja"], page.head.at)
        for offset, line in enumerate(page.body["ja"].split("\n")):
            extract.lines.append(_plain(line, titles))
            extract.places.append(Place(start.file, start.line + offset))
    return list(by_file.values())


def names(handbook: Handbook) -> list[str]:
    """Return the runs of more than six kanji in the handbook's names and terms, which textlint has to accept."""
    runs: set[str] = set()
    for _file, data in entries(handbook):
        for key, text in _short_texts(data):
            if key != "text":
                runs |= set(_KANJI_RUN.findall(text))
    return sorted(runs)


def _short_texts(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the key and the text of every Japanese text without a sentence: titles, aliases, issuers and the like."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, YamlMap):
        for name, value in data.items():
            if name == "ja" or not seems_localized(data):
                inner = key if name == "ja" else name
                yield from ((name, text) for name, text in _short_texts(value, inner) if "。" not in text)
    elif isinstance(data, YamlList):
        for value in data:
            yield from _short_texts(value, key)


def _japanese(file: str, data: Any) -> Iterator[tuple[str, bool, Place]]:
    """Yield every Japanese text of ``data``, whether it is a definition that quotes its source, and its place."""
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
    """Format a sentence as a paragraph, and a label or a list of nouns as a heading, which needs no 。 at its end."""
    is_label = "\n" not in text and "。" not in text and not _SENTENCE.search(text)
    return f"#### {text}" if is_label else text


def _plain(text: str, titles: dict[str, str], longest_term: int = LONGEST_TERM) -> str:
    """Return the text that a reader sees, without addresses, ids and quoted wording, which is not ours to change."""
    shown = LINK.sub(lambda link: link["words"] or titles.get(link["id"], link["id"]), text)
    shown = _ADDRESS.sub(r"\g<words>", shown)
    for quotation in quotations(shown):
        if quotation.length > longest_term and not quotation.block:
            shown = shown.replace(quotation.words, "引用")
    return "" if shown.startswith("![[") else re.sub(r"\s*\{[^}\n]*\}\s*$", "", shown)
