"""Zensical, the successor of Material by its authors, run in a process of its own.

It reads the same configuration and the same theme overrides. The differences are in
``docs/zensical.md``. It is installed for the tests and needed for nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tebiki.model.message import Message
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import BuildError
from tebiki.site.isolated_python import isolated_python


class Builder:
    """Runs ``zensical build``."""

    def build(
        self, stage: Path, site: Path, *, timestamp: int, cache: BuildCache | None, processes: int = 1
    ) -> bool:
        """Build a staged tree, all of it; see ``tebiki.site.builders.Builder``. Zensical writes no dates."""
        # it builds beside its configuration, and has no option for another place
        config = str(stage / "mkdocs.yml")
        command = isolated_python("zensical", "build", "--strict", "--clean", "--config-file", config)
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if process.returncode:
            output = _without_tracebacks(process.stdout.decode("utf-8", "replace"))
            raise BuildError(Message("common.text", text=output))
        built = stage / "site"
        (built / "search").mkdir()
        (built / "search.json").rename(built / "search" / "search_index.json")
        site.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(built, site)
        return False

    def build_page(self, path: str) -> None:
        """Return None: Zensical builds a tree as a whole."""

    def last_pages(self, cache: BuildCache) -> Iterator[tuple[str, bytes]]:
        """Return nothing: Zensical builds a tree as a whole."""
        return iter(())

    def import_program(self) -> None:
        """Do nothing: Zensical runs in a process of its own."""

    def get_ready(self) -> None:
        """Do nothing."""

    def forget(self) -> None:
        """Do nothing: Zensical has ended."""

    def compile_templates(self) -> None:
        """Do nothing: Zensical's templates are part of its program."""


def _without_tracebacks(output: str) -> str:
    """The lines of ``output`` without those of Zensical's own code, printed where a template cannot be read."""
    return "\n".join(
        line for line in output.splitlines() if line and not line.startswith(("Traceback", "  "))
    )
