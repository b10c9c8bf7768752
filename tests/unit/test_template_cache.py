"""Compiled templates: those that others name are compiled too, and the icons of the theme are not listed."""

from __future__ import annotations

import fnmatch
from pathlib import Path

import jinja2
import pytest
from mkdocs.theme import Theme
from tebiki.compiling.template_cache import compile_templates, has_compiled_templates, template_cache
from tebiki.resources import OVERRIDES
from tebiki.site.builders.mkdocs_site import ThemeLoader

TEMPLATES = {
    "main.html": """{% extends "base.html" %}{%- import "words.html" as words %}{% include "icons/" ~ icon %}""",
    "base.html": """{% include "part.html" %}{% include "brought.html" ignore missing %}""",
    "words.html": "",
    "part.html": "",
    "icons/": "",
    "unused.html": "",
}


def test_what_a_template_names_is_compiled_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEBIKI_CACHE", str(tmp_path))
    assert not has_compiled_templates()
    environment = jinja2.Environment(loader=jinja2.DictLoader(TEMPLATES), bytecode_cache=template_cache())
    compile_templates(environment, ["main.html"])
    assert has_compiled_templates()
    assert len(list((tmp_path / "templates").iterdir())) == 4
    assert environment.cache
    assert {key[1] for key in environment.cache} == {
        "main.html",
        "base.html",
        "words.html",
        "part.html",
    }


def test_only_hidden_folders_of_the_theme_are_not_listed() -> None:
    folders = Theme(name="material", custom_dir=str(OVERRIDES)).dirs
    listed = jinja2.FileSystemLoader(folders).list_templates()
    kept = [name for name in listed if not fnmatch.fnmatch(name, ".*/*")]
    assert len(kept) < len(listed) / 10
    assert ThemeLoader(folders).list_templates() == kept
