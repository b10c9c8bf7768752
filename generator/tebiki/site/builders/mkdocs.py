"""MkDocs with Material, which published sites are built with, run in this process."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tebiki.site.build_cache import BuildCache
from tebiki.site.builders.built_page import BuiltPage, Frame
from tebiki.site.staged_site import read_staged_site

if TYPE_CHECKING:
    from tebiki.site.builders.mkdocs_site import MkDocsSite


class Builder:
    """Runs MkDocs on what the cache does not have. MkDocs is imported when it is needed: that takes half a second."""

    def __init__(self) -> None:
        #: The key of the frame of the last build, its staged tree, its folder, and its timestamp.
        self._last: tuple[str, Path, Path, int] | None = None
        #: What MkDocs has read, and the key of its frame.
        self._mkdocs_site: tuple[str, MkDocsSite] | None = None

    def build(self, stage: Path, site: Path, *, timestamp: int, cache: BuildCache | None) -> None:
        """Build a staged tree; see ``tebiki.site.builders.Builder``.

        On a warning MkDocs prints it and ends the process with exit code 1.
        """
        if cache is None or not self._build_changed(stage, site, timestamp, cache):
            shutil.rmtree(site, ignore_errors=True)
            _build_all(stage, site, timestamp)

    def build_page(self, path: str) -> bytes | None:
        """Build one page; see ``tebiki.site.builders.Builder``."""
        if self._last is None or self._mkdocs_site is None or self._mkdocs_site[0] != self._last[0]:
            return None
        from tebiki.site.builders.mkdocs_site import RefusedError  # noqa: PLC0415

        try:
            return self._mkdocs_site[1].page(path).html
        except RefusedError:
            return None

    def import_program(self) -> None:
        """Import MkDocs."""
        from tebiki.site.builders import mkdocs_site  # noqa: F401, PLC0415

    def get_ready(self) -> None:
        """Let MkDocs read the staged tree of the last build."""
        if self._last is None or (self._mkdocs_site and self._mkdocs_site[0] == self._last[0]):
            return
        from tebiki.site.builders.mkdocs_site import MkDocsSite, RefusedError  # noqa: PLC0415

        key, stage, site, timestamp = self._last
        with contextlib.suppress(RefusedError):
            self._mkdocs_site = key, MkDocsSite(stage, site, timestamp)

    def compile_templates(self) -> None:
        """Compile the templates of Material and those that override them."""
        from tebiki.site.builders.mkdocs_site import compile_theme_templates  # noqa: PLC0415

        compile_theme_templates()

    def _build_changed(self, stage: Path, site: Path, timestamp: int, cache: BuildCache) -> bool:
        """Build the pages that the cache does not have, and write the site; returns False where MkDocs complains."""
        keys = read_staged_site(stage, timestamp)
        entries = {path: cache.get(key) for path, key in keys.pages.items()}
        pages = {path: BuiltPage.from_bytes(entry) for path, entry in entries.items() if entry}
        entry = cache.get(keys.frame)
        frame = Frame.from_bytes(entry) if entry else None
        missing = keys.pages.keys() - pages.keys()
        if missing or frame is None:
            from tebiki.site.builders.mkdocs_site import MkDocsSite, RefusedError  # noqa: PLC0415

            try:
                if frame is None or self._mkdocs_site is None or self._mkdocs_site[0] != keys.frame:
                    self._mkdocs_site = keys.frame, MkDocsSite(stage, site, timestamp)
                mkdocs_site = self._mkdocs_site[1]
                frame = frame or mkdocs_site.frame()
                pages |= {path: mkdocs_site.page(path) for path in missing}
            except RefusedError:
                return False
        if _has_broken_anchor(pages):
            return False
        if entry is None:
            cache.put(keys.frame, frame.to_bytes())
        for path in missing:
            cache.put(keys.pages[path], pages[path].to_bytes())
        cache.prune()
        _write_site(stage, site, pages, frame)
        self._last = keys.frame, stage, site, timestamp
        return True


def _build_all(stage: Path, site: Path, timestamp: int) -> None:
    """Run ``mkdocs build``, which says what it complains of."""
    from mkdocs.__main__ import cli as mkdocs  # noqa: PLC0415

    from tebiki.site.builders.mkdocs_site import patch_mkdocs  # noqa: PLC0415

    patch_mkdocs()
    os.environ["SOURCE_DATE_EPOCH"] = str(timestamp)
    arguments = ["build", "--strict", "--quiet", "--config-file", str(stage / "mkdocs.yml")]
    mkdocs([*arguments, "--site-dir", str(site)], standalone_mode=False)


def _has_broken_anchor(pages: Mapping[str, BuiltPage]) -> bool:
    """Whether a page leads to an anchor that another page does not have, or no longer has."""
    return any(
        not pages[target].anchors.issuperset(anchors)
        for page in pages.values()
        for target, anchors in page.links.items()
        if target in pages
    )


def _write_site(stage: Path, site: Path, pages: Mapping[str, BuiltPage], frame: Frame) -> None:
    files = {path: stage / "docs" / path for path in frame.copied}
    contents = {path: file.read_bytes() for path, file in files.items()} | frame.files
    contents |= {f"{path.removesuffix('.md')}.html": page.html for path, page in pages.items()}
    for folder in {(site / path).parent for path in contents}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        (site / path).write_bytes(content)
