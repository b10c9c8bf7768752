"""How commands end on errors that are no fault of the program."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from tebiki.cli.terminal import print_text
from tebiki.history.change_log import NoNewVersion
from tebiki.history.state import StateError
from tebiki.publishing.branch import PublishError
from tebiki.reading.git_process import GitError


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
