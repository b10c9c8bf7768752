"""MkDocs with Material, which published sites are built with, run in this process."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from material.plugins.search.plugin import SearchPlugin
from mkdocs.__main__ import cli as mkdocs

from tebiki.compiling.template_cache import template_cache


class Builder:
    """Runs ``mkdocs build``; the plugin of Material's search serves as the way into it."""

    def build(self, stage: Path, site: Path, *, timestamp: int) -> None:
        """Build a staged tree; see ``tebiki.site.builders.Builder``.

        On a warning MkDocs prints it and ends the process with exit code 1.
        """
        _patch_search_plugin()
        os.environ["SOURCE_DATE_EPOCH"] = str(timestamp)
        arguments = ["build", "--strict", "--quiet", "--config-file", str(stage / "mkdocs.yml")]
        mkdocs([*arguments, "--site-dir", str(site)], standalone_mode=False)


def _patch_search_plugin() -> None:
    """Skip Material's own index, and keep the compiled templates of the theme.

    The index of a handbook is made of the finished pages; Material's own would take a third of the
    time. Compiling the templates takes 0.2 seconds each time. The search is the only plugin of a
    staged tree, and MkDocs calls plugins by these names.
    """

    def on_page_context(*_: object, **_options: object) -> None:
        pass

    def on_env(_plugin: object, env: jinja2.Environment, **_options: object) -> None:
        env.bytecode_cache = template_cache()

    SearchPlugin.on_page_context = on_page_context
    SearchPlugin.on_env = on_env
