"""Makes the search index smaller; ``browser/search/unpack.ts`` unpacks it.

Readers wait for the index, and the compression of web servers does not see repetitions that are far apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

#: Precedes the number of a line in ``lines``. No text of a handbook contains it (rule control-character).
MARK = "\x7f"
#: The shortest line that is replaced, in characters: a shorter one is no longer than its number.
_MIN_LENGTH = 6
_TEXTS = ("text", "notes")


def pack_index(index: Mapping[str, Any]) -> dict[str, Any]:
    """Pack a search index.

    Lines of texts and notes that occur more than once are moved to ``lines`` and replaced by ``MARK`` and
    their number. The ids and notes of all sections, "" for none, are moved to ``ids`` and ``notes``: among
    their like they compress better.

    Args:
        index: The index; see ``browser/search/index-file.ts``. It is not changed.
    """
    sections = [section for page in index["pages"] for section in page["sections"]]
    counts = Counter(
        line for section in sections for key in _TEXTS for line in section.get(key, "").split("\n")
    )
    lines = sorted(line for line, count in counts.items() if count > 1 and len(line) >= _MIN_LENGTH)
    replacements = {line: f"{MARK}{number}" for number, line in enumerate(lines)}

    def shorten(text: str) -> str:
        return "\n".join(replacements.get(line, line) for line in text.split("\n"))

    def pack_section(section: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in section.items() if key not in ("id", "notes")}
        return {**kept, "text": shorten(kept["text"])} if "text" in kept else kept

    pages = [{**page, "sections": list(map(pack_section, page["sections"]))} for page in index["pages"]]
    return {
        **index,
        "pages": pages,
        "lines": lines,
        "ids": [section.get("id", "") for section in sections],
        "notes": [shorten(section.get("notes", "")) for section in sections],
    }
