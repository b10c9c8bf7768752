"""The data in the page of a checklist: its schema, its vector, and since when questions are asked."""

from __future__ import annotations

import json

import pytest
from example_handbook import LANGUAGES, MINIMAL, PROJECT, loaded
from tebiki.compiling.checklist_page_data import checklist_page_data, first_versions, script_json
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook
from tebiki.reading.schema_errors import schema_errors
from vectors.make_page_data import FILES, VECTORS, text

HANDBOOKS: dict[str, Handbook] = {
    name: loaded(root) for name, root in (("real", PROJECT), ("example", MINIMAL))
}
CHECKLISTS = [
    pytest.param(handbook, checklist, id=f"{name}-{checklist.id}")
    for name, handbook in HANDBOOKS.items()
    for checklist in handbook.current_checklists
]


@pytest.mark.parametrize("name", FILES)
def test_a_vector_is_up_to_date(name: str) -> None:
    assert (VECTORS / name).read_text(encoding="utf-8") == text(name), "run tests/vectors/make_page_data.py"


@pytest.mark.parametrize("name", FILES)
def test_a_vector_satisfies_the_schema(name: str) -> None:
    data = json.loads((VECTORS / name).read_bytes())
    assert [error.message for error in schema_errors(data, "checklist-page")] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("handbook", "checklist"), CHECKLISTS)
def test_every_checklist_satisfies_the_schema(
    handbook: Handbook, checklist: Checklist, language: str
) -> None:
    data = json.loads(script_json(checklist_page_data(handbook, checklist, language)))
    assert [error.message for error in schema_errors(data, "checklist-page")] == []


def test_an_unknown_key_violates_the_schema() -> None:
    data = json.loads((VECTORS / "page-data.json").read_bytes())
    data["checklist"]["sections"][0]["items"][0]["weight"] = 3
    (error,) = schema_errors(data, "checklist-page")
    assert error.validator == "additionalProperties"


def test_json_in_a_script_cannot_end_it() -> None:
    text = script_json({"title": "</script><!--"})
    assert "<" not in text
    assert json.loads(text) == {"title": "</script><!--"}


def test_a_question_is_asked_since_the_version_of_its_revision() -> None:
    handbook = HANDBOOKS["example"]
    checklist = next(version for version in handbook.current_checklists if version.id == "workshop-plan")
    since = first_versions(checklist, handbook.checklists)
    assert [question for question, version in since.items() if version == "1.1.0"] == ["rooms", "contact"]
    assert set(since.values()) == {"1.0.0", "1.1.0"}
