"""Writes files and folders of text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


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


def write_tree(folder: Path, files: Mapping[str, str]) -> None:
    """Make ``folder`` hold exactly ``files`` (path with ``/`` → text), and no other file or folder.

    A file that holds its text already is left alone: from one build to the next nearly all do, and
    making a file takes many times as long as reading one.
    """
    folders = {parent.as_posix() for file in files for parent in PurePosixPath(file).parents}
    _remove_others(folder, set(files), folders)
    for name in sorted(folders):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path, raw = folder / name, text.encode()
        if not path.is_file() or path.read_bytes() != raw:
            path.write_bytes(raw)


def _remove_others(folder: Path, files: set[str], folders: set[str]) -> None:
    for here, inside, names in os.walk(folder, topdown=False):
        for name in [*names, *inside]:
            path = Path(here, name)
            known = path.relative_to(folder).as_posix()
            if path.is_symlink() or (known not in folders if name in inside else known not in files):
                path.unlink() if path.is_symlink() or name in names else path.rmdir()
