"""The configuration of the editor in the browser: valid for its program, and no entry is changed by a save."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from example_handbook import MINIMAL, OTHER_HANDBOOKS, PROJECT, loaded
from tebiki.editor.configuration import configuration
from tebiki.model.handbook import Handbook
from tebiki.reading.yaml_reader import read_yaml

EDITOR = {"host": "github", "repository": "hibari-library/guide", "branch": "main"}
HANDBOOKS = {"real": PROJECT, "minimal": MINIMAL, **OTHER_HANDBOOKS}
PACKAGE = PROJECT / "browser" / "node_modules" / "@sveltia" / "cms"
#: Keys whose lists may have entries of two types, which no form shows: they are kept, behind the other keys.
MIXED = ("takes_from",)


@pytest.fixture(scope="module", params=list(HANDBOOKS))
def root(request: pytest.FixtureRequest) -> Path:
    return HANDBOOKS[request.param]


@pytest.fixture(scope="module")
def made(root: Path) -> dict[str, Any]:
    return configuration(with_editor(loaded(root)))


def with_editor(handbook: Handbook) -> Handbook:
    return replace(handbook, data={**handbook.data, "editor": EDITOR})


def entry_files(root: Path, made: Mapping[str, Any]) -> Iterator[tuple[Path, Any, list[Any]]]:
    """Every YAML file that a collection shows, with its data and its fields."""
    for collection in made["collections"]:
        if collection.get("format") == "yaml":
            for file in sorted((root / collection["folder"]).glob("*.yml")):
                data = read_yaml(file.read_text(encoding="utf-8"), file.name).data
                if data["kind"] == collection["filter"]["value"]:
                    yield file, data, collection["fields"]
        for entry in collection.get("files", ()):
            file = root / entry["file"]
            yield file, read_yaml(file.read_text(encoding="utf-8"), file.name).data, entry["fields"]


def saved(value: Any, field: Mapping[str, Any]) -> Any:
    """What the editor writes for ``value`` without an edit: keys in the order of the fields, others after them.

    Raises:
        AssertionError: The value is not of the type of its field, and would be lost.
    """
    match field["widget"]:
        case "hidden":
            is_scalar = not isinstance(value, (list, Mapping))
            assert is_scalar or field["name"] in MIXED, f"{field['name']} would move to the end of its entry"
        case "object":
            assert isinstance(value, Mapping), field["name"]
            return saved_fields(value, field["fields"])
        case "list" if "fields" in field:
            return [saved_fields(entry, field["fields"]) for entry in value]
        case "list":
            return [saved(entry, field["field"]) for entry in value]
        case "number":
            assert isinstance(value, int | float) and not isinstance(value, bool), field["name"]
        case "boolean":
            assert isinstance(value, bool), field["name"]
        case _:
            assert isinstance(value, list if field.get("multiple") else str), field["name"]
    return value


def saved_fields(data: Mapping[str, Any], fields: list[Any]) -> dict[str, Any]:
    result = {field["name"]: saved(data[field["name"]], field) for field in fields if field["name"] in data}
    missing = [field["name"] for field in fields if field.get("required") and field["name"] not in data]
    assert not missing, f"would be added: {missing}"
    assert list(data.keys() - result.keys()) == [], "would move to the end of its entry"
    return result


def test_it_is_valid_for_the_program(made: dict[str, Any]) -> None:
    schema = json.loads((PACKAGE / "schema" / "sveltia-cms.json").read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(made)] == []


def test_no_value_is_lost_by_a_save(root: Path, made: dict[str, Any]) -> None:
    files = 0
    for file, data, fields in entry_files(root, made):
        assert saved_fields(data, fields) == data, file
        files += 1
    assert files


def test_every_kind_of_entry_has_a_collection(root: Path, made: dict[str, Any]) -> None:
    names = {collection["name"].partition("--")[0] for collection in made["collections"]}
    handbook = loaded(root)
    assert {item.kind for item in handbook.items} <= names
    assert "pages" in names
    assert ("checklists" in names) == bool(handbook.checklists)
