"""Writes the example results: run it after a change to the checklist of examples/valid/minimal.

A test fails when a file is not what this writes. The name of a bad result begins with the code of the
one thing that is wrong with it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load

EXAMPLES = Path(__file__).resolve().parent
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>{{ 7 * 7 }}\u202e"

Record = dict[str, Any]


def answer(value: str, rev: int = 1, note: str = "", evidence: str = "", justification: str = "") -> Record:
    return {
        "rev": rev,
        "value": value,
        "note": note,
        "evidence": evidence,
        "justification": justification,
    }


@functools.cache
def handbook() -> Handbook:
    """The example handbook."""
    return load(EXAMPLES / "valid" / "minimal")[0]


def complete_result() -> Record:
    """A complete result of the example's checklist, sealed."""
    checklist = next(
        checklist for checklist in handbook().current_checklists if checklist.id == "visitor-check"
    )
    record = {
        "format": "tebiki-assessment-result",
        "format_version": "1.0.0",
        "id": "0b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11",
        "checklist": {
            "id": checklist.id,
            "version": checklist.version,
            "digest": checklist.digest,
        },
        "handbook": {"id": handbook().data["id"], "version": handbook().data["version"]},
        "subject": {"label": "2026年度 第1回"},
        "status": "complete",
        "language": "ja",
        "created": "2026-04-02T01:00:00.000Z",
        "updated": "2026-04-02T01:09:30.250Z",
        "answers": {
            "has-card": answer("done", note="去年つくりました"),
            "address-current": answer("unsure", rev=2),
            "returns-in-time": answer("partly", evidence="貸出の記録"),
        },
        "risks": [],
        "actions": [],
        "orphans": {},
        "computed": {
            "total": {"done": 1, "unsure": 1, "partly": 1},
            "sections": {"card": {"done": 1, "unsure": 1}, "books": {"partly": 1}},
        },
    }
    return seal(record)


def plan_result() -> Record:
    """A result of the example's longer checklist, with content of every kind and respondents, sealed."""
    checklist = next(
        checklist for checklist in handbook().current_checklists if checklist.id == "workshop-plan"
    )
    row = {
        "id": "6d1d1f4e-0b0c-4c58-9f0e-2f6f4b1c7a11",
        "fields": {"task": "受付", "place": "hall", "hours": "1.5"},
    }
    given = {"respondent": "企画係", "answered": "2026-04-02T01:09:30.250Z"}
    version = {"id": checklist.id, "version": checklist.version, "digest": checklist.digest}
    record = {
        **complete_result(),
        "format_version": "1.1.0",
        "checklist": {**version, "carried_from": "1.0.0"},
        "status": "in-progress",
        "answers": {
            "rooms": {**answer("", rev=2), "content": ["hall", "studio"], **given},
            "day": {**answer(""), "content": "2026-05-01"},
            "guests": {**answer("room-unsure", note="30人くらい"), "content": "30"},
            "helpers": {**answer(""), "content": [{**row, **given}], **given},
        },
        "computed": {
            "total": {"room-unsure": 1, "answered": 3, "unanswered": 3},
            "sections": {
                "basics": {"room-unsure": 1, "answered": 2, "unanswered": 1},
                "people": {"answered": 1, "unanswered": 2},
            },
        },
    }
    return seal(record)


def plan_results() -> dict[str, bytes]:
    """The examples with content, by their paths below examples/."""
    files: dict[str, bytes] = {}

    def plan(path: str, change: Callable[[Record], object]) -> None:
        record = plan_result()
        change(record)
        files[path] = json_bytes(seal(record))

    def content(item: str, content: Any) -> Callable[[Record], object]:
        return lambda record: record["answers"][item].update(content=content)

    plan("valid/results/rows-and-respondents.json", lambda record: None)
    plan(
        "valid/results/rows-incomplete.json",
        lambda record: record["answers"]["helpers"]["content"][0].update(fields={}),
    )
    plan("invalid/results/content-not-possible.json", content("day", ["2026-05-01"]))
    plan("invalid/results/content-not-possible.alone.json", content("rooms", ["hall", "no-room"]))
    plan(
        "invalid/results/content-not-possible.field.json",
        lambda record: record["answers"]["helpers"]["content"][0].update(fields={"constructor": "x"}),
    )
    plan("invalid/results/schema.content-empty.json", content("rooms", []))
    plan("invalid/results/schema.row-without-id.json", content("helpers", [{"fields": {}}]))
    return files


def seal(record: Record) -> Record:
    """The record with the digest that fits it."""
    return {**record, "digest": digest({key: value for key, value in record.items() if key != "digest"})}


def _all_hostile(record: Record) -> None:
    record["subject"]["label"] = HOSTILE
    record["answers"]["has-card"] = answer("done", note=HOSTILE)
    record["answers"]["returns-in-time"] = answer("not-applicable", evidence=HOSTILE, justification=HOSTILE)


