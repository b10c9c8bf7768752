"""One process for each language: from the Handbook to a finished folder.

Importing MkDocs takes longer than building a small handbook. So a process is started first, imports the builder while
the files are being read, is given a job for each language, and forks into one process for each. Where Python cannot
fork, a process is started for each language. They also compile and postprocess, all languages at the same time.
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
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, NoReturn

from tebiki.compiling.compile import LanguageCompiler
from tebiki.locales import use_words
from tebiki.model.handbook import Handbook
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import DEFAULT, Builder, BuildError, load_builder
from tebiki.site.first_pages import build_first_pages
from tebiki.site.isolated_python import isolated_python
from tebiki.site.postprocess import postprocess_language
from tebiki.site.search_index import write_search_index

#: Whether a process can become several; on macOS, libraries of the system do not survive it.
CAN_FORK = sys.platform == "linux"
#: Processes to start before the number of languages is known, where a process does one job.
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
        served: The folder of ``language`` in a site that is being served; None where nothing is.
        first: The paths of the pages that somebody is looking at there.
    """

    language: str
    built_languages: tuple[str, ...]
    stale: frozenset[str]
    root: Path
    stage: Path
    site: Path
    timestamp: int
    uses_cache: bool
    served: Path | None = None
    first: frozenset[str] = frozenset()


class Workers:
    """Processes that wait for jobs. As a context manager, ends those that still run.

    Args:
        count: How many languages to expect; more processes are started where they are needed.
        builder: The name of the builder that they use.
    """

    def __init__(self, count: int, builder: str = DEFAULT) -> None:
        self._builder = builder
        self._idle = [self._start_process() for _ in range(1 if CAN_FORK else count)]
        self._busy: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for process in [*self._idle, *self._busy]:
            with process:  # closes the pipes and waits
                process.kill()
                assert process.stdin
                assert process.stdout
                with contextlib.suppress(BrokenPipeError):  # what it was not able to take
                    process.stdin.close()
                process.stdout.read()  # ends with the last copy of the process

    def start(self, handbook: Handbook, jobs: list[Job]) -> None:
        """Begin all ``jobs``, each in a process of its own."""
        packed = pickle.dumps(handbook, pickle.HIGHEST_PROTOCOL)
        for batch in [jobs] if CAN_FORK else [[job] for job in jobs]:
            process = self._idle.pop() if self._idle else self._start_process()
            self._busy.append(process)
            assert process.stdin
            # the pipe stays open: its end tells the process that this one has ended
            send(process.stdin, packed, pickle.dumps(batch))

    def wait(self) -> None:
        """Wait until all jobs are done.

        Raises:
            BuildError: At least one job failed; the text has the output of each after its language.
        """
        failures = []
        for process in self._busy:
            assert process.stdout
            output = process.stdout.read()
            if process.wait():
                failures.append(output.decode("utf-8", "replace").strip())
        if failures:
            raise BuildError("\n".join(failures))

    def _start_process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            isolated_python("tebiki.site.language_worker", self._builder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def send(stream: IO[bytes], *objects: bytes) -> None:
    """Write pickled objects for a process that reads them by ``receive``."""
    for content in objects:
        stream.write(_LENGTH.pack(len(content)))
        stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read an object that ``send`` has written; unpickling from ``stream`` itself could read ahead."""
    (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    return pickle.loads(stream.read(length))


def _exit_with_parent() -> None:
    """Wait for the end of standard input, which is the end of the parent, and end this process."""
    os.read(sys.stdin.fileno(), 1)  # not through the buffer, whose lock would hold up an ordinary exit
    os._exit(1)


def _run(job: Job, handbook: Handbook, builder: Builder) -> NoReturn:
    """Do ``job`` and end this process: with exit code 0, or with the language and the reason as output."""
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    sys.stdout.write(f"[{job.language}] ")
    sys.stdout.flush()  # MkDocs writes its reason to standard error
    exit_code = 1
    try:
        build_language(job, handbook, builder)
        exit_code = 0
    except (OSError, BuildError) as error:
        sys.stdout.write(str(error))
    except SystemExit:  # of MkDocs, which has printed the reason
        pass
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)  # freeing a whole handbook, object by object, would keep the parent waiting


def build_language(job: Job, handbook: Handbook, builder: Builder) -> None:
    """Do ``job`` in this process."""
    use_words(handbook.words)
    compiler = LanguageCompiler(handbook, job.root, job.language, job.built_languages, job.stale)
    first = {f"{page.path}.md": page for page in handbook.pages if page.path in job.first}
    if job.served and first:
        build_first_pages(first, compiler, builder, job.stage, job.served)
    compiler.write(job.stage)
    cache = BuildCache() if job.uses_cache else None
    builder.build(job.stage, job.site, timestamp=job.timestamp, cache=cache)
    pages = {file.relative_to(job.site).as_posix(): file.read_bytes() for file in job.site.rglob("*.html")}
    write_search_index(handbook, job.site, job.language, job.built_languages, pages)
    postprocess_language(handbook, job.site, job.built_languages, pages)


def _run_in_forks(jobs: list[Job], handbook: Handbook, builder: Builder) -> int:
    """Do each of ``jobs`` in a copy of this process, and print the output of those that fail.

    Returns:
        The exit code: 0 if all have succeeded.
    """
    running = []
    for job in jobs:
        readable, writable = os.pipe()
        process = os.fork()
        if not process:
            os.dup(1)  # stays open until this copy ends, which Workers waits for
            os.dup2(writable, 1)
            os.dup2(writable, 2)
            _run(job, handbook, builder)
        os.close(writable)
        running.append((process, readable))
    exit_code = 0
    for process, readable in running:
        with os.fdopen(readable, "rb") as stream:
            output = stream.read()
        _, status = os.waitpid(process, 0)
        if status:
            exit_code = 1
            sys.stdout.buffer.write(output.rstrip() + b"\n")
    return exit_code


def main() -> NoReturn:
    """Read a Handbook and a list of Jobs from standard input, and do the jobs.

    The process ends when its parent does, whatever ended that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
    gc.disable()  # the process ends with its jobs, so collecting garbage only takes time
    builder = load_builder(sys.argv[1])
    handbook: Handbook = receive(sys.stdin.buffer)
    jobs: list[Job] = receive(sys.stdin.buffer)
    if len(jobs) == 1:
        _run(jobs[0], handbook, builder)
    exit_code = _run_in_forks(jobs, handbook, builder)
    sys.stdout.flush()
    os._exit(exit_code)


if __name__ == "__main__":
    main()
