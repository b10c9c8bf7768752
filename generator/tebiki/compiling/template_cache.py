"""Keeps compiled templates from one build to the next: ours, and those of the theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2


def template_cache(root: Path) -> jinja2.BytecodeCache:
    """The cache of the project in ``root``; Jinja looks at a template's text before it uses what is kept."""
    folder = root / "build" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def caching(root: Path) -> Callable[..., None]:
    """A method for MkDocs' event ``on_env``: the theme's templates are kept too.

    Compiling them takes 0.2 seconds each time.
    """

    def on_env(_plugin: object, env: jinja2.Environment, **_told: object) -> None:
        env.bytecode_cache = template_cache(root)

    return on_env
