"""Writes files that people edit, so that whatever comes in between, each is as before or as it is to be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write ``files`` (path below ``root``, with ``/`` → text); missing folders are made.

    Each is written beside its place first and takes it when all could be written. Raises OSError, and
    changes none of them, when the disk is full or may not be written.
    """
    waiting: dict[Path, Path] = {}
    try:
        for name, text in files.items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = place.with_name(f".{place.name}.new")
            waiting[beside] = place
            beside.write_text(text, encoding="utf-8")
        for beside, place in waiting.items():
            beside.replace(place)
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)
