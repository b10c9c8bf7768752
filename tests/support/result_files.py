"""Result files for the tests of ``tebiki result``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from example_handbook import EXAMPLES, PROJECT
from examples.make_results import HOSTILE, a_result, seal, written

VALID = sorted((EXAMPLES / "valid" / "results").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid" / "results").glob("*.json"))
OPENS = {"unknown-version", "changed-checklist", "unknown-item", "answer-not-allowed", "content-not-possible"}
OSCAL = json.loads(
    (PROJECT / "tests" / "schemas" / "oscal_assessment-results_schema.json").read_text("utf-8")
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")

Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> dict[str, Any]:
    record = a_result()
    change(record)
    return seal(record)


def put(file: Path, change: Change = lambda record: None) -> Path:
    file.write_bytes(written(changed(change)))
    return file


def everything_hostile(record: dict[str, Any]) -> None:
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


class Outside(HTMLParser):
    """Collects whatever a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "link", "iframe", "object", "embed", "form", "base", "a"):
            self.found.append(tag)
        self.found += [
            name for name, _text in attrs if name in ("src", "href", "style") or name.startswith("on")
        ]


def outside_of(html: str) -> list[str]:
    parser = Outside()
    parser.feed(html)
    return parser.found
