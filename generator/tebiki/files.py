"""Writes files and folders of text, and gives temporary folders."""

from __future__ import annotations

import atexit
import contextlib
import errno
import functools
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a new empty folder, and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tebiki-"))
    remove = functools.partial(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(remove)  # Ctrl-C may come while the folder is being removed
    try:
        yield folder
    finally:
        remove()
    atexit.unregister(remove)


def write_file(path: Path, content: bytes, *, replace: bool) -> None:
    """Write ``content`` to ``path``, completely or not at all.

    The content is written to a temporary file in the same folder and synced to the disk before it gets its
    name. A replaced file keeps its mode.

    Args:
        path: The file; its folder exists.
        content: Its content.
        replace: Whether an existing file may be replaced.

    Raises:
        FileExistsError: The file exists, and ``replace`` is false.
        OSError: The file cannot be written, for instance on a full disk; an existing file is unchanged.
    """
    if not replace and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    temporary = _write_temporary(path, content)
    try:
        if replace:
            temporary.replace(path)
        else:
            _move_to_new(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write ``files`` (path below ``root``, with ``/`` → text); missing folders are made.

    Each is written to a temporary file first, and moved to its place when all could be written. What replaces a file
    is synced to the disk before. New files are not, because syncing takes longer than all the rest.

    Raises:
        OSError: A file cannot be written, for instance on a full disk; none has been changed.
    """
    targets: dict[Path, Path] = {}
    try:
        for name, text in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = _write_temporary(target, text.encode(), sync=os.path.lexists(target))
            targets[temporary] = target
        for temporary, target in targets.items():
            temporary.replace(target)
    finally:
        for temporary in targets:
            temporary.unlink(missing_ok=True)


def _write_temporary(path: Path, content: bytes, *, sync: bool = True) -> Path:
    """Write a temporary file beside ``path``, with the mode that ``path`` has or would get; return it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if sync:
                os.fsync(stream.fileno())
        temporary.chmod(_mode_for(path))
        if temporary.read_bytes() != content:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode_for(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _move_to_new(temporary: Path, path: Path) -> None:
    """Give ``temporary`` the name ``path``, unless that name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        temporary.replace(path)


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Make ``folder`` hold exactly ``files`` (path with ``/`` → content), and no other file or folder.

    A file that already holds its content is not written: from one build to the next nearly all do, and
    creating a file takes many times as long as reading it.
    """
    folders = {parent.as_posix() for file in files for parent in PurePosixPath(file).parents}
    _remove_others(folder, set(files), folders)
    for name in sorted(folders):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path, raw = folder / name, content.encode() if isinstance(content, str) else content
        if not path.is_file() or path.read_bytes() != raw:
            path.write_bytes(raw)


def write_or_link(path: Path, content: bytes, earlier: Path | None) -> None:
    """Write ``content`` to the new file ``path``, or make it a link to ``earlier`` where that holds the same.

    ``earlier`` is a file that is removed afterwards. Making and removing files takes long: ext4 looks through all that
    were removed in the last minutes. A link of any kind is not linked to, since it is in other hands too.
    """
    if not (earlier and _is_linked(path, content, earlier)):
        path.write_bytes(content)


def _is_linked(path: Path, content: bytes, earlier: Path) -> bool:
    """Make ``path`` a link to ``earlier`` if that holds the same; returns whether it is."""
    try:
        status = earlier.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1 or earlier.read_bytes() != content:
            return False
        os.link(earlier, path)
    except OSError:  # there is none, or the file system has no links
        return False
    return True


def _remove_others(folder: Path, files: set[str], folders: set[str]) -> None:
    for parent, subfolders, names in os.walk(folder, topdown=False):
        for name in [*names, *subfolders]:
            path = Path(parent, name)
            is_folder = name in subfolders
            if path.is_symlink() or path.relative_to(folder).as_posix() not in (
                folders if is_folder else files
            ):
                path.unlink() if path.is_symlink() or not is_folder else path.rmdir()


def path_from(folder: Path, target: Path) -> str:
    """Return the path of ``target`` relative to ``folder``, with slashes, so that it means the same elsewhere."""
    try:
        return Path(os.path.relpath(target, folder)).as_posix()
    except ValueError:  # on Windows, no relative path leads to another drive
        return target.as_posix()
