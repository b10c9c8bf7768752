"""Writes joined.json: what merging, comparing and exporting random results of the example's longer checklist give.

Run it after a change to any of these. Python and TypeScript are both held to the file: tests/unit/test_joined.py
and browser/tests/merge-vectors.test.ts.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from random_results import random_record
from tebiki.compiling.tool_words import form_words
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.assessment_view import assessment_view
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.compare import compare
from tebiki.results.export import to_csv, to_markdown
from tebiki.results.merge import Decision, merge
from vectors.make_page_data import example

FILE = Path(__file__).resolve().parent / "joined.json"
_CASES = 6
_REASON = "Agreed: "


def _decisions(
    form: ChecklistVersion, records: list[AssessmentRecord], chance: random.Random
) -> dict[str, Decision]:
    """A decision on some questions, as a person may make: an answer, or what one of them entered."""
    asked = [name for name in form.questions if form.is_asked(name)]
    decisions = {}
    for name in chance.sample(asked, chance.randint(0, 4)):
        offered = [*form.answer_specs[name].exclusive]
        answers = [record["answers"].get(name, {}) for record in records]
        offered += [
            f"#{at}" for at, answer in enumerate(answers, 1) if "content" in answer and not answer["value"]
        ]
        if offered:
            decisions[name] = Decision(chance.choice(offered), "=they met")
    return decisions


def _case(form: ChecklistVersion, chance: random.Random) -> dict[str, Any]:
    handbook = example()
    records: list[AssessmentRecord] = [
        random_record(form, handbook, chance) for _each in range(chance.randint(2, 3))
    ]
    decisions = _decisions(form, records, chance)
    merged, joined = merge(records, form, decisions, "合同", _REASON)
    view = assessment_view(merged, form, handbook, "en")
    return {
        "records": records,
        "decisions": {name: asdict(change) for name, change in decisions.items()},
        "merged": merged,
        "joined": [asdict(change) for change in joined],
        "changes": [asdict(change) for change in compare(records[0], records[1], form)],
        "csv": to_csv(view).decode(),
        "markdown": to_markdown(view).decode(),
    }


def written() -> str:
    """The content of the file."""
    handbook = example()
    form = [form for form in checklist_versions(handbook) if form.checklist.id == "workshop-plan"][
        -1
    ]  # the newest
    chance = random.Random(5)
    written = json.loads(form_words(handbook, "en").partition("=")[2].rstrip(";\n"))
    data = {
        "words": {**written, "tools": {}},  # nothing that is compared has those of the form alone
        "label": "合同",
        "reason": _REASON,
        "offices": {
            name: item.data["office"]["en"] for name, item in form.questions.items() if "office" in item.data
        },
        "cases": [_case(form, chance) for _number in range(_CASES)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