def _of_an_institution(record: Record) -> None:
    record["answers"]["west-box"] = answer("done")
    record.update(format_version="1.2.0", local=["west-box", "west-key"])
    record["handbook"] = {"id": "hibari-branch", "version": "0.1.0"}


Change = Callable[[Record], object]
#: Name of a good file → what it changes in the complete result.
_VALID: dict[str, Change] = {
    "complete": lambda record: None,
    "begun": lambda record: record.update(status="in-progress", answers={}),
    "note-without-answer": lambda record: record["answers"].update({"has-card": answer("", note="?")}),
    "does-not-apply": lambda record: record["answers"]["returns-in-time"].update(value="not-applicable"),
    "answer-to-a-retired-question": lambda record: record["answers"].update({"stamps-card": answer("done")}),
    "orphan": lambda record: record["orphans"].update({"wears-slippers": answer("done")}),
    "newer-minor-version": lambda record: record.update(format_version="1.7.0"),
    "script-in-every-text": _all_hostile,
    "of-an-institution": _of_an_institution,
}
#: Name of a bad file → what it changes in the complete result.
_INVALID: dict[str, Change] = {
    "wrong-format": lambda record: record.update(format="another-tool"),
    "newer-version": lambda record: record.update(format_version="2.0.0"),
    "newer-version.far": lambda record: record.update(format_version="123456789.0.0"),
    "schema.hostile-version": lambda record: record.update(format_version=f"2.{HOSTILE}\x1b[2J"),
    "schema": lambda record: record.pop("subject"),
    "schema.unknown-member": lambda record: record.update(score=100),
    "schema.wrong-type": lambda record: record.update(answers=[]),
    "schema.version-is-none": lambda record: record.update(format_version="one"),
    "schema.time-is-none": lambda record: record.update(created="2026-04-02"),
    "schema.text-too-long": lambda record: record["answers"]["has-card"].update(note="あ" * 20_001),
    "schema.hostile-key": lambda record: record["answers"].update({HOSTILE: {"rev": "1"}}),
    "schema.newline-in-id": lambda record: record.update(id=record["id"] + "\n"),
    "unknown-checklist": lambda record: record["checklist"].update(id="swimming-check"),
    "unknown-version": lambda record: record["checklist"].update(version="9.0.0"),
    "changed-checklist": lambda record: record["checklist"].update(digest="sha256:" + "0" * 64),
    "unknown-item": lambda record: record["answers"].update({"wears-slippers": answer("done")}),
    "not-local": lambda record: record.update(format_version="1.2.0", local=["returns-in-time"]),
    "unknown-answer": lambda record: record["answers"]["has-card"].update(value="excellent"),
    "answer-not-allowed": lambda record: record["answers"]["has-card"].update(value="not-applicable"),
}
#: The same for files whose digest stays that of the complete result.
_WRONG_DIGEST: dict[str, Change] = {
    "wrong-digest": lambda record: record["answers"]["has-card"].update(value="partly"),
    "wrong-digest.label": lambda record: record["subject"].update(label="別の点検"),
}


def _damaged(raw: bytes) -> dict[str, bytes]:
    """Name of a bad file → ``raw``, the bytes of a good one, with damage that no record has."""
    return {
        "not-json": raw[: len(raw) // 2],
        "not-json.empty": b"",
        "not-json.key-twice": raw.replace(b'"actions"', b'"risks"'),
        "not-json.not-a-number": raw.replace(b'"rev": 2', b'"rev": NaN'),
        "not-json.not-utf8": raw.replace("去年".encode(), "去年".encode("shift_jis")),
        "not-json.too-deep": b"[" * 5000 + b"]" * 5000,
        "not-json.half-a-character": raw.replace("去年".encode(), rb"\ud83d"),
        "schema.nested": raw.replace(b'"risks": []', b'"risks": ' + b"[" * 30 + b"]" * 30),
        "wrong-format.list": b"[]\n",
        "no-record": '<!doctype html><html lang="ja"><title>報告書</title></html>\n'.encode(),
    }


def _changed(change: Change) -> Record:
    record = complete_result()
    change(record)
    return record


@functools.cache
def example_results() -> dict[str, bytes]:
    """Every example by its path below examples/."""
    valid = {name: json_bytes(seal(_changed(change))) for name, change in _VALID.items()}
    valid["with-byte-order-mark"] = b"\xef\xbb\xbf" + json_bytes(complete_result())
    invalid = {name: json_bytes(seal(_changed(change))) for name, change in _INVALID.items()}
    invalid |= {name: json_bytes(_changed(change)) for name, change in _WRONG_DIGEST.items()}
    invalid |= _damaged(json_bytes(complete_result()))
    return {
        **{f"valid/results/{name}.json": content for name, content in valid.items()},
        **{f"invalid/results/{name}.json": content for name, content in invalid.items()},
        **plan_results(),
    }


def json_bytes(record: Record) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


if __name__ == "__main__":
    for path, content in example_results().items():
        (EXAMPLES / path).parent.mkdir(parents=True, exist_ok=True)
        (EXAMPLES / path).write_bytes(content)
