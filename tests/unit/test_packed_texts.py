"""Texts that a clone has as files, and the wheel as one compressed file."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from example_handbook import PROJECT
from tebiki import resources
from tebiki.resources import SCHEMAS, STARTER_PROJECT, read_resource, resource_names


@pytest.fixture(scope="module")
def hatch_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", PROJECT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(hatch_build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package as the wheel has it, which is the one that is read."""
    hatch_build.pack(PROJECT, tmp_path / hatch_build.ARCHIVE)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    return tmp_path


def test_packed_texts_are_those_of_the_folder(package: Path) -> None:
    packed = package / "starter/project"
    assert resource_names(packed) == resource_names(STARTER_PROJECT)
    assert "dot_github/workflows/check.yml" in resource_names(packed)
    for name in resource_names(packed):
        assert read_resource(packed, name) == (STARTER_PROJECT / name).read_text(encoding="utf-8")


def test_every_folder_is_packed(hatch_build: ModuleType, package: Path) -> None:
    for folder, place in hatch_build.FOLDERS.items():
        texts = [path for path in (PROJECT / folder).rglob("*") if hatch_build.is_packed(path)]
        assert len(resource_names(package / place)) == len(texts) > 0


def test_packed_schemas_are_the_same_data(package: Path) -> None:
    for name in resource_names(SCHEMAS):
        packed = read_resource(package / "schemas", name)
        assert json.loads(packed) == json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def test_a_python_without_lzma_gets_a_remedy(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lzma", None)  # as Python marks what it may not import
    with pytest.raises(SystemExit, match=r"built without lzma.*Use a Python from"):
        resource_names(package / "starter/project")
