"""Texts that a clone has as files, and the wheel as one ZIP file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from example_handbook import PROJECT
from tebiki.resources import STARTER_PROJECT, read_resource, resource_names


def test_packed_texts_are_those_of_the_folder(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("hatch_build", PROJECT / "hatch_build.py")
    assert spec
    assert spec.loader
    hatch_build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hatch_build)
    hatch_build.pack(STARTER_PROJECT, tmp_path / "project.zip")
    packed = tmp_path / "project"
    assert resource_names(packed) == resource_names(STARTER_PROJECT)
    assert "dot_github/workflows/check.yml" in resource_names(packed)
    for name in resource_names(packed):
        assert read_resource(packed, name) == (STARTER_PROJECT / name).read_text(encoding="utf-8")
