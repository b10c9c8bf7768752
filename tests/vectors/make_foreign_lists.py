"""Writes the page data of the lists of ``foreign_lists``, for the tests in TypeScript; run it after a change of either.

Each list stands on one line, in its first version; what the next version changes, the tests in TypeScript say.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

VECTORS = Path(__file__).resolve().parent
sys.path.insert(0, str(VECTORS.parent / "support"))

from foreign_lists import SIZES, with_foreign_lists  # noqa: E402
from tebiki.compiling.checklist_page_data import checklist_page_data  # noqa: E402
from tebiki.model.handbook import Handbook  # noqa: E402
from tebiki.reading.load import load  # noqa: E402

FILE = VECTORS / "foreign-lists.json"


def text(example: Handbook) -> str:
    """The content of the file, made with the example handbook."""
    handbook = with_foreign_lists(example)
    lists = {
        entry.id: entry for entry in handbook.checklists if entry.version == "1.0.0" and entry.id in SIZES
    }
    lines = [
        json.dumps(
            {**checklist_page_data(handbook, lists[name], "en"), "strings": {}},
            ensure_ascii=False, separators=(",", ":"),
        )
        for name in SIZES
    ]  # fmt: skip
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(load(VECTORS.parent / "examples" / "valid" / "minimal")[0]), encoding="utf-8")
