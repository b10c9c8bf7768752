"""Starts the command ``tebiki``; ``python -m tebiki`` does the same.

Ctrl-C ends every command with one line and exit code 130, also while the modules are being imported.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

#: 128 + SIGINT, as shells report it.
INTERRUPTED = 130
#: How many objects are made before Python looks for garbage; nearly all that a command makes, modules above all, lives
#: to its end.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def run() -> None:
    """Run the command that is given in ``sys.argv``, and exit."""
    signal.signal(signal.SIGINT, _interrupt)
    # Windows would look for git in the current folder first, which may be a handbook of somebody else
    os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        # importing takes long, and Ctrl-C must have its handler before
        from tebiki.cli.main import main  # noqa: PLC0415

        main(prog_name="tebiki")
    except RuntimeError as error:
        # before Python 3.12, what is raised while a class is made comes as the cause of another error
        if isinstance(error.__cause__, SystemExit):
            raise error.__cause__ from None
        raise
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command has ended: only Python's own end remains
        if "duckdb" not in sys.modules:  # which lists on standard error what is not freed
            gc.freeze()  # Python's end would look for garbage among all objects: a tenth of a short command's time


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not stop the tidying up
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    line = f"{_interrupted_word()}\n".encode(encoding, "backslashreplace")
    os.write(2, line)  # print could have been interrupted itself
    raise SystemExit(INTERRUPTED)


def _interrupted_word() -> str:
    """The message in the language of the person, if that is known and what reads it has been imported in full."""
    with contextlib.suppress(Exception):
        return str(sys.modules["tebiki.cli.terminal"].interrupted_word())
    return "interrupted"


if __name__ == "__main__":
    run()
