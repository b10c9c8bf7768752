"""Writes page-data.json, the data in the page of the example's checklist, for the tests in TypeScript.

Run it after a change to the checklist or to the page data; a test fails while the file is stale. The expectations in
assessment.json are written by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tebiki.compiling.checklist_page_data import checklist_page_data
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load

VECTORS = Path(__file__).resolve().parent
FILE = VECTORS / "page-data.json"
MINIMAL = VECTORS.parent / "examples" / "valid" / "minimal"


def example() -> Handbook:
    """The example handbook."""
    return load(MINIMAL)[0]


def page_data() -> dict[str, Any]:
    """The page data of the example's longer checklist, without the messages of the form."""
    handbook = example()
    checklist = next(
        checklist for checklist in handbook.current_checklists if checklist.id == "workshop-plan"
    )
    return {**checklist_page_data(handbook, checklist, "en"), "strings": {}}


def text() -> str:
    """The content of the file."""
    return json.dumps(page_data(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
