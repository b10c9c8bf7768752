"""MkDocs with Material, which published sites are built with, run in this process."""

from __future__ import annotations

import contextlib
import logging
import math
import os
import shutil
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tebiki.site.build_cache import BuildCache, program_digest
from tebiki.site.builders.built_page import BuiltPage, Frame, RefusedError
from tebiki.site.parallel_calls import call_in_parallel
from tebiki.site.staged_site import read_staged_site

if TYPE_CHECKING:
    from tebiki.site.builders.mkdocs_site import MkDocsSite

#: How many pages make it worth starting a process.
_PART = 8


class Builder:
    """Runs MkDocs on what the cache does not have. MkDocs is imported when it is needed: that takes half a second."""

    def __init__(self) -> None:
        #: The key of the frame of the last build, its staged tree, its folder, and its timestamp.
        self._last: tuple[str, Path, Path, int] | None = None
        #: Path below ``docs/`` → key of its pages.
        self._last_keys: Mapping[str, str] = {}
        #: What MkDocs has read, and the key of its frame.
        self._mkdocs_site: tuple[str, MkDocsSite] | None = None

    def build(
        self, stage: Path, site: Path, *, timestamp: int, cache: BuildCache | None, processes: int = 1
    ) -> bool:
        """Build a staged tree; see ``tebiki.site.builders.Builder``.

        On a warning MkDocs prints it and ends the process with exit code 1.
        """
        before = self._last
        if not self._build_pages(stage, site, timestamp, cache, processes):
            shutil.rmtree(site, ignore_errors=True)
            build_all(stage, site, timestamp)
            return False
        return before is not None and self._last is not None and before[0] == self._last[0]

    def build_page(self, path: str) -> bytes | None:
        """Build one page; see ``tebiki.site.builders.Builder``."""
        if self._last is None or self._mkdocs_site is None or self._mkdocs_site[0] != self._last[0]:
            return None
        try:
            return self._mkdocs_site[1].page(path).html
        except RefusedError:
            return None

    def last_pages(self, cache: BuildCache) -> Iterator[tuple[str, bytes]]:
        """Yield the pages that were built last; see ``tebiki.site.builders.Builder``."""
        for path, key in self._last_keys.items():
            if entry := cache.get(key):
                yield f"{path.removesuffix('.md')}.html", BuiltPage.from_bytes(entry).html

    def import_program(self) -> None:
        """Import MkDocs, and the extensions of Markdown that it adds to every site."""
        from tebiki.site.builders.mkdocs_site import import_extensions  # noqa: PLC0415

        import_extensions()

    def get_ready(self) -> None:
        """Let MkDocs read the staged tree of the last build."""
        if self._last is None or (self._mkdocs_site and self._mkdocs_site[0] == self._last[0]):
            return
        from tebiki.site.builders.mkdocs_site import MkDocsSite  # noqa: PLC0415

        key, stage, site, timestamp = self._last
        with contextlib.suppress(RefusedError):
            self._mkdocs_site = key, MkDocsSite(stage, site, timestamp)

    def forget(self) -> None:
        """Release what MkDocs has read."""
        self._last = self._mkdocs_site = None

    def compile_templates(self) -> None:
        """Compile the templates of Material and those that override them."""
        from tebiki.site.builders.mkdocs_site import compile_theme_templates  # noqa: PLC0415

        compile_theme_templates()

    def _build_pages(
        self, stage: Path, site: Path, timestamp: int, cache: BuildCache | None, processes: int
    ) -> bool:
        """Write the site page by page, so that a process has one in memory; returns False where MkDocs complains.

        Pages are taken from the cache where it has them.
        """
        keys = read_staged_site(stage, timestamp, program_digest() if cache else b"")
        pages: dict[str, BuiltPage] = {}
        missing = []
        entry = cache.get(keys.frame) if cache else None
        if entry is None:
            self._mkdocs_site = (
                None  # MkDocs writes the frame into the folder that it was given when it read the tree
            )
        try:
            if entry:
                frame = Frame.from_bytes(entry)
                _write_frame(site, frame)
            else:
                frame = self._read(stage, site, timestamp, keys.frame).frame()
            for file in frame.copied:
                _file(site, file).write_bytes((stage / "docs" / file).read_bytes())
            for path, key in keys.pages.items():
                if cached := cache.get(key) if cache else None:
                    pages[path] = _write_page(site, path, BuiltPage.from_bytes(cached))
                else:
                    missing.append(path)
            if missing:
                pages |= _build_missing(
                    self._read(stage, site, timestamp, keys.frame), site, missing, processes
                )
        except RefusedError:
            return False
        if _has_broken_anchor(pages):
            return False
        if cache:
            if entry is None:
                cache.put(keys.frame, frame.to_bytes())
            for path in missing:
                page = replace(pages[path], html=_page_file(site, path).read_bytes())
                cache.put(keys.pages[path], page.to_bytes())
        self._last = keys.frame, stage, site, timestamp
        self._last_keys = keys.pages
        return True

    def _read(self, stage: Path, site: Path, timestamp: int, frame_key: str) -> MkDocsSite:
        """Return what MkDocs has read, or let it read the staged tree; raises RefusedError where it complains."""
        from tebiki.site.builders.mkdocs_site import MkDocsSite  # noqa: PLC0415

        if self._mkdocs_site is None or self._mkdocs_site[0] != frame_key:
            self._mkdocs_site = frame_key, MkDocsSite(stage, site, timestamp)
        return self._mkdocs_site[1]


