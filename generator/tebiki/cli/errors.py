"""How commands end on errors that are no fault of the program."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from tebiki.cli.terminal import print_text, text_of
from tebiki.model.message import MessageError
from tebiki.reading.git_process import GitError


@contextlib.contextmanager
def expected_errors(*others: type[Exception]) -> Iterator[None]:
    """End the command with a message and exit code 2 on an expected error.

    Args:
        others: Exceptions that are expected besides those of git.
    """
    expected: tuple[type[Exception], ...] = (GitError, *others)
    try:
        yield
    except expected as error:
        print_text(text_of(error.message if isinstance(error, MessageError) else str(error)), err=True)
        sys.exit(2)
