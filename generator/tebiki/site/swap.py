"""publish: a finished site takes the place of the one that stands, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from tebiki.model.site_layout import MARKER


class NotOurs(Exception):
    """The place where the site should go holds something that Tebiki did not make."""


def refuse_foreign(out: Path) -> None:
    """Raise NotOurs when ``out`` exists and is not a site that Tebiki made: it would be replaced."""
    if out.is_symlink() or (
        out.exists() and not (out / MARKER).is_file() and (out.is_file() or any(out.iterdir()))
    ):
        raise NotOurs(
            f"{out} was not made by tebiki and would be replaced: name another folder with --out, or remove it"
        )


def publish(built: Path, out: Path) -> None:
    """Put the folder ``built`` where ``out`` is. Both have to be on one file system.

    The old site is moved aside first and comes back if the new one cannot take its place.
    """
    refuse_foreign(out)
    old = out.with_name(f".{out.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    try:
        built.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
