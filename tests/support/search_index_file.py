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
    texts = iter([text for _, name in index["texts"] for text in read_part(folder, name)])
    for page in pages:
        classes = _decoded(page["sections"])[::_NUMBERS]
        page["sections"] = [{**next(texts), **index["classes"][number]} for number in classes]
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
