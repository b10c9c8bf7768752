"""Texts that a clone has as files, and the wheel as one compressed file for each folder."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from example_handbook import PROJECT
from tebiki.resources import SCHEMAS, STARTER_PROJECT, read_resource, resource_names


@pytest.fixture(scope="module")
def hatch_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", PROJECT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_packed_texts_are_those_of_the_folder(hatch_build: ModuleType, tmp_path: Path) -> None:
    hatch_build.pack(STARTER_PROJECT, tmp_path / "project.xz")
    packed = tmp_path / "project"
    assert resource_names(packed) == resource_names(STARTER_PROJECT)
    assert "dot_github/workflows/check.yml" in resource_names(packed)
    for name in resource_names(packed):
        assert read_resource(packed, name) == (STARTER_PROJECT / name).read_text(encoding="utf-8")


def test_packed_schemas_are_the_same_data(hatch_build: ModuleType, tmp_path: Path) -> None:
    hatch_build.pack(SCHEMAS, tmp_path / "schemas.xz")
    packed = tmp_path / "schemas"
    for name in resource_names(SCHEMAS):
        assert json.loads(read_resource(packed, name)) == json.loads(read_resource(SCHEMAS, name))


def test_a_python_without_lzma_gets_a_remedy(
    hatch_build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hatch_build.pack(STARTER_PROJECT, tmp_path / "project.xz")
    monkeypatch.setitem(sys.modules, "lzma", None)  # as Python marks what it may not import
    with pytest.raises(SystemExit, match=r"built without lzma.*Use a Python from"):
        resource_names(tmp_path / "project")
