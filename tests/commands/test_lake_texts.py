"""No text that a person wrote gets into a lake, and no name of a file into published figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from example_handbook import MINIMAL, loaded, tebiki
from examples.make_results import json_bytes, plan_result, seal
from result_files import changed_record
from tebiki.results.aggregate import create_figures
from tebiki.results.lake import open_lake
from tebiki.results.pack import pack

HANDBOOK = loaded(MINIMAL)
TEXT = "SECRET WORDS"


def write_texts(record: dict[str, Any]) -> None:
    """Write a text wherever a person can write one."""
    record["format_version"] = "1.1.0"
    record["subject"]["label"] = TEXT
    for answer in record["answers"].values():
        answer.update(note=TEXT, evidence=TEXT, justification=TEXT)
    record["orphans"]["gone"] = {"rev": 1, "value": "", "note": TEXT, "evidence": TEXT, "justification": TEXT}
    record["actions"].append({"item": "", "text": TEXT, "owner": TEXT, "due": "", "state": "started"})


def first_answer(record: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = next(iter(record["answers"].values()))
    return answer


#: What makes a file with texts one that is left out, most of them by a text.
LEFT_OUT: dict[str, Callable[[dict[str, Any]], object]] = {
    "note-too-long": lambda record: first_answer(record).update(note=TEXT * 10_000),
    "evidence-no-text": lambda record: first_answer(record).update(evidence=[TEXT]),
    "answer-no-id": lambda record: first_answer(record).update(value=TEXT),
    "content-not-asked-for": lambda record: first_answer(record).update(content=TEXT),
    "label-too-long": lambda record: record["subject"].update(label=TEXT * 1000),
    "kind-no-id": lambda record: record["subject"].update(kind=TEXT),
    "round-no-date": lambda record: record["subject"].update(round=TEXT),
    "day-no-date": lambda record: record["actions"][0].update(due=TEXT),
    "owner-too-long": lambda record: record["actions"][0].update(owner=TEXT * 1000),
    "state-unknown": lambda record: record["actions"][0].update(state=TEXT),
    "identifier": lambda record: record["subject"].update(identifier={"scheme": "ror", "value": TEXT}),
    "older-state": lambda record: record.update(updated="2026-04-02T01:08:00Z"),
    "another-checklist": lambda record: record["checklist"].update(id="another"),
    "another-version": lambda record: record["checklist"].update(version="9.0.0"),
    "changed-checklist": lambda record: record["checklist"].update(digest=f"sha256:{'0' * 64}"),
}


def test_a_lake_holds_no_text_that_a_person_wrote(tmp_path: Path) -> None:
    """Neither of results nor of files that are left out; the names of files and the reasons are no such text."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):  # fewer are not counted
        record = changed_record(write_texts)
        record["id"] = f"0b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c1{number}"
        (folder / f"{number}.json").write_bytes(json_bytes(seal(record)))
    plan = plan_result()
    write_texts(plan)
    for answer in plan["answers"].values():
        answer["respondent"] = TEXT
    plan["answers"]["helpers"]["content"][0]["fields"]["task"] = TEXT
    (folder / "plan.json").write_bytes(json_bytes(seal(plan)))
    for name, change in LEFT_OUT.items():
        record = changed_record(write_texts)
        change(record)
        (folder / f"{name}.json").write_bytes(json_bytes(seal(record)))
    (folder / "no-json.json").write_text(TEXT, encoding="utf-8")
    (folder / "edited.json").write_bytes((folder / "1.json").read_bytes().replace(b"WORDS", b"TEXTS"))
    (folder / "cut.json").write_bytes((folder / "1.json").read_bytes()[:-10])
    (folder / "notes.txt").write_text(TEXT, encoding="utf-8")
    assert pack([folder], tmp_path / "lake", HANDBOOK).assessments == 8
    with open_lake(tmp_path / "lake", HANDBOOK).open_database(tmp_path) as database:
        create_figures(database, HANDBOOK)
        tables = [name for (name,) in database.execute("SHOW TABLES").fetchall()]
        rows = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    assert all(rows.values())
    assert {row[0] for row in rows["left_out"]} == {
        *(f"{name}.json" for name in LEFT_OUT if name != "older-state"),
        *("no-json.json", "edited.json", "cut.json", "notes.txt"),
    }
    assert "SECRET" not in str(rows)
    for ending in ("csv", "parquet", "html"):
        out = tmp_path / f"figures.{ending}"
        assert tebiki(MINIMAL, "result", "aggregate", folder, "-o", out, "--at-least", "1").exit_code == 0
    published = (tmp_path / "figures.csv").read_text(encoding="utf-8")
    published += str(duckdb.sql(f"FROM '{tmp_path / 'figures.parquet'}'").fetchall())
    assert "has-card" in published
    assert "SECRET" not in published + (tmp_path / "figures.html").read_text(encoding="utf-8")
    # these are for a public repository
    assert not re.search("json|txt|left-out", published)
