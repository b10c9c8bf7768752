"""How commands end on errors that are no fault of the program."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Iterator

from tebiki.cli.terminal import print_text
from tebiki.history.change_log import NoNewVersion
from tebiki.history.state import StateError
from tebiki.publishing.branch import PublishError
from tebiki.reading.git_process import GitError

#: Errors that a person can remove by making room or by allowing writing.
_NO_ROOM_OR_PERMISSION = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)


def operating_system_message(error: OSError) -> str:
    """Describe ``error`` in one line: path, reason, and the remedy where there is one."""
    path = f"{error.filename}: " if error.filename else ""
    remedy = ""
    if error.errno in _NO_ROOM_OR_PERMISSION:
        remedy = "; nothing was replaced: make room or allow writing, and run the command again"
    return f"{path}{error.strerror or error}{remedy}"


@contextlib.contextmanager
def expected_errors(*others: type[Exception]) -> Iterator[None]:
    """End the command with a message and exit code 2 on an expected error.

    Args:
        others: Exceptions that are expected besides those of git, of reading a state and of publishing.
    """
    expected: tuple[type[Exception], ...] = (GitError, StateError, NoNewVersion, PublishError, *others)
    try:
        yield
    except expected as error:
        print_text(str(error), err=True)
        sys.exit(2)
