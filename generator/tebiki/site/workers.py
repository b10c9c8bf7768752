"""Starts the processes that build a language each, and gives them their jobs.

Importing MkDocs takes longer than building a small handbook. So a process is started first, imports the builder while
the files are being read, is given a job for each language as soon as that has been compiled, and forks for each. Where
Python cannot fork, a process is started for each language. What they do is in ``language_worker``, which this process
does not import.
"""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from tebiki.model.message import Message
from tebiki.site.builders import DEFAULT, BuildError
from tebiki.site.isolated_python import isolated_python

if TYPE_CHECKING:  # importing it takes longer than starting a process
    from tebiki.model.language_facts import LanguageFacts

#: Whether a process can become several; on macOS, libraries of the system do not survive it.
CAN_FORK = sys.platform == "linux"
#: Processes to start before the number of languages is known, where a process does one job.
EXPECTED_LANGUAGES = 2
#: Sent after the last job.
NO_MORE_JOBS = b""
_LENGTH = struct.Struct(">Q")  # before each object that is sent to a process


@dataclass(frozen=True)
class Job:
    """The work of one process: to make the finished pages of a language from its staged tree.

    Attributes:
        language: The language to build.
        stage: The folder of the staged tree.
        facts: What has to be known of the handbook beside it.
        site: The folder for the finished pages of ``language``.
        timestamp: Seconds since 1970, used in place of the clock, so that two builds of the same text
            are equal.
        uses_cache: Whether pages that have been built before are taken from the cache.
        messages: The language in which a reason is given where the job fails.
        replaced: The folder of ``language`` in the site that the new one replaces, if there is one.
        processes: How many processes at most build the pages at the same time; 1 where what a process has read and
            rendered serves its next build.
        served: The folder of ``language`` in a site that is being served; None where nothing is.
    """

    language: str
    stage: Path
    facts: LanguageFacts
    site: Path
    timestamp: int
    uses_cache: bool
    messages: str
    replaced: Path | None = None
    processes: int = 1
    served: Path | None = None


class Workers:
    """Processes that wait for jobs. As a context manager, ends those that still run.

    Args:
        count: How many languages to expect, 0 if that is not known; more processes are started where they are needed.
        builder: The name of the builder that they use.
        uses_cache: Whether pages that have been built before are taken from the cache.
    """

    def __init__(self, count: int, builder: str = DEFAULT, *, uses_cache: bool = True) -> None:
        self._arguments = [builder, "cached" if uses_cache else "all"]
        self._idle = [self._start_process() for _ in range(1 if CAN_FORK else count or EXPECTED_LANGUAGES)]
        self._busy: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        processes, self._idle, self._busy = [*self._idle, *self._busy], [], []
        for process in processes:
            with process:  # closes the pipes and waits
                process.kill()
                assert process.stdin
                assert process.stdout
                with contextlib.suppress(BrokenPipeError):  # what it was not able to take
                    process.stdin.close()
                process.stdout.read()  # ends with the last copy of the process

    def start(self, job: Job) -> None:
        """Begin ``job``, in a process of its own."""
        # imported when the processes have been started
        import pickle  # noqa: PLC0415

        if CAN_FORK and self._busy:
            process = self._busy[0]
        else:
            process = self._idle.pop() if self._idle else self._start_process()
            self._busy.append(process)
        assert process.stdin
        # the pipe stays open: its end tells the process that this one has ended
        with contextlib.suppress(BrokenPipeError):  # it has ended, and left the reason to ``wait``
            send(process.stdin, pickle.dumps(job, pickle.HIGHEST_PROTOCOL))

    def wait(self) -> None:
        """Wait until all jobs are done.

        Raises:
            BuildError: At least one job failed; the text has the output of each after its language.
        """
        failures = []
        for process in self._busy:
            assert process.stdin
            with contextlib.suppress(BrokenPipeError):
                send(process.stdin, NO_MORE_JOBS)
        for process in self._busy:
            assert process.stdout
            output = process.stdout.read()
            if process.wait():
                failures.append(output.decode("utf-8", "replace").strip())
        if failures:
            raise BuildError(Message("common.text", text="\n".join(failures)))

    def _start_process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            isolated_python("tebiki.site.language_worker", *self._arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def available_cores() -> int:
    """How many processes of a build can be busy at the same time; 1 where Python cannot fork."""
    return len(os.sched_getaffinity(0)) if CAN_FORK else 1


def send(stream: IO[bytes], *objects: bytes) -> None:
    """Write pickled objects for a process that reads them by ``receive``."""
    for content in objects:
        stream.write(_LENGTH.pack(len(content)))
        stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read an object that ``send`` has written."""
    import pickle  # noqa: PLC0415

    return pickle.loads(receive_packed(stream))


def receive_packed(stream: BinaryIO) -> bytes:
    """Read an object that ``send`` has written as it is; unpickling from ``stream`` itself could read ahead."""
    (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    return stream.read(length)
