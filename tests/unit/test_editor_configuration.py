"""The configuration of the editor in the browser: valid for its program, and no entry is changed by a save."""

from __future__ import annotations

import json
import posixpath
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from example_handbook import MINIMAL, PROJECT, loaded
from tebiki.editor.configuration import configuration
from tebiki.model.handbook import Handbook
from tebiki.reading.yaml_reader import read_yaml
from tebiki.writing.yaml_form import yaml_text

EDITOR = {"host": "github", "repository": "hibari-library/guide", "branch": "main"}
HANDBOOKS = {"real": PROJECT, "minimal": MINIMAL}
PACKAGE = PROJECT / "browser" / "node_modules" / "@sveltia" / "cms"
#: Where the files with entries are.
FOLDERS = ("content", "checklists")
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


@pytest.fixture(scope="module")
def formatted(root: Path) -> dict[str, str]:
    """The data of the files with entries, in the form of ``tebiki format``."""
    languages = loaded(root).languages
    texts = {}
    for file in sorted(file for folder in FOLDERS for file in (root / folder).rglob("*.yml")):
        name = file.relative_to(root).as_posix()
        data = read_yaml(file.read_text(encoding="utf-8"), name).data
        texts[name] = yaml_text(data, data["kind"], languages)
    return texts


def entry_files(
    formatted: Mapping[str, str], made: Mapping[str, Any]
) -> Iterator[tuple[str, Any, list[Any]]]:
    """Every YAML file that a collection shows, with its data and its fields."""
    data = {name: read_yaml(text, name).data for name, text in formatted.items()}
    for collection in made["collections"]:
        if collection.get("format") == "yaml":
            kind = collection["filter"]["value"]
            for name, entries in data.items():
                if posixpath.dirname(name) == collection["folder"] and entries["kind"] == kind:
                    yield name, entries, collection["fields"]
        for entry in collection.get("files", ()):
            yield entry["file"], data[entry["file"]], entry["fields"]


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


def test_it_is_valid_for_decap_cms(made: dict[str, Any]) -> None:
    """Decap CMS knows most of what Sveltia CMS knows, so that a handbook is not bound to one program."""
    schema = json.loads((PROJECT / "tests" / "vectors" / "decap-cms.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(made)] == []
    for collection in made["collections"]:
        for entry in (collection, *collection.get("files", ())):
            assert_names_differ(entry.get("fields", ()))
    assert_names_differ(made["collections"])


def assert_names_differ(entries: Sequence[Mapping[str, Any]]) -> None:
    names = [entry["name"] for entry in entries]
    assert len(names) == len(set(names))
    for entry in entries:
        assert_names_differ(entry.get("fields", ()) if "widget" in entry else ())


def test_a_save_loses_and_moves_nothing(formatted: dict[str, str], made: dict[str, Any]) -> None:
    names = []
    for name, data, fields in entry_files(formatted, made):
        assert json.dumps(saved_fields(data, fields)) == json.dumps(data), name
        names.append(name)
    assert names


def test_the_editor_writes_the_form_of_tebiki_format(formatted: dict[str, str]) -> None:
    command = ["node", str(PROJECT / "browser" / "tests" / "editor-writer.mjs")]
    texts = list(formatted.values())
    done = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, check=True)
    for name, text, written in zip(formatted, texts, json.loads(done.stdout), strict=True):
        assert written == text, name


def test_every_kind_of_entry_has_a_collection(root: Path, made: dict[str, Any]) -> None:
    names = {collection["name"].partition("--")[0] for collection in made["collections"]}
    handbook = loaded(root)
    assert {item.kind for item in handbook.items} <= names
    assert "pages" in names
    assert ("checklists" in names) == bool(handbook.checklists)
    files = [file["file"] for collection in made["collections"] for file in collection.get("files", ())]
    assert "content/handbook.yml" in files
