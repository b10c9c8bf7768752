"""Results say which answers are to an institution's own questions, and are counted by the national ones."""

from __future__ import annotations

import json
import random
import uuid
from pathlib import Path
from typing import Any

import pytest
from example_handbook import MINIMAL, loaded, of_institutions, tebiki
from examples.make_results import answer, complete_result, json_bytes, seal
from overlay_handbook import create_branch
from random_results import random_record
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load
from tebiki.results.aggregate import aggregate
from tebiki.results.aggregate_values import Aggregate
from tebiki.results.check import check_result
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.fast_reader import FastReader
from tebiki.results.migrate import migrate
from tebiki.results.record import build_record, serialize

NATIONAL = of_institutions(loaded(MINIMAL))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The branch's handbook."""
    folder = tmp_path_factory.mktemp("results") / "branch"
    create_branch(folder)
    return folder


@pytest.fixture(scope="module")
def branch(root: Path) -> Handbook:
    handbook, problems = load(root)
    assert problems == []
    return of_institutions(handbook)


def form_in(handbook: Handbook) -> ChecklistVersion:
    return next(form for form in checklist_versions(handbook) if form.checklist.id == "visitor-check")


def record_in(handbook: Handbook, seed: int = 1, **answers: str) -> dict[str, Any]:
    """A result as the form of ``handbook`` saves it, with just these ``answers`` (``_`` for ``-``)."""
    form = form_in(handbook)
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    draft = {
        **complete_result(),
        "id": str(uuid.UUID(int=seed, version=4)),
        "handbook": {"id": handbook.data["id"], "version": handbook.data["version"]},
        "answers": {name: answer(value, form.questions[name].rev) for name, value in given.items()},
    }
    return build_record(draft, form)


def test_a_result_names_its_local_questions_and_keeps_the_digest_that_all_share(branch: Handbook) -> None:
    record = record_in(branch, has_card="done", west_key="not-done")
    assert record["local"] == ["west-box", "west-key"]
    assert record["format_version"] == "1.2.0"
    assert record["handbook"] == {"id": "hibari-branch", "version": "0.1.0"}
    assert record["checklist"]["digest"] == form_in(NATIONAL).digest
    assert check_result(serialize(record), branch) == []
    assert check_result(serialize(record), NATIONAL) == []


def test_figures_and_status_are_those_of_the_shared_questions(branch: Handbook) -> None:
    given = {"has_card": "done", "address_current": "done", "returns_in_time": "done"}
    with_own, without = record_in(branch, **given, west_key="not-done"), record_in(NATIONAL, **given)
    assert with_own["status"] == without["status"] == "complete"
    assert with_own["computed"] == without["computed"]
    assert record_in(branch, west_key="done")["status"] == "in-progress"


def test_a_result_without_local_questions_is_the_same_to_the_byte(branch: Handbook) -> None:
    for seed in range(20):
        for form in checklist_versions(NATIONAL):
            record = random_record(form, NATIONAL, random.Random(seed))
            assert "local" not in record
            same = serialize(build_record(record, form)) == serialize(record)
            assert same
    assert "local" not in build_record(complete_result(), form_in(NATIONAL))
    assert form_in(branch).digest == form_in(NATIONAL).digest


def test_a_shared_question_cannot_be_called_local(branch: Handbook) -> None:
    record = record_in(branch, has_card="done")
    record["local"].append("returns-in-time")
    for handbook in (branch, NATIONAL):
        assert [finding.code for finding in check_result(json_bytes(seal(record)), handbook)] == ["not-local"]


def test_an_answer_that_nobody_knows_is_still_reported(branch: Handbook) -> None:
    record = record_in(branch, has_card="done")
    record["answers"]["wears-slippers"] = answer("done")
    assert [finding.code for finding in check_result(json_bytes(seal(record)), NATIONAL)] == ["unknown-item"]


def test_under_the_shared_checklist_local_answers_are_set_aside_and_come_back(branch: Handbook) -> None:
    record = record_in(branch, has_card="done", west_key="not-done")
    away, report = migrate(record, form_in(NATIONAL), {"id": "hibari-library", "version": "1.2.0"})
    assert report.set_aside == ["west-key"]
    assert away["orphans"]["west-key"]["value"] == "not-done"
    assert away["local"] == ["west-box", "west-key"]
    back, report = migrate(away, form_in(branch), record["handbook"])
    assert report.restored == ["west-key"]
    assert back == record


