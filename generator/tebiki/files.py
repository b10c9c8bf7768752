"""Writes files and folders of text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write ``files`` (path below ``root``, with ``/`` → text); missing folders are made.

    Each is written beside its place first, and moved there when all could be written.

    Raises:
        OSError: A file cannot be written, for instance on a full disk; none has been changed.
    """
    targets: dict[Path, Path] = {}
    try:
        for name, text in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.new")
            targets[temporary] = target
            temporary.write_text(text, encoding="utf-8")
        for temporary, target in targets.items():
            temporary.replace(target)
    finally:
        for temporary in targets:
            temporary.unlink(missing_ok=True)


def write_tree(folder: Path, files: Mapping[str, str]) -> None:
    """Make ``folder`` hold exactly ``files`` (path with ``/`` → text), and no other file or folder.

    A file that already holds its text is not written: from one build to the next nearly all do, and
    creating a file takes many times as long as reading it.
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
    for parent, subfolders, names in os.walk(folder, topdown=False):
        for name in [*names, *subfolders]:
            path = Path(parent, name)
            is_folder = name in subfolders
            if path.is_symlink() or path.relative_to(folder).as_posix() not in (
                folders if is_folder else files
            ):
                path.unlink() if path.is_symlink() or not is_folder else path.rmdir()
