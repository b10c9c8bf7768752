"""Reads the search index of a built site, and puts its parts together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#: The numbers of a section in the table of its page: its class and the lengths of its fields.
_NUMBERS = 5


def read_index(site: Path, language: str) -> dict[str, Any]:
    """Read the search index of ``site`` in ``language``; its pages have all that is known of their sections."""
    folder = site / language / "search"
    index = read_part(folder, "index")
    pages = [page for name in index["pages"] for page in read_part(folder, name)]
    for page, name in zip(pages, index["texts"], strict=True):
        classes = _decoded(page["sections"])[::_NUMBERS]
        texts = read_part(folder, name)
        page["sections"] = [
            {**text, **index["classes"][number]}
            for text, number in zip(texts["sections"], classes, strict=True)
        ]
    return {**index, "pages": pages}


def read_part(folder: Path, name: str) -> Any:
    """Read one part of an index."""
    script = (folder / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(script.partition("]=")[2].rstrip().removesuffix(";"))


def _decoded(text: str) -> list[int]:
    numbers, number, shift = [], 0, 0
    for digit in map(_DIGITS.index, text):
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(number)
            number, shift = 0, 0
    return numbers