def test_the_quick_reading_says_of_every_result_what_the_full_one_says(branch: Handbook) -> None:
    for handbook in (branch, NATIONAL):
        quick = FastReader(checklist_versions(handbook))
        for seed in range(60):
            record = random_record(form_in(branch), branch, random.Random(seed))
            raw = serialize(record)
            if quick.read(raw, "result.json") is not None:
                assert check_result(raw, handbook) == [], seed
        raw = serialize(record_in(branch, has_card="done", west_key="not-done"))
        assert quick.read(raw, "result.json") is not None


# --- aggregate


def put(folder: Path, *records: dict[str, Any]) -> Path:
    for number, record in enumerate(records):
        (folder / f"{number}.json").write_bytes(serialize(record))
    return folder


def tally(aggregate: Aggregate) -> dict[tuple[str, str, str], int]:
    assert aggregate.skipped_files == ()
    return {(count.section, count.item, count.answer): count.count for count in aggregate.counts}


def test_the_library_counts_its_own_questions_in_results_of_several_branches(
    branch: Handbook, tmp_path: Path
) -> None:
    put(
        tmp_path,
        record_in(branch, 1, has_card="done", returns_in_time="done", west_box="done", west_key="not-done"),
        record_in(NATIONAL, 2, has_card="not-done"),
    )
    counted = aggregate(tmp_path, NATIONAL, at_least=1)
    assert tally(counted) == {
        ("card", "has-card", "done"): 1,
        ("card", "has-card", "not-done"): 1,
        ("card", "address-current", "unanswered"): 1,
        ("books", "returns-in-time", "done"): 1,
        ("books", "returns-in-time", "unanswered"): 1,
    }
    assert tally(aggregate(tmp_path, branch, at_least=1)) == tally(counted)
    assert [(file.status, file.count) for file in aggregate(tmp_path, branch, at_least=1).files] == [
        ("in-progress", 2)
    ]


def test_the_branch_counts_its_own_questions_apart_where_it_alone_is_counted(
    branch: Handbook, tmp_path: Path
) -> None:
    put(
        tmp_path,
        record_in(branch, 1, has_card="not-done", returns_in_time="done", west_box="partly", west_key="done"),
        record_in(branch, 2, has_card="not-done", returns_in_time="not-done", west_key="not-done"),
    )
    shared = {
        ("card", "has-card", "not-done"): 2,
        ("books", "returns-in-time", "done"): 1,
        ("books", "returns-in-time", "not-done"): 1,
    }
    assert tally(aggregate(tmp_path, NATIONAL, at_least=1)) == shared
    assert tally(aggregate(tmp_path, branch, at_least=1)) == {
        **shared,
        ("west", "west-box", "partly"): 1,
        ("west", "west-key", "done"): 1,
        ("west", "west-key", "not-done"): 1,
    }
    assert [(file.status, file.count) for file in aggregate(tmp_path, branch, at_least=1).files] == [
        ("complete", 2)
    ]


def test_reports_say_whose_question_it_is(root: Path, branch: Handbook, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    file.write_bytes(
        serialize(record_in(branch, has_card="not-done", returns_in_time="done", west_key="done"))
    )
    for kind in ("csv", "md", "html"):
        done = tebiki(root, "result", "export", file, "--to", kind, "--out", tmp_path, "--lang", "en")
        assert done.exit_code == 0, done.output
        text = (tmp_path / f"r.{kind}").read_text(encoding="utf-8-sig")
        assert text.count("(Hibari West Branch)") >= 2, kind
        assert "Do you use a card of your own? (" not in text
    folder = tmp_path / "many"
    folder.mkdir()
    given = {"has_card": "not-done", "returns_in_time": "done", "west_key": "done"}
    put(folder, *(record_in(branch, seed, **given) for seed in range(5)))  # fewer are withheld
    out = tmp_path / "all.html"
    assert (
        tebiki(root, "result", "aggregate", folder, "-o", out, "--at-least", "1", "--lang", "en").exit_code
        == 0
    )
    assert "Hibari West Branch" in out.read_text(encoding="utf-8")
    assert json.loads((folder / "0.json").read_bytes())["local"] == ["west-box", "west-key"]
