"""Reads the search index of a built site, and puts its parts together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_index(site: Path, language: str) -> dict[str, Any]:
    """Read the search index of ``site`` in ``language``; its pages have names and texts."""
    folder = site / language / "search"
    index = read_part(folder, "index")
    pages = [page for name in index["names"] for page in read_part(folder, name)]
    for page, name in zip(pages, index["texts"], strict=True):
        texts = read_part(folder, name)
        for section, shown in zip(page["sections"], texts["sections"], strict=True):
            section.update(shown)
    return {**index, "pages": pages}


def read_part(folder: Path, name: str) -> Any:
    """Read one part of an index."""
    script = (folder / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(script.partition("]=")[2].rstrip().removesuffix(";"))
