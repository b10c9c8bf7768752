"""Writes joined.json: merged, compared and exported random results of the longer checklist of the example.

Run it after a change of any of these functions. The file tests Python (tests/unit/test_joined.py) and TypeScript
(browser/tests/merge-vectors.test.ts).
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from random_results import answer, draft, random_record
from tebiki.compiling.tool_words import form_words
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.assessment_view import assessment_view
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.compare import compare
from tebiki.results.export import to_csv, to_markdown
from tebiki.results.merge import Decision, merge
from tebiki.results.record import build_record
from vectors.make_page_data import example

FILE = Path(__file__).resolve().parent / "joined.json"
_CASES = 6
_REASON = "Agreed: "
_NOW = "2026-04-02T01:30:00.000Z"  # some of the random records say that they are newer


def _decisions(
    version: ChecklistVersion, records: list[AssessmentRecord], chance: random.Random
) -> dict[str, Decision]:
    """Random decisions on some questions: an offered answer, or the content that a respondent entered."""
    asked = [name for name in version.questions if version.is_asked(name)]
    decisions = {}
    for name in chance.sample(asked, chance.randint(0, 4)):
        offered = [*version.answer_specs[name].exclusive]
        answers = [record["answers"].get(name, {}) for record in records]
        offered += [
            f"#{at}" for at, answer in enumerate(answers, 1) if "content" in answer and not answer["value"]
        ]
        if offered:
            decisions[name] = Decision(chance.choice(offered), "=they met")
    return decisions


def _with_shared_actions(
    first: AssessmentRecord, second: AssessmentRecord, version: ChecklistVersion
) -> AssessmentRecord:
    """Return the second record with the action plan of the first, taken further, before its own."""
    shared = [
        {**action, "owner": action["owner"] or "the office", "state": "done"} for action in first["actions"]
    ]
    return build_record({**second, "actions": [*shared, *second["actions"]]}, version)


def _case(version: ChecklistVersion, chance: random.Random) -> dict[str, Any]:
    handbook = example()
    records: list[AssessmentRecord] = [
        random_record(version, handbook, chance) for _number in range(chance.randint(2, 3))
    ]
    records[1] = _with_shared_actions(records[0], records[1], version)
    decisions = _decisions(version, records, chance)
    merged, joined = merge(records, version, decisions, "合同", _REASON, _NOW)
    view = assessment_view(merged, version, handbook, "en")
    return {
        "records": records,
        "decisions": {name: asdict(decision) for name, decision in decisions.items()},
        "merged": merged,
        "joined": [asdict(item) for item in joined],
        "changes": [asdict(change) for change in compare(records[0], records[1], version)],
        "csv": to_csv(view).decode(),
        "markdown": to_markdown(view).decode(),
    }


def _with_levels() -> dict[str, Any]:
    """A result of the checklist that has levels, advice and running results, of an institution with an identifier."""
    handbook = example("research-data")
    (version,) = checklist_versions(handbook)
    answers = {
        "has-plan": answer("not-known"),
        "licence": answer("is-so"),
        "address": answer("", content="https://example.org/data"),
    }
    subject = {
        "label": "Larkfield",
        "round": "2026",
        "identifier": {"scheme": "ror", "value": "03yrm5c26"},
    }
    written_draft = draft(version, handbook, random.Random(1), answers=answers, subject=subject)
    record = build_record(written_draft, version)
    view = assessment_view(record, version, handbook, "en")
    return {"record": record, "csv": to_csv(view).decode(), "markdown": to_markdown(view).decode()}


def written() -> str:
    """The content of the file."""
    handbook = example()
    versions = [
        version for version in checklist_versions(handbook) if version.checklist.id == "workshop-plan"
    ]
    newest = versions[-1]
    chance = random.Random(5)
    texts = json.loads(form_words(handbook, "en").partition("=")[2].rstrip(";\n"))
    data = {
        "words": {**texts, "tools": {}},  # the words of the tools are not used here
        "label": "合同",
        "reason": _REASON,
        "now": _NOW,
        "offices": {
            name: item.data["office"]["en"]
            for name, item in newest.questions.items()
            if "office" in item.data
        },
        "cases": [_case(newest, chance) for _number in range(_CASES)],
        "levels": _with_levels(),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
