"""Lets only one command at a time write a site, or read it to pack it.

The locks are files in the cache of the account, which the operating system releases when a process ends, also when it
was killed.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tebiki.model.message import Message, MessageError
from tebiki.resources import cache_folder

#: Seconds to wait for another command: no build takes as long.
WAIT_LIMIT = 600


class LockedError(MessageError):
    """Another command has kept a folder for longer than ``WAIT_LIMIT``. The message says which, and what to do."""


@contextlib.contextmanager
def build_lock(
    command: str, *folders: Path, report: Callable[[Message], None], wait_limit: float = WAIT_LIMIT
) -> Iterator[None]:
    """Wait until no other command of this account uses one of ``folders``, and keep them until the block ends.

    Args:
        command: The name of the command, which others are told.
        folders: The folder of the handbook, whose ``build/stage`` is written, and that of the site.
        report: Called with a message that says whom this command waits for.
        wait_limit: Seconds to wait for each folder.

    Raises:
        LockedError: Another command still uses one of them after ``wait_limit``.
        OSError: The cache cannot be written.
    """
    with contextlib.ExitStack() as locks:
        # in one order everywhere, so that no two commands wait for each other
        for folder in sorted({Path(os.path.normcase(folder.resolve())) for folder in folders}):
            locks.enter_context(_lock(command, folder, report, wait_limit))
        yield


@contextlib.contextmanager
def _lock(command: str, folder: Path, report: Callable[[Message], None], wait_limit: float) -> Iterator[None]:
    # importing it takes as long as all of a short command
    from filelock import FileLock, Timeout  # noqa: PLC0415

    lock_folder = cache_folder("locks")
    lock_folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]
    lock = FileLock(lock_folder / f"{name}.lock")
    # beside the lock, because Windows lets nobody read a locked file
    holder_file = lock_folder / f"{name}.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(Message("site.lock.waiting", folder=str(folder), holder=_holder(holder_file)))
        try:
            lock.acquire(timeout=wait_limit)
        except Timeout as error:
            message = Message("site.lock.locked", folder=str(folder), holder=_holder(holder_file))
            raise LockedError(message) from error
    try:
        now = datetime.datetime.now().astimezone()
        holder = {"command": command, "process": os.getpid(), "since": now.isoformat(timespec="seconds")}
        holder_file.write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            holder_file.unlink()
        lock.release()


def _holder(file: Path) -> Message:
    """Describe the command that has a lock; it may not have written ``file`` yet."""
    try:
        holder = json.loads(file.read_text(encoding="utf-8"))
        return Message(
            "site.lock.holder",
            command=holder["command"],
            process=holder["process"],
            since=holder["since"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Message("site.lock.another")
