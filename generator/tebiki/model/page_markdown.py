"""Markdown as the pages of a handbook know it: what the builders read a page with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import markdown

#: Lists of different kinds are not mixed, and numbers begin where they are written: what ``markdown_blocks`` relies on.
LIST_EXTENSION = "sane_lists"
#: What MkDocs adds to any configuration.
_OF_MKDOCS = ("toc", "tables", "fenced_code")


def page_extensions(site: Mapping[str, Any]) -> list[Any]:
    """Return the ``markdown_extensions`` of a staged ``mkdocs.yml``.

    Args:
        site: The settings of the project's ``mkdocs.yml``.
    """
    extensions = list(site.get("markdown_extensions", ()))
    return extensions if LIST_EXTENSION in extensions else [*extensions, LIST_EXTENSION]


def page_markdown(site: Mapping[str, Any], allowed: list[str] | None = None) -> markdown.Markdown:
    """Make a renderer that reads pages as the builders do.

    Args:
        site: The settings of the project's ``mkdocs.yml``.
        allowed: The extensions that may be loaded; all by default.
    """
    options: dict[str, dict[str, Any]] = {name: {} for name in _OF_MKDOCS}
    for extension in page_extensions(site):
        entry = extension if isinstance(extension, Mapping) else {extension: {}}
        options |= {
            name: dict(value or {}) for name, value in entry.items() if allowed is None or name in allowed
        }
    return markdown.Markdown(extensions=list(options), extension_configs=options)
