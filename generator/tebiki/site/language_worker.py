"""One process for each language: from the Handbook to a finished folder.

Importing MkDocs takes longer than reading a small handbook. So the processes are started first, and
import the builder while the files are being read; then each is given its job. They also compile and
postprocess, all languages at the same time.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tebiki.compiling.compile import compile_language
from tebiki.locales import use_words
from tebiki.model.handbook import Handbook
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import DEFAULT, BuildError, load_builder
from tebiki.site.isolated_python import isolated_python
from tebiki.site.postprocess import postprocess_language
from tebiki.site.search_index import write_search_index

#: Processes to start before the number of languages is known.
EXPECTED_LANGUAGES = 2
_LENGTH = struct.Struct(">Q")  # before each object that is sent to a process


@dataclass(frozen=True)
class Job:
    """The work of one process.

    Attributes:
        language: The language to build.
        built_languages: All languages that are built together.
        stale: The ids of the translation units that are not up to date in ``language``.
        root: The folder of the handbook.
        stage: The folder for the staged tree.
        site: The folder for the finished pages of ``language``.
        timestamp: Seconds since 1970, used in place of the clock, so that two builds of the same text
            are equal.
        uses_cache: Whether pages that have been built before are taken from the cache.
    """

    language: str
    built_languages: tuple[str, ...]
    stale: frozenset[str]
    root: Path
    stage: Path
    site: Path
    timestamp: int
    uses_cache: bool


class Workers:
    """Processes that wait for a job each. As a context manager, ends those that still run.

    Args:
        count: How many processes to start at once; more are started where there are more jobs.
        builder: The name of the builder that they use.
    """

    def __init__(self, count: int, builder: str = DEFAULT) -> None:
        self._builder = builder
        self._idle = [self._start_process() for _ in range(count)]
        self._busy: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for process in [*self._idle, *(process for _language, process in self._busy)]:
            with process:  # closes the pipes and waits
                process.kill()
                assert process.stdin
                with contextlib.suppress(BrokenPipeError):  # what it was not able to take
                    process.stdin.close()

    def start(self, handbook: Handbook, jobs: list[Job]) -> None:
        """Begin all ``jobs``, each in a process of its own."""
        packed = pickle.dumps(handbook, pickle.HIGHEST_PROTOCOL)
        for job in jobs:
            process = self._idle.pop() if self._idle else self._start_process()
            self._busy.append((job.language, process))
            assert process.stdin
            # the pipe stays open: its end tells the process that this one has ended
            for content in (packed, pickle.dumps(job)):
                process.stdin.write(_LENGTH.pack(len(content)))
                process.stdin.write(content)
            process.stdin.flush()

    def wait(self) -> None:
        """Wait until all jobs are done.

        Raises:
            BuildError: At least one job failed; the text has the output of each after its language.
        """
        failures = []
        for language, process in self._busy:
            assert process.stdout
            output = process.stdout.read()
            if process.wait():
                failures.append(f"[{language}] {output.decode('utf-8', 'replace').strip()}")
        if failures:
            raise BuildError("\n".join(failures))

    def _start_process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            isolated_python("tebiki.site.language_worker", self._builder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def _receive(stream: BinaryIO) -> Any:
    """Read an object that ``Workers.start`` has sent; unpickling from ``stream`` itself could read ahead."""
    (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    return pickle.loads(stream.read(length))


def _exit_with_parent() -> None:
    """Wait for the end of standard input, which is the end of the parent, and end this process."""
    os.read(sys.stdin.fileno(), 1)  # not through the buffer, whose lock would hold up an ordinary exit
    os._exit(1)


def main() -> None:
    """Read a Handbook and a Job from standard input, and do the job.

    The process ends when its parent does, whatever ended that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
    gc.disable()  # the process ends with its job, so collecting garbage only takes time
    builder = load_builder(sys.argv[1])
    handbook: Handbook = _receive(sys.stdin.buffer)
    job: Job = _receive(sys.stdin.buffer)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    use_words(handbook.words)
    compile_language(handbook, job.root, job.stage, job.language, job.built_languages, job.stale)
    cache = BuildCache() if job.uses_cache else None
    builder.build(job.stage, job.site, timestamp=job.timestamp, cache=cache)
    pages = {file.relative_to(job.site).as_posix(): file.read_bytes() for file in job.site.rglob("*.html")}
    write_search_index(handbook, job.site, job.language, job.built_languages, pages)
    postprocess_language(handbook, job.site, job.built_languages, pages)


if __name__ == "__main__":
    try:
        main()
    except (OSError, BuildError) as error:
        sys.exit(str(error))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # freeing a whole handbook, object by object, would keep the parent waiting
