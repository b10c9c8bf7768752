"""A search index as it was before it was packed, for the tests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tebiki.site.packed_index import MARK


def index_of(site: Path, language: str) -> dict[str, Any]:
    """The search index of a built site in one language."""
    script = (site / language / "search/index.js").read_text(encoding="utf-8")
    return unpacked(json.loads(script.partition("]=")[2].rstrip().removesuffix(";")))


def unpacked(index: dict[str, Any]) -> dict[str, Any]:
    """What ``browser/search/unpack.ts`` does; ``index`` is changed."""
    lines, ids, notes = index.pop("lines"), iter(index.pop("ids")), iter(index.pop("notes"))

    def whole(text: str) -> str:
        return re.sub(rf"{MARK}(\d+)", lambda match: lines[int(match[1])], text)

    for page in index["pages"]:
        for section in page["sections"]:
            if "text" in section:
                section["text"] = whole(section["text"])
            for key, value in (("id", next(ids)), ("notes", whole(next(notes)))):
                if value:
                    section[key] = value
    return index
