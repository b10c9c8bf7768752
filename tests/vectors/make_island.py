"""Writes island.json, what the page of the example's checklist carries, for the tests in TypeScript.

Run it after a change to the checklist or to what a page carries of it; a test fails when the file is
not what this writes. The expectations in assessment.json are written by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tebiki.compiling.checklist_form import form_context
from tebiki.compiling.page_text import PageText
from tebiki.model.handbook import Handbook
from tebiki.model.placement import place_items
from tebiki.reading.load import load

VECTORS = Path(__file__).resolve().parent
MINIMAL = VECTORS.parent / "examples" / "valid" / "minimal"


def example() -> Handbook:
    """The example handbook."""
    return load(MINIMAL)[0]


def island() -> dict[str, Any]:
    """The island of the example's longer checklist, without the words of the form."""
    handbook = example()
    checklist = next(one for one in handbook.current_checklists if one.id == "workshop-plan")
    text = PageText(place_items(handbook), {}, {}, "about/workshop-plan")
    context = form_context(handbook, checklist, "en", text, lambda _sources, _stated: {})
    data: dict[str, Any] = json.loads(context["island"])
    return {**data, "strings": {}}


def written() -> str:
    return json.dumps(island(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (VECTORS / "island.json").write_text(written(), encoding="utf-8")
