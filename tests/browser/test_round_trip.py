"""Save, open, save: whatever stands in a record, the second file is the first."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from example_handbook import loaded
from form import Form
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from tebiki.model.digest import digest

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = loaded(ROOT)
CHECKLIST = next(
    checklist for checklist in HANDBOOK.current_checklists if checklist.id == "researcher-self-check"
)
ANSWERS = next(answers for answers in HANDBOOK.answer_sets if answers.id == CHECKLIST.answer_set).roles

# every character that JSON can carry: control characters, markup, right-to-left, emoji, but no lone surrogates
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def answers_to(item: Any) -> st.SearchStrategy[dict[str, Any]]:
    offered = [answer for answer, role in ANSWERS.items() if role != "excluded" or item.na_allowed]
    return st.fixed_dictionaries(
        {
            "rev": st.just(item.rev),
            "value": st.sampled_from(["", *offered]),
            "note": texts,
            "evidence": texts,
            "justification": texts,
        }
    )


orphan = st.fixed_dictionaries(
    {
        "rev": st.integers(1, 9),
        "value": st.sampled_from(["", "met", "gone"]),
        "note": texts,
        "evidence": texts,
        "justification": texts,
    }
)
records = st.fixed_dictionaries(
    {
        "id": st.uuids(version=4).map(str),
        "subject": st.fixed_dictionaries({"label": texts}),
        "language": st.sampled_from(["ja", "en"]),
        "answers": st.fixed_dictionaries(
            {}, optional={item.id: answers_to(item) for item in CHECKLIST.questions}
        ),
        "orphans": st.dictionaries(st.sampled_from(["retired-one", "retired-two"]), orphan),
    }
)


def complete(generated: dict[str, Any]) -> dict[str, Any]:
    """A whole record around what was generated, with its digest."""
    record = {
        "format": "tebiki-assessment-result",
        "format_version": "1.0.0",
        "checklist": {
            "id": CHECKLIST.id,
            "version": CHECKLIST.version,
            "digest": digest(CHECKLIST.head.data),
        },
        "handbook": {"id": HANDBOOK.data["id"], "version": HANDBOOK.data["version"]},
        "status": "in-progress",
        "created": "2026-11-21T00:00:00.000Z",
        "updated": "2026-11-21T00:00:00.000Z",
        "risks": [],
        "actions": [],
        "computed": {"total": {}, "sections": {}},
        **generated,
    }
    return {**record, "digest": digest(record)}


@pytest.fixture
def form(address: str, page: Page) -> Form:
    return Form(page).open(address, "ja")


@given(generated=records)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_save_open_save_is_identical(form: Form, tmp_path: Path, generated: dict[str, Any]) -> None:
    """The texts come back character for character, and a file opened and saved again is the same file."""
    generated["id"] = str(uuid.uuid4())  # shrinking repeats an id, and the form would ask about the twin
    given_file = tmp_path / "given.json"
    given_file.write_text(json.dumps(complete(generated), ensure_ascii=False), encoding="utf-8")
    first_file, first = open_and_save(form, given_file, tmp_path / "first")
    filled = {
        key: answer
        for key, answer in generated["answers"].items()
        if any(answer[k] for k in answer if k != "rev")
    }
    assert {key: answer for key, answer in first["answers"].items() if key in filled} == filled
    assert first["orphans"] == generated["orphans"]
    assert first["subject"] == generated["subject"]
    form.control("delete").click()
    form.control("dialog-delete").click()
    expect(form.control("dialog")).to_have_count(0)
    expect(form.control("assessment-list")).not_to_have_value(generated["id"])  # it is deleted in a moment
    second_file, _second = open_and_save(form, first_file, tmp_path / "second")
    assert second_file.read_bytes() == first_file.read_bytes()


def open_and_save(form: Form, file: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    folder.mkdir(exist_ok=True)
    record = json.loads(file.read_text(encoding="utf-8"))
    form.load(file)
    expect(form.control("assessment-list")).to_have_value(record["id"])
    return form.save(folder)
