"""Random results through random versions of a checklist: no answer is lost, and the browser agrees."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from example_handbook import PROJECT
from random_seeds import EXAMPLES
from random_versions import random_case
from vectors.make import FILE, released, vectors

SEED = 7


def chain(case: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Number of the version, the record before and after, and the report, for each step."""
    before = case["record"]
    for step in case["steps"]:
        yield step["to"], before, step["record"], step["report"]
        before = step["record"]


def everything(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [*record["answers"].values(), *record["orphans"].values()]


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    chance = random.Random(SEED)
    return [random_case(chance) for _number in range(max(1, EXAMPLES // 4))]  # four migrations each


def test_no_answer_is_lost(cases: list[dict[str, Any]]) -> None:
    for number, case in enumerate(cases):
        for _to, before, after, _report in chain(case):
            kept = everything(after)
            lost = [answer for answer in everything(before) if answer not in kept]
            assert lost == [], f"case {number}"


def test_no_answer_is_invented(cases: list[dict[str, Any]]) -> None:
    for number, case in enumerate(cases):
        for _to, before, after, report in chain(case):
            proposed = {move["to"] for move in (*report["split"], *report["merged"])}
            known = everything(before)
            for name, answer in after["answers"].items():
                assert name in proposed or answer in known, f"case {number}"
            assert all(answer in known for answer in after["orphans"].values()), f"case {number}"


def test_each_asked_item_is_in_the_report_once(cases: list[dict[str, Any]]) -> None:
    for number, case in enumerate(cases):
        for to, _before, after, report in chain(case):
            items = [item for section in case["versions"][to]["sections"] for item in section["items"]]
            active = sorted(item["id"] for item in items if item["status"] == "active")
            assert sorted([*report["kept"], *report["changed"], *report["unanswered"]]) == active, (
                f"case {number}"
            )
            assert sorted([*report["kept"], *report["changed"]]) == sorted(after["answers"]), f"case {number}"


def test_what_is_made_of_several_answers_has_to_be_confirmed(cases: list[dict[str, Any]]) -> None:
    seen = 0
    for case in cases:
        for to, _before, after, report in chain(case):
            revisions = {
                item["id"]: item["rev"]
                for section in case["versions"][to]["sections"]
                for item in section["items"]
            }
            for move in (*report["split"], *report["merged"]):
                if revisions[move["to"]] > 1:  # the rule `replaces` guarantees it
                    seen += 1
                    assert after["answers"][move["to"]]["rev"] < revisions[move["to"]]
                    assert move["to"] in report["changed"]
    assert seen


def test_a_second_time_changes_nothing(cases: list[dict[str, Any]]) -> None:
    for case in cases:
        third, fourth = case["steps"][2], case["steps"][3]
        assert fourth["record"] == third["record"]


def test_every_kind_of_change_occurs(cases: list[dict[str, Any]]) -> None:
    seen = {
        key for case in cases for step in case["steps"] for key, entries in step["report"].items() if entries
    }
    assert seen == set(cases[0]["steps"][0]["report"])


def test_the_browser_does_the_same(tmp_path: Path) -> None:
    file = tmp_path / "vectors.json"
    file.write_bytes(vectors(max(1, EXAMPLES // 4), SEED + 1))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["node", "tests/run.mjs", "migrate-vectors.test.ts"],
        cwd=PROJECT / "browser",
        env={**os.environ, "PATH": path, "TEBIKI_VECTORS": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[:3000]


def test_the_vectors_are_what_python_gives() -> None:
    same = FILE.read_bytes() == released()
    assert same, "run python tests/vectors/make.py, if the change is meant"


def test_the_vectors_can_be_read() -> None:
    assert len(json.loads(FILE.read_bytes())) == 12