def build_all(stage: Path, site: Path, timestamp: int) -> None:
    """Run ``mkdocs build``, which prints what it complains of and then ends the process with exit code 1."""
    from mkdocs.__main__ import cli as mkdocs  # noqa: PLC0415

    from tebiki.site.builders.mkdocs_site import patch_mkdocs  # noqa: PLC0415

    patch_mkdocs()
    os.environ["SOURCE_DATE_EPOCH"] = str(timestamp)
    logging.disable(logging.INFO)  # with --quiet, MkDocs neither prints its warnings nor counts them
    arguments = ["build", "--strict", "--config-file", str(stage / "mkdocs.yml")]
    mkdocs([*arguments, "--site-dir", str(site)], standalone_mode=False)


def _build_missing(
    mkdocs_site: MkDocsSite, site: Path, paths: list[str], processes: int
) -> dict[str, BuiltPage]:
    """Write the pages at ``paths``, by ``processes`` at most, and return them without their HTML."""

    def build(part: list[str]) -> dict[str, BuiltPage]:
        return {path: _write_page(site, path, mkdocs_site.page(path)) for path in part}

    # pages of a folder, which share entries of the navigation, stay together
    size = math.ceil(len(paths) / min(processes, math.ceil(len(paths) / _PART)))
    parts = [paths[start : start + size] for start in range(0, len(paths), size)]
    return dict(ChainMap(*call_in_parallel(*(partial(build, part) for part in parts))))


def _write_page(site: Path, path: str, page: BuiltPage) -> BuiltPage:
    """Write ``page``, and return it without its HTML."""
    _page_file(site, path).write_bytes(page.html)
    return replace(page, html=b"")


def _has_broken_anchor(pages: Mapping[str, BuiltPage]) -> bool:
    """Whether a page leads to an anchor that another page does not have, or no longer has."""
    return any(
        not pages[target].anchors.issuperset(anchors)
        for page in pages.values()
        for target, anchors in page.links.items()
        if target in pages
    )


def _write_frame(site: Path, frame: Frame) -> None:
    """Write what MkDocs leaves around the pages."""
    for path, content in frame.files.items():
        _file(site, path).write_bytes(content)


def _page_file(site: Path, path: str) -> Path:
    return _file(site, f"{path.removesuffix('.md')}.html")


def _file(site: Path, path: str) -> Path:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
