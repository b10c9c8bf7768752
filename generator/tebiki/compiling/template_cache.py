"""Keeps compiled templates from one build to the next: ours, and those of the theme."""

from __future__ import annotations

import jinja2

from tebiki.resources import cache_folder


def template_cache() -> jinja2.BytecodeCache:
    """Return the cache; Jinja compares a template's text before it uses what is kept."""
    folder = cache_folder("templates")
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))
