"""The constants that Python and the browser share agree with the schemas, and are described."""

from __future__ import annotations

import json
from typing import Any, get_args

from example_handbook import PROJECT
from tebiki.model import shared_constants
from tebiki.results.assessment_record import ActionState

CONSTANTS: dict[str, Any] = json.loads(
    (PROJECT / "generator" / "tebiki" / "model" / "shared_constants.json").read_text(encoding="utf-8")
)


def schema(name: str) -> Any:
    return json.loads((PROJECT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_python_has_every_constant_of_the_file() -> None:
    values = {
        name: value for name, value in vars(shared_constants).items() if name.isupper() and name[0] != "_"
    }
    assert json.loads(json.dumps(values)) == {name: entry["value"] for name, entry in CONSTANTS.items()}


def test_every_constant_is_described() -> None:
    assert all(entry["description"].endswith(".") for entry in CONSTANTS.values())


def test_the_format_of_result_files_has_the_same_limits_and_members() -> None:
    result = schema("assessment-result")
    answer, action = result["$defs"]["answer"]["properties"], result["$defs"]["action"]["properties"]
    assert result["properties"]["format"]["const"] == shared_constants.RESULT_FORMAT
    assert tuple(action["state"]["enum"]) == shared_constants.ACTION_STATES
    assert get_args(ActionState) == shared_constants.ACTION_STATES
    assert tuple(action) == shared_constants.ACTION_COLUMNS
    assert {answer[field]["maxLength"] for field in shared_constants.TEXT_FIELDS} == {
        shared_constants.MAX_TEXT_LENGTH
    }
    assert schema("common")["$defs"]["id"]["maxLength"] == shared_constants.MAX_ID_LENGTH


def test_answer_sets_have_the_same_roles() -> None:
    role = schema("answer-set")["properties"]["answers"]["items"]["properties"]["role"]
    assert tuple(role["enum"]) == shared_constants.ROLES
    assert {*shared_constants.COMBINABLE_ROLES, *shared_constants.ROLE_RANKS} <= set(shared_constants.ROLES)


def test_every_column_has_a_width() -> None:
    assert len(shared_constants.ANSWER_COLUMNS) == len(shared_constants.ANSWER_COLUMN_WIDTHS)
    assert len(shared_constants.ACTION_COLUMNS) == len(shared_constants.ACTION_COLUMN_WIDTHS)
