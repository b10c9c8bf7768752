"""Keeps compiled templates from one build to the next: those of the generator and those of the theme."""

from __future__ import annotations

from pathlib import Path

import jinja2


def template_cache(root: Path) -> jinja2.BytecodeCache:
    """Return the template cache of the project in ``root``; Jinja checks the text of a template before it uses it."""
    folder = root / "build" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))
