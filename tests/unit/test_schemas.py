"""The schemas are what editors and people learn the files from: complete, and true to themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from example_handbook import EXAMPLES, loaded
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tebiki.model.result_patterns import ID, ROUND
from tebiki.reading.schema import read_schema, schema_names
from tebiki.reading.schema_errors import schema_errors
from tebiki.resources import SCHEMAS

NAMES = schema_names()
KINDS = [name for name in NAMES if name not in ("common", "page", "page-translation", "mkdocs")]
REGISTRY: Registry[Any] = Registry().with_resources(
    (str(read_schema(name)["$id"]), Resource.from_contents(read_schema(name))) for name in NAMES
)
Property = tuple[str, str, dict[str, Any]]


def properties(name: str) -> Iterator[Property]:
    """Every property of a schema, at whatever depth: the schema's name, its path, its own schema."""
    waiting: list[tuple[str, Any]] = [("", read_schema(name))]
    while waiting:
        path, schema = waiting.pop()
        if isinstance(schema, list):
            waiting += [(f"{path}/{index}", inner) for index, inner in enumerate(schema)]
        elif isinstance(schema, dict):
            for key, inner in schema.items():
                is_property = path.endswith("/properties")
                if is_property:
                    yield name, f"{path}/{key}", inner
                if is_property or key not in ("examples", "enum", "const", "default", "if"):
                    waiting.append((f"{path}/{key}", inner))


def resolved(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """``schema`` together with what it refers to; its own keys come first."""
    while "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#")
        name = file.removesuffix(".schema.json") or name
        target: Any = read_schema(name)
        for step in pointer.strip("/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


ALL = [entry for name in NAMES for entry in properties(name)]


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_one_of_json_schema_2020_12(name: str) -> None:
    schema = read_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://tebiki.invalid/schemas/{name}.schema.json"
    assert schema["title"]
    assert schema["description"]
    Draft202012Validator.check_schema(schema)


def test_there_are_properties_to_look_at() -> None:
    assert len(ALL) > 200


# a test for each schema, not for each of 1,500 properties: reporting a test costs as much as such a check
@pytest.mark.parametrize("name", NAMES)
def test_each_property_has_title_description_and_examples(name: str) -> None:
    missing = [
        f"{path}: {key}"
        for _name, path, schema in properties(name)
        for key in ("title", "description", "examples")
        if not resolved(name, schema).get(key)
    ]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_each_example_is_what_the_property_allows(name: str) -> None:
    address = read_schema(name)["$id"]
    refused = [
        f"{path}: {example!r}: {error.message}"
        for _name, path, schema in properties(name)
        for example in resolved(name, schema).get("examples", ())
        for error in Draft202012Validator({"$ref": f"{address}#{path}"}, registry=REGISTRY).iter_errors(
            example
        )
    ]
    assert refused == []


@pytest.mark.parametrize("name", KINDS)
def test_a_misspelt_key_is_an_error_in_every_kind(name: str) -> None:
    assert [error.validator for error in schema_errors({"mispelt": 1}, name)].count(
        "additionalProperties"
    ) == 1


def test_every_kind_is_shown_in_the_example_handbook() -> None:
    handbook = loaded(EXAMPLES / "valid" / "minimal")
    kinds = {item.kind for item in handbook.items}
    for root in (EXAMPLES / "valid" / "minimal", EXAMPLES / "valid" / "branch"):
        kinds |= {
            yaml.safe_load(path.read_bytes())["kind"]
            for path in root.rglob("*.yml")
            if path.name != "mkdocs.yml"
        }
    assert kinds == set(KINDS) - {"assessment-result", "checklist-page"}


def test_editors_choose_the_schema_of_each_kind() -> None:
    choice = json.loads((SCHEMAS / "files.json").read_text(encoding="utf-8"))
    kinds = [name for name in KINDS if name not in ("assessment-result", "checklist-page")]
    assert choice["properties"]["kind"]["enum"] == kinds
    chosen = {rule["if"]["properties"]["kind"]["const"]: rule["then"]["$ref"] for rule in choice["allOf"]}
    assert chosen == {kind: f"{kind}.schema.json" for kind in kinds}


def test_patterns_that_modules_read_are_those_of_the_schema_of_results() -> None:
    subject = read_schema("assessment-result")["properties"]["subject"]["properties"]
    assert (subject["kind"]["pattern"], subject["round"]["pattern"]) == (f"^{ID}$", f"^{ROUND}$")
