"""Keeps compiled templates from one build to the next: ours, and those of the theme."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable

import jinja2

from tebiki.resources import cache_folder

#: A template that another one names; not the beginning of a name that depends on a value.
_REFERENCE = re.compile(r'\{%-?\s*(?:extends|include|import|from)\s+"([^"]+)"(?!\s*~)')


def template_cache() -> jinja2.BytecodeCache:
    """Return the cache; Jinja compares a template's text before it uses what is kept."""
    folder = cache_folder("templates")
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def has_compiled_templates() -> bool:
    """Whether an earlier build of this account has left compiled templates."""
    folder = cache_folder("templates")
    return folder.is_dir() and any(folder.iterdir())


def compile_templates(
    environment: jinja2.Environment, names: Iterable[str], *, without: Iterable[str] = ()
) -> None:
    """Compile templates and what they name, into the cache of ``environment``.

    Args:
        environment: The environment that loads them.
        names: The names of the first templates.
        without: The names of those to leave out.
    """
    assert environment.loader
    waiting, seen = list(names), set(without)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        with contextlib.suppress(jinja2.TemplateNotFound):  # a template may include what a handbook can bring
            environment.get_template(name)
            source, _path, _is_current = environment.loader.get_source(environment, name)
            waiting += _REFERENCE.findall(source)
