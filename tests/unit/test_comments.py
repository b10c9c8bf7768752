"""Comments in the data of a handbook: the schemas know them, and nothing that is made of the handbook has them."""

from __future__ import annotations

import json
from pathlib import Path

from example_handbook import MINIMAL, loaded, rewrite
from tebiki.model.traverse import entries
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.site.open_data_schema import collection_schema
from tebiki.writing.format_files import format_files

SECRET = "Ask Hanako every spring."
CHECKLIST = "checklists/visitor-check/1.0.0.yml"


def test_comments_are_left_out_when_a_handbook_is_read(minimal: Path) -> None:
    for file, line, indent in (
        ("content/handbook.yml", "version: 1.2.0\n", ""),
        ("content/contacts.yml", "kind: contact\n", ""),
        ("content/contacts.yml", "  - id: contact-desk\n", "    "),
        ("content/pages/index.ja.md", "---\nid: home\n", ""),
        (CHECKLIST, "id: visitor-check\n", ""),
        (CHECKLIST, "      - id: has-card\n", "        "),
    ):
        rewrite(minimal / file, line, f"{line}{indent}comment: {SECRET}\n")
    handbook, problems = load(minimal)
    assert problems == []
    assert check(handbook) == []
    assert SECRET not in repr(list(entries(handbook)))
    assert [data for _file, data in entries(handbook)] == [data for _file, data in entries(loaded(MINIMAL))]
    digests = [[checklist.digest for checklist in state.checklists] for state in (handbook, loaded(MINIMAL))]
    assert digests[0] == digests[1]
    for name in ("contact", "checklist"):
        assert '"comment": ' not in json.dumps(collection_schema(name, handbook))
    formed = format_files(minimal, [minimal / CHECKLIST]).changed[CHECKLIST]
    assert formed.count(f"comment: {SECRET}\n") == 2
