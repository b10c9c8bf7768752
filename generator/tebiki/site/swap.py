"""Replaces the present site by a new one, completely or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from tebiki.model.message import Message, MessageError
from tebiki.model.site_layout import MARKER


class ForeignFolderError(MessageError):
    """The folder for the site holds something that Tebiki did not make."""


def refuse_foreign_folder(out: Path) -> None:
    """Make sure that ``out`` may be replaced.

    Raises:
        ForeignFolderError: ``out`` exists, and is neither empty nor a site that Tebiki made.
    """
    if out.is_symlink() or (
        out.exists() and not (out / MARKER).is_file() and (out.is_file() or any(out.iterdir()))
    ):
        raise ForeignFolderError(Message("site.folder.foreign", folder=str(out)))


def refuse_links(*folders: Path) -> None:
    """Make sure that none of ``folders``, which are written into or removed, leads elsewhere.

    Raises:
        ForeignFolderError: One of them is a link.
    """
    for folder in folders:
        if folder.is_symlink():
            raise ForeignFolderError(Message("site.folder.link", folder=str(folder)))


def swap_in(new_site: Path, out: Path) -> None:
    """Move the folder ``new_site`` to ``out``.

    The present site is moved aside first, and back if the new one cannot take its place.

    Args:
        new_site: A finished site, on the same file system as ``out``.
        out: A site that Tebiki made, an empty folder, or nothing.

    Raises:
        ForeignFolderError: ``out`` is something else.
        OSError: The new site cannot be moved; ``out`` is unchanged.
    """
    refuse_foreign_folder(out)
    old = out.with_name(f".{out.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if out.exists():
            out.rename(old)
        new_site.rename(out)
    finally:
        try:
            _settle(out, old)
        finally:
            _settle(out, old)  # again: Ctrl-C, which comes once, may have stopped it


def _settle(out: Path, old: Path) -> None:
    """Move the old site back if there is no new one, and remove it otherwise."""
    if not out.exists() and old.exists():
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)
