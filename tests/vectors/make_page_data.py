"""Writes the data in the pages of two checklists of the examples, for the tests in TypeScript.

Run it after a change to the checklists or to the page data; a test fails while a file is stale. The expectations in
assessment.json (for page-data.json) and levels.json (for page-data-levels.json) are written by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tebiki.compiling.checklist_page_data import checklist_page_data
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load

VECTORS = Path(__file__).resolve().parent
EXAMPLES = VECTORS.parent / "examples" / "valid"
#: The name of a file, and the example and the checklist that it is made from.
FILES = {
    "page-data.json": ("minimal", "workshop-plan"),
    "page-data-levels.json": ("research-data", "before-publishing"),
}


def example(name: str = "minimal") -> Handbook:
    """An example handbook."""
    return load(EXAMPLES / name)[0]


def page_data(file: str) -> dict[str, Any]:
    """The page data of a checklist, without the messages of the form."""
    name, checklist_id = FILES[file]
    handbook = example(name)
    checklist = next(checklist for checklist in handbook.current_checklists if checklist.id == checklist_id)
    return {**checklist_page_data(handbook, checklist, "en"), "strings": {}}


def text(file: str) -> str:
    """The content of a file."""
    return json.dumps(page_data(file), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in FILES:
        (VECTORS / name).write_text(text(name), encoding="utf-8")
