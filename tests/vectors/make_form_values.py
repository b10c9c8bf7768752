"""Writes form-values.json: what random results of the example's longer checklist put into forms.

Run it after a change of the example's templates or of tebiki.results.form_values. The file tests Python
(tests/unit/test_form_values.py) and TypeScript (browser/tests/form-values.test.ts).
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from random_results import answer, random_record
from tebiki.model.form_template import FormTemplate
from tebiki.results.assessment_view import assessment_view
from tebiki.results.checklist_version import checklist_version
from tebiki.results.form_values import form_values
from tebiki.results.record import with_digest
from vectors.make_page_data import example

FILE = Path(__file__).resolve().parent / "form-values.json"
_CASES = 4
_TEXT = {"text": "evidence", "question": "helpers"}
#: One document for each helper, with the notices whose wording is the task of the helper.
_EACH = {
    "ticked": "■",
    "each": {
        "question": "helpers",
        "field": "task",
        "rows": [{"question": "notices", "field": "wording"}],
    },
    "marks": {
        "number": {"question": "helpers", "position": True},
        "task": {"question": "helpers", "field": "task"},
        "in-the-hall": {"question": "helpers", "field": "place", "tick": "hall"},
        "sort": {"question": "notices", "field": "sort"},
        "loud": {"question": "notices", "field": "sort", "tick": "loud"},
        "evidence": _TEXT,
        "kind": {"assessment": "kind"},
        "round": {"assessment": "round"},
    },
}


def text() -> str:
    """The content of the file."""
    handbook = example()
    version = next(
        checklist_version(handbook, checklist)
        for checklist in handbook.current_checklists
        if checklist.id == "workshop-plan"
    )
    mappings: list[Any] = [template.data for template in handbook.form_templates]
    cases = []
    for mapping in (*mappings, _EACH):
        template = FormTemplate("any", {**mapping, "checklist": "workshop-plan"}, handbook.at)
        chance = random.Random(len(cases))
        for number in range(_CASES):
            record: Any = random_record(version, handbook, chance)
            if record["answers"].get("helpers", {}).get("content"):
                record["answers"]["helpers"]["content"] *= 2
            if number == 1:
                record["answers"]["purpose"] = {**answer("", rev=2), "content": "an earlier revision"}
            record = with_digest(record)
            values = form_values(assessment_view(record, version, handbook, "en"), template, handbook)
            documents = [
                {**asdict(document), "numbers": sorted(document.numbers)} for document in values.documents
            ]
            data = {key: mapping[key] for key in ("ticked", "unticked", "each", "marks") if key in mapping}
            cases.append(
                {
                    "mapping": data,
                    "record": record,
                    "documents": documents,
                    "unconfirmed": values.unconfirmed,
                }
            )
    return json.dumps(cases, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
