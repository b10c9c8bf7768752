"""Random versions of a random checklist, and results migrated through them."""

from __future__ import annotations

import random
import uuid
from typing import Any

from tebiki.model.checklist import AnswerSet, Checklist, Question, Section
from tebiki.model.condition import parse_condition
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion, checklist_version
from tebiki.results.migrate import MigrationReport, migrate
from tebiki.results.record import build_record

AT = Place("vectors")
ROLES = {"met": "positive", "partial": "partial", "unmet": "negative", "unknown": "open", "not-applicable": "excluded", "other": "open"}  # fmt: skip
HANDBOOK = {"id": "vectors", "version": "1.0.0"}
NAMES = (
    "card",
    "constructor",
    "has-own-property",
    "q1",
    "q2",
    "q3",
    "books",
    "desk",
    "late",
    "to-string",
    "a" * 100,
)
TEXTS = (
    "",
    "書きました",
    "=1+1",
    "\ufeff",
    "\x1c \u0085",
    " \t\u3000",
    "😀\u202e<b>\x00",
    "__proto__",
    "\u2028",
)


def random_version(chance: random.Random, version: str, before: dict[str, Any] | None) -> dict[str, Any]:
    """Build a version of the checklist as page data: ``before`` with changes, or a new checklist."""
    answers = [name for name in ROLES if chance.random() < 0.85] or ["met"]
    names = chance.sample(NAMES, chance.randint(2, len(NAMES)))
    earlier = [item["id"] for section in before["sections"] for item in section["items"]] if before else []
    gone = [name for name in earlier if name not in names]
    items: list[dict[str, Any]] = []
    for name in names:
        item: dict[str, Any] = {
            "id": name,
            "rev": chance.randint(1, 3),
            "status": "retired" if chance.random() < 0.2 else "active",
            "number": str(len(items) + 1),
            "question": f"{name}?",
            "na": chance.random() < 0.5,
            "evidence": "none",
            "when": _condition(chance, [item["id"] for item in items], answers, 2)
            if items and chance.random() < 0.4
            else None,
        }
        if gone and item["status"] == "active" and chance.random() < 0.5:
            item["replaces"] = chance.sample(gone, chance.randint(1, min(3, len(gone))))
        items.append(item)
    cut = chance.randint(1, len(items))
    parts = [part for part in (items[:cut], items[cut:]) if part]
    sections = [
        {"id": f"s{number}", "title": f"s{number}", "items": part} for number, part in enumerate(parts)
    ]
    return {"version": version, "sections": sections, "answers": answers}


def _condition(chance: random.Random, names: list[str], answers: list[str], depth: int) -> dict[str, Any]:
    if depth and chance.random() < 0.3:
        key = chance.choice(("all", "any"))
        return {
            key: [_condition(chance, names, answers, depth - 1) for _number in range(chance.randint(1, 3))]
        }
    return {"item": chance.choice(names), "is": chance.sample(answers, chance.randint(1, len(answers)))}


def from_page_data(version: dict[str, Any]) -> ChecklistVersion:
    """Convert page data to a version of the checklist."""
    sections = tuple(
        Section(section["id"], tuple(_question(item) for item in section["items"]), section, AT)
        for section in version["sections"]
    )
    head = Item("vectors", "checklist", {}, (), None, (), version, AT)
    checklist = Checklist("vectors", version["version"], head, "answers", sections)
    roles = {name: ROLES[name] for name in version["answers"]}
    handbook = Handbook(
        HANDBOOK, AT, checklists=(checklist,), answer_sets=(AnswerSet("answers", roles, {"answers": []}, AT),)
    )
    return checklist_version(handbook, checklist)


def _question(data: dict[str, Any]) -> Question:
    return Question(
        id=data["id"],
        rev=data["rev"],
        retired=data["status"] == "retired",
        na_allowed=data["na"],
        replaces=tuple(data.get("replaces", ())),
        when=parse_condition(data["when"]) if data["when"] else None,
        number=data.get("number", ""),
        sources=(),
        data=data,
        at=AT,
    )


def random_case(chance: random.Random) -> dict[str, Any]:
    """Build three versions and a result of the first, migrated to the second, the third, and back twice.

    Each step holds the migrated record and the migration report.
    """
    versions: list[dict[str, Any]] = []
    for number in range(3):
        versions.append(random_version(chance, f"1.{number}.0", versions[-1] if versions else None))
    checklist_versions = [from_page_data(version) for version in versions]
    names = {
        "checklist": {"id": "vectors", "version": "1.0.0", "digest": checklist_versions[0].digest},
        "handbook": HANDBOOK,
    }
    record = build_record({**_random_draft(chance, versions[0]), **names}, checklist_versions[0])
    steps = []
    now: AssessmentRecord = record
    for to in (1, 2, 0, 0):
        now, report = migrate(now, checklist_versions[to], HANDBOOK)
        steps.append({"to": to, "record": now, "report": report_data(report)})
    return {
        "versions": [
            {
                **version,
                "digest": checklist_version.digest,
                "answers": [
                    {"id": answer, "title": answer, "role": ROLES[answer]} for answer in version["answers"]
                ],
            }
            for version, checklist_version in zip(versions, checklist_versions, strict=True)
        ],
        "record": record,
        "steps": steps,
    }


def _random_draft(chance: random.Random, version: dict[str, Any]) -> dict[str, Any]:
    known = [item["id"] for section in version["sections"] for item in section["items"]]
    pool = [*known, *(name for name in NAMES if name not in known), "never-asked"]

    def sample_answers(count: int) -> dict[str, Any]:
        return {name: _random_answer(chance, version) for name in chance.sample(pool, count)}

    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "subject": {
            "label": chance.choice(TEXTS),
            **({"kind": "lab", "round": "2026"} if chance.random() < 0.3 else {}),
        },
        "language": "ja",
        "created": "2026-04-02T01:00:00.000Z",
        "updated": "2026-04-02T01:09:30.250Z",
        "answers": sample_answers(chance.randint(0, len(pool))),
        "orphans": sample_answers(chance.randint(0, 4)),
        "actions": [],
    }


def _random_answer(chance: random.Random, version: dict[str, Any]) -> dict[str, Any]:
    return {
        "rev": chance.randint(1, 3),
        "value": chance.choice([*version["answers"], *version["answers"], ""]),
        # unique, so that a lost note cannot be mistaken for another
        "note": f"{chance.choice(TEXTS)}{chance.getrandbits(64):x}",
        "evidence": chance.choice(TEXTS),
        "justification": chance.choice(TEXTS),
    }


def report_data(report: MigrationReport) -> dict[str, Any]:
    """Convert the report to the names that it has in TypeScript."""

    def moves_data(moves: list[Any]) -> list[dict[str, Any]]:
        return [{"origins": list(move.origins), "to": move.to} for move in moves]

    return {
        "otherVersion": report.other_version,
        "kept": report.kept,
        "changed": report.changed,
        "unanswered": report.unanswered,
        "setAside": report.set_aside,
        "restored": report.restored,
        "moved": moves_data(report.moved),
        "split": moves_data(report.split),
        "merged": moves_data(report.merged),
    }
