"""Markdown as the pages of a handbook know it: what the builders read a page with."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.extensions import Extension

#: Lists of different kinds are not mixed, and numbers begin where they are written: what ``markdown_blocks`` relies on.
LIST_EXTENSION = "sane_lists"
#: What MkDocs adds to any configuration.
OF_MKDOCS = ("toc", "tables", "fenced_code")
_FENCES = re.compile("```|~~~")


def page_extensions(site: Mapping[str, Any]) -> list[Any]:
    """Return the ``markdown_extensions`` of a staged ``mkdocs.yml``.

    Args:
        site: The settings of the project's ``mkdocs.yml``.
    """
    extensions = list(site.get("markdown_extensions", ()))
    return extensions if LIST_EXTENSION in extensions else [*extensions, LIST_EXTENSION]


def has_fences(text: str) -> bool:
    """Return whether ``text`` may have a block of code between fences."""
    return _FENCES.search(text) is not None


def page_markdown(
    site: Mapping[str, Any], allowed: list[str] | None = None, *, fences: bool = True
) -> Markdown:
    """Make a renderer that reads pages as the builders do.

    Args:
        site: The settings of the project's ``mkdocs.yml``.
        allowed: The extensions that may be loaded; all by default.
        fences: Whether blocks of code between fences are read, for which all of Pygments is imported.
    """
    # few pages of a small handbook need it
    import markdown  # noqa: PLC0415

    options: dict[str, dict[str, Any]] = {name: {} for name in OF_MKDOCS if fences or name != "fenced_code"}
    for extension in page_extensions(site):
        entry = extension if isinstance(extension, Mapping) else {extension: {}}
        options |= {
            name: dict(value or {}) for name, value in entry.items() if allowed is None or name in allowed
        }
    return markdown.Markdown(extensions=[_extension(name, settings) for name, settings in options.items()])


def _extension(name: str, settings: Mapping[str, Any]) -> Extension:
    # from its module: Markdown would look for the name in the metadata of all installed packages
    module = importlib.import_module(name if "." in name else f"markdown.extensions.{name}")
    extension: Extension = module.makeExtension(**settings)
    return extension
