"""Keeps what builds have made from one build to the next, under the hash of everything that it depends on.

It is in the cache of the person's account. A handbook brings no such files: what stands in its own folder is never
taken for the result of a build.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tebiki.resources import BUNDLES, OVERRIDES, PACKAGE, cache_folder

#: Bytes of all entries together, above which the oldest are removed.
MAX_BYTES = 400_000_000
#: What remains of ``MAX_BYTES`` then, so that not every build removes some.
_KEPT_SHARE = 0.75
#: Seconds after which a temporary file was left by a build that was killed.
_LEFT_BEHIND = 3600
_DIGEST_SIZE = hashlib.sha256().digest_size


class BuildCache:
    """Entries of bytes under keys. Several processes may use one folder at the same time.

    An entry is written completely or not at all, and is read only as it was written. A disk that is full or cannot be
    written to costs the cache and not the build.

    Args:
        folder: The folder of the entries; made when it is needed. Default: that of the person's account.
        max_bytes: The size above which ``prune`` removes the entries that were not used for longest.
    """

    def __init__(self, folder: Path | None = None, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder or cache_folder("pages")
        self._max_bytes = max_bytes

    def get(self, key: str) -> bytes | None:
        """Return the content of an entry; None without it, or where it is damaged."""
        path = self._folder / key
        try:
            entry = path.read_bytes()
            os.utime(path)  # the time of the last use, by which entries are removed
        except OSError:
            return None
        digest, packed = entry[:_DIGEST_SIZE], entry[_DIGEST_SIZE:]
        return zlib.decompress(packed) if hashlib.sha256(packed).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Write an entry."""
        packed = zlib.compress(content, 1)
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            temporary = Path(name)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(hashlib.sha256(packed).digest() + packed)
                temporary.replace(self._folder / key)
            finally:
                temporary.unlink(missing_ok=True)

    def prune(self) -> None:
        """Remove the entries that were not used for longest, where all together are too large."""
        with contextlib.suppress(OSError):
            entries = sorted(self._entries())
            size = sum(entry_size for _used, entry_size, _path in entries)
            if size <= self._max_bytes:
                return
            for _used, entry_size, path in entries:
                if size <= self._max_bytes * _KEPT_SHARE:
                    return
                path.unlink(missing_ok=True)
                size -= entry_size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield time of the last use, size and path of each entry; remove what killed builds have left."""
        with os.scandir(self._folder) as files:
            for file in files:
                with contextlib.suppress(OSError):  # another process has removed it
                    status = file.stat()
                    if not file.name.startswith("."):
                        yield status.st_mtime, status.st_size, Path(file.path)
                    elif time.time() - status.st_mtime > _LEFT_BEHIND:
                        Path(file.path).unlink()


def cache_key(*parts: str | bytes) -> str:
    """Return the key of what follows from ``parts``, one of which is ``program_digest()`` where other programs read it."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


@functools.cache
def program_digest() -> bytes:
    """Return the digest of this program: its files, the names and versions of all installed packages, and Python's."""
    digest = hashlib.sha256(sys.version.encode())
    installed = (
        info.name
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112 - what else stands there is no path
        for info in Path(folder).glob("*.dist-info")
    )
    for name in sorted(installed):
        digest.update(name.encode())
    for path in _program_files((PACKAGE, OVERRIDES, BUNDLES)):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def _program_files(folders: Iterable[Path]) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    )
