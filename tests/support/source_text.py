"""Compares texts of a handbook with the text of its sources, of which only fingerprints are kept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.markup import LINK
from tebiki.model.positions import YamlList, YamlMap
from tebiki.model.traverse import entries

WINDOW = 25
FINGERPRINT_SIZE = 5

_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_QUOTATION = re.compile(r"「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』")
_ADDRESS = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*\)")
_MARKUP = re.compile(r"[*`|#]|\{[^}]*\}")
#: Keys whose values are names, places in a document, or marked quotations.
_NAMES = (
    "title",
    "aliases",
    "issuer",
    "operator",
    "organisation",
    "authority",
    "document",
    "place",
    "name",
    "number",
)
_QUOTED = ("quotation", "quote", "original", "wording")
#: Stands for a name or a quotation. No source contains it.
_LEFT_OUT = "\ue000"


def normalized(text: str) -> str:
    """The text without width, compatibility forms and white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def windows(text: str) -> Iterator[str]:
    """All windows of a normalized text that contain Japanese and nothing that was left out."""
    for start in range(len(text) - WINDOW + 1):
        window = text[start : start + WINDOW]
        if _LEFT_OUT not in window and _JAPANESE.search(window):
            yield window


def fingerprint(window: str) -> bytes:
    """The first bytes of the hash of a window."""
    return hashlib.blake2b(window.encode(), digest_size=FINGERPRINT_SIZE).digest()


def fingerprints(text: str) -> Iterator[bytes]:
    """The fingerprints of all windows of a text."""
    return map(fingerprint, windows(normalized(text)))


def read_fingerprints(file: Path) -> frozenset[bytes]:
    """The fingerprints that ``tests/source_fingerprints/make.py`` has written."""
    data = file.read_bytes()
    return frozenset(data[at : at + FINGERPRINT_SIZE] for at in range(0, len(data), FINGERPRINT_SIZE))


def copied_passages(handbook: Handbook, known: frozenset[bytes], more_names: Iterable[str] = ()) -> list[str]:
    """The passages outside quotation marks that a source contains, each with its file and line."""
    names = sorted(
        {normalized(name) for name in (*_names(handbook), *more_names)} - {""}, key=len, reverse=True
    )
    pattern = re.compile("|".join(re.escape(name) for name in names if len(name) > 7))
    passages = []
    for place, text in _texts(handbook):
        left = pattern.sub(_LEFT_OUT, normalized(_without_quotations(text)))
        passages += [f"{place.file}:{place.line} {passage}" for passage in _matching(left, known)]
    return passages


def _matching(text: str, known: frozenset[bytes]) -> Iterator[str]:
    """The longest runs of windows that are known."""
    passage = ""
    for window in windows(text):
        if fingerprint(window) in known:
            passage = passage + window[-1] if passage[-WINDOW + 1 :] == window[:-1] and passage else window
        elif passage:
            yield passage
            passage = ""
    if passage:
        yield passage


def _without_quotations(text: str) -> str:
    text = LINK.sub(lambda match: match["words"] or "", text)
    # the words of a web link are the title of what it leads to
    return _MARKUP.sub("", _QUOTATION.sub(_LEFT_OUT, _ADDRESS.sub(_LEFT_OUT, text)))


def _names(handbook: Handbook) -> Iterator[str]:
    for _file, data in entries(handbook):
        yield from _values(data, "", _NAMES)
    # a question in the wording of its source may be repeated by the questions that follow it
    for checklist in handbook.current_checklists:
        for question in checklist.questions:
            if question.data.get("basis") == "quoted":
                yield question.data["question"]["ja"].rstrip("。")
    yield from (page.title["ja"] for page in handbook.pages)


def _values(data: Any, key: str, wanted: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, str):
        if key in wanted:
            yield data
    elif isinstance(data, YamlMap):
        for name, value in data.items():
            yield from _values(value, key if name in ("ja", "en") else name, wanted)
    elif isinstance(data, YamlList):
        for value in data:
            yield from _values(value, key, wanted)


def _texts(handbook: Handbook) -> Iterator[tuple[Place, str]]:
    current = {checklist.head.at.file for checklist in handbook.current_checklists}
    for file, data in entries(handbook):
        if not file.startswith("checklists/") or file.count("/") == 1 or file in current:
            yield from _japanese(file, data)
    for page in handbook.pages:
        start = page.body_at["ja"]
        for offset, line in enumerate(page.body["ja"].split("\n")):
            yield Place(start.file, start.line + offset), line


def _japanese(file: str, data: Any) -> Iterator[tuple[Place, str]]:
    if isinstance(data, YamlMap):
        if data.get("basis") == "quoted":
            return  # a question in the wording of its source, which says so
        quoted = data.get("quoted", ())
        for key, value in data.items():
            if key in (*_NAMES, *_QUOTED):
                continue
            if isinstance(value, YamlMap) and isinstance(value.get("ja"), str):
                if "ja" not in quoted:
                    yield Place(file, *value.positions["ja"]), value["ja"]
            else:
                yield from _japanese(file, value)
    elif isinstance(data, YamlList):
        for value in data:
            if isinstance(value, YamlMap) and isinstance(value.get("ja"), str):
                yield Place(file, *value.positions["ja"]), value["ja"]
            else:
                yield from _japanese(file, value)
