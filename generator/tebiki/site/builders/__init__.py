"""The programs that make HTML pages of a staged tree.

To add a builder: a module in this folder with a class ``Builder`` that satisfies the protocol below,
and a line in ``PACKAGES``.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tebiki.model.message import MessageError

if TYPE_CHECKING:  # no process of a build can start before this module is imported
    from tebiki.site.build_cache import BuildCache

#: Name of each builder, which is the name of its module here → the package that has to be installed for it.
PACKAGES = {"mkdocs": "mkdocs", "zensical": "zensical"}
DEFAULT = "mkdocs"


class BuildError(MessageError):
    """A builder refused a staged tree; the message is the builder's output."""


class Builder(Protocol):
    """Makes the pages of one language."""

    def build(
        self, stage: Path, site: Path, *, timestamp: int, cache: BuildCache | None, processes: int = 1
    ) -> bool:
        """Build the staged tree in ``stage`` into the new folder ``site``.

        The builder's own search index, if it writes one, is ``search/search_index.json``.

        Args:
            stage: A folder with ``mkdocs.yml`` and ``docs/``.
            site: The folder to make; it does not exist.
            timestamp: Seconds since 1970, used in place of the clock, so that two builds of the same
                tree are equal.
            cache: Where pages are taken from that have been built before; None for a build of everything. The site
                is the same.
            processes: How many processes at most may build pages at the same time; the site is the same.

        Returns:
            Whether nothing but the content of single pages can differ from what this builder built last.

        Raises:
            BuildError: The builder reported an error or a warning.
        """

    def build_page(self, path: str) -> bytes | None:
        """Build one page from its present text, in the staged tree that was built last.

        Args:
            path: Its path below ``docs/`` ("procedure/four-steps.md").

        Returns:
            The HTML; None where the whole tree has to be built.
        """

    def last_pages(self, cache: BuildCache) -> Iterator[tuple[str, bytes]]:
        """Yield path in the site ("procedure/four-steps.html") and HTML of the pages that were built last.

        Those that ``cache`` no longer has are left out.
        """

    def import_program(self) -> None:
        """Import the program that makes pages, which ``build`` would otherwise do when a page is missing."""

    def get_ready(self) -> None:
        """Read what ``build_page`` will need, while nothing else is to be done."""

    def forget(self) -> None:
        """Release the memory that only a further build, or ``build_page``, needs."""

    def compile_templates(self) -> None:
        """Compile the templates of the theme into the cache of compiled templates, if the builder uses it."""


def is_installed(name: str) -> bool:
    """Whether the package that the builder ``name`` needs is installed."""
    return importlib.util.find_spec(PACKAGES[name]) is not None


def load_builder(name: str) -> Builder:
    """Import the builder ``name``, one of ``PACKAGES``."""
    builder: Builder = importlib.import_module(f"{__name__}.{name}").Builder()
    return builder
