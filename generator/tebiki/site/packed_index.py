"""Makes the search index smaller on its way to the reader; ``browser/search/unpack.ts`` undoes it.

Whoever searches waits for the index, and compression alone does not see what stands far apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

#: Before the number of a line in ``lines``; no text of a handbook holds it (rule control-character).
MARK = "\x7f"
_WORTHWHILE = 6  # characters of a line: a shorter one is no longer than its number
_TEXTS = ("text", "notes")


def packed(index: Mapping[str, Any]) -> dict[str, Any]:
    """``index`` (see ``browser/search/index-file.ts``) with what repeats said once.

    Lines of texts and notes that occur again stand in ``lines`` and are named by ``MARK`` and their
    number. Ids and notes of all sections, "" for none, stand in ``ids`` and ``notes``: among their
    like they compress better.
    """
    sections = [section for page in index["pages"] for section in page["sections"]]
    found = Counter(line for one in sections for key in _TEXTS for line in one.get(key, "").split("\n"))
    lines = sorted(line for line, times in found.items() if times > 1 and len(line) >= _WORTHWHILE)
    names = {line: f"{MARK}{number}" for number, line in enumerate(lines)}

    def brief(text: str) -> str:
        return "\n".join(names.get(line, line) for line in text.split("\n"))

    def rest(section: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in section.items() if key not in ("id", "notes")}
        return {**kept, "text": brief(kept["text"])} if "text" in kept else kept

    return {
        **index,
        "pages": [{**page, "sections": [rest(one) for one in page["sections"]]} for page in index["pages"]],
        "lines": lines,
        "ids": [one.get("id", "") for one in sections],
        "notes": [brief(one.get("notes", "")) for one in sections],
    }
