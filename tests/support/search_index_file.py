"""Reads and unpacks the search index of a built site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tebiki.site.packed_index import MARK


def read_index(site: Path, language: str) -> dict[str, Any]:
    """Read the search index of ``site`` in ``language``, unpacked."""
    script = (site / language / "search/index.js").read_text(encoding="utf-8")
    return unpack(json.loads(script.partition("]=")[2].rstrip().removesuffix(";")))


def unpack(index: dict[str, Any]) -> dict[str, Any]:
    """Unpack ``index`` in place, as ``browser/search/unpack.ts`` does, and return it."""
    lines, ids, notes = index.pop("lines"), iter(index.pop("ids")), iter(index.pop("notes"))

    def expand(text: str) -> str:
        return re.sub(rf"{MARK}(\d+)", lambda match: lines[int(match[1])], text)

    for page in index["pages"]:
        for section in page["sections"]:
            if "text" in section:
                section["text"] = expand(section["text"])
            for key, value in (("id", next(ids)), ("notes", expand(next(notes)))):
                if value:
                    section[key] = value
    return index
