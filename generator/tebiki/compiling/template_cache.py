"""Keeps compiled templates from one build to the next: ours, and those of the theme."""

from __future__ import annotations

from pathlib import Path

import jinja2


def template_cache(root: Path) -> jinja2.BytecodeCache:
    """The cache of the project in ``root``; Jinja looks at a template's text before it uses what is kept."""
    folder = root / "build" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))
