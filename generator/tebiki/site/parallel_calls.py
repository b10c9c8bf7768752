"""Calls functions at the same time, in copies of this process, where Python can make them."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from typing import Generic, NoReturn, TypeVar

from tebiki.model.message import Message
from tebiki.processes import exit_after
from tebiki.site.builders import BuildError
from tebiki.site.workers import CAN_FORK

#: How many pages make what is done with all of them worth a copy of this process, or its memory worth releasing.
MANY_PAGES = 200
_Result = TypeVar("_Result")


def call_in_parallel(*functions: Callable[[], _Result]) -> list[_Result]:
    """Call ``functions`` at the same time: the last in this process, each of the others in a copy of it.

    Of a copy, only its result or its exception comes back, and the files that it has written. Where Python cannot
    fork, the functions are called one after the other.

    Returns:
        What they return, in their order.

    Raises:
        BuildError: A copy has ended without a result.
        Exception: A function has raised it; the other copies are ended.
    """
    if not CAN_FORK:
        return [function() for function in functions]
    *others, own = functions
    with contextlib.ExitStack() as stack:
        copies = [stack.enter_context(_Copy(function)) for function in others]
        result = own()
        return [*(copy.result() for copy in copies), result]


@contextlib.contextmanager
def call_meanwhile(function: Callable[[], _Result], *, in_copy: bool) -> Iterator[Callable[[], _Result]]:
    """Give a function that returns what ``function`` returns, which is called in a copy of this process meanwhile.

    Args:
        function: What is called.
        in_copy: False where that is not worth a copy. Then it is called when its result is asked for, as where
            Python cannot fork.
    """
    if not (in_copy and CAN_FORK):
        yield function
        return
    with _Copy(function) as copy:
        yield copy.result


class _Copy(Generic[_Result]):
    """A copy of this process that calls a function. As a context manager, ends it."""

    def __init__(self, function: Callable[[], _Result]) -> None:
        sys.stdout.flush()  # what waits there would be written twice
        sys.stderr.flush()
        self._socket, socket_of_copy = socket.socketpair()
        self._process = os.fork()
        if not self._process:
            self._socket.close()
            _call(function, socket_of_copy)
        socket_of_copy.close()

    def __enter__(self) -> _Copy[_Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)

    def result(self) -> _Result:
        """Wait for the result and return it, or raise what the function has raised."""
        with self._socket.makefile("rb") as stream:
            packed = stream.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        if status or not packed:
            raise BuildError(Message("site.build.ended", code=os.waitstatus_to_exitcode(status)))
        result, error = pickle.loads(packed)
        if error:
            raise error
        return result  # type: ignore[no-any-return]


def _call(function: Callable[[], object], connection: socket.socket) -> NoReturn:
    """Call ``function`` in a copy, send the result or the exception through ``connection``, and end the copy."""
    exit_code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
        gc.freeze()  # looking through what is shared would copy it
        exit_after(partial(connection.recv, 1))  # the end of the process that this one is a copy of
        outcome: tuple[object, Exception | None]
        try:
            outcome = function(), None
        except Exception as error:
            error.add_note(traceback.format_exc())  # the traceback itself cannot be sent
            outcome = None, error
        connection.sendall(pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))
        exit_code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(exit_code)
