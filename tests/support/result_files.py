"""Result files for the tests of ``tebiki result``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from example_handbook import EXAMPLES, PROJECT
from examples.make_results import HOSTILE, complete_result, json_bytes, seal

VALID = sorted((EXAMPLES / "valid" / "results").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid" / "results").glob("*.json"))
OPENABLE = {
    "unknown-version",
    "changed-checklist",
    "unknown-item",
    "answer-not-allowed",
    "content-not-possible",
}
OSCAL = json.loads(
    (PROJECT / "tests" / "schemas" / "oscal_assessment-results_schema.json").read_text("utf-8")
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")

Change = Callable[[dict[str, Any]], object]


def changed_record(change: Change) -> dict[str, Any]:
    record = complete_result()
    change(record)
    return seal(record)


def write_result(file: Path, change: Change = lambda record: None) -> Path:
    file.write_bytes(json_bytes(changed_record(change)))
    return file


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def make_hostile(record: dict[str, Any]) -> None:
    record["subject"] = {"label": HOSTILE, "kind": "branch", "round": "2026"}
    for text, (name, answer) in zip(
        ("=cmd|'/c calc'!A1", "\x00\x07\ufeff", "@SUM(1)"), record["answers"].items(), strict=True
    ):
        answer.update(note=text + HOSTILE, evidence=text, justification=text)
        record["actions"].append(
            {"item": name, "text": text, "owner": HOSTILE, "due": "2026-04-30", "state": "started"}
        )
    record["orphans"]["constructor"] = {
        "rev": 1,
        "value": "done",
        "note": text,
        "evidence": "",
        "justification": "",
    }
    record["format_version"] = "1.1.0"


class _ReferenceCollector(HTMLParser):
    """Collects the elements and attributes through which a page would load or run anything."""

    def __init__(self) -> None:
        super().__init__()
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and ("type", "application/json") in attrs:
            return  # the record of a report: data, which no browser runs
        if tag in ("script", "img", "link", "iframe", "object", "embed", "form", "base", "a"):
            self.references.append(tag)
        self.references += [
            name for name, _text in attrs if name in ("src", "href", "style") or name.startswith("on")
        ]


def external_references(html: str) -> list[str]:
    parser = _ReferenceCollector()
    parser.feed(html)
    return parser.references
