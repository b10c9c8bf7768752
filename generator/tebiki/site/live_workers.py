"""The processes of ``tebiki serve``: one for each language, which stay alive from one build to the next.

What MkDocs has read, and all modules, stay in their memory.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading

from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import DEFAULT, BuildError, load_builder
from tebiki.site.isolated_python import isolated_python
from tebiki.site.job_failures import is_done
from tebiki.site.workers import Job, receive, send

#: The lines that a process prints when its job has ended.
_DONE, _FAILED = b"\0done\n", b"\0failed\n"


class LiveWorkers:
    """Processes that are given one job after another. As a context manager, ends them."""

    def __init__(self) -> None:
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._busy: list[str] = []

    def __enter__(self) -> LiveWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        for language in list(self._processes):
            self._end(language)

    def start(self, handbook: Handbook, jobs: list[Job]) -> None:
        """Begin all ``jobs``, each in the process of its language."""
        packed = pickle.dumps(handbook, pickle.HIGHEST_PROTOCOL)
        # the language that somebody is looking at is sent first
        for job in sorted(jobs, key=lambda job: not job.first):
            process = self._processes.get(job.language) or _start_process()
            self._processes[job.language] = process
            self._busy.append(job.language)
            assert process.stdin
            send(process.stdin, packed, pickle.dumps(job))

    def wait(self) -> None:
        """Wait until all jobs are done.

        Raises:
            BuildError: At least one job failed; the text has the output of each after its language.
        """
        failures = []
        while self._busy:
            language = self._busy[0]
            output, ending = _output(self._processes[language])
            self._busy.pop(0)
            if ending != _DONE:
                failures.append(f"[{language}] {output.decode('utf-8', 'replace').strip()}")
            if not ending:
                self._end(language)
        if failures:
            raise BuildError(Message("common.text", text="\n".join(failures)))

    def abandon(self) -> None:
        """End the jobs that have not ended, with their processes."""
        for language in self._busy:
            self._end(language)
        self._busy.clear()

    def _end(self, language: str) -> None:
        with self._processes.pop(language) as process:  # closes the pipes and waits
            process.kill()
            assert process.stdin
            with contextlib.suppress(BrokenPipeError):  # what it was not able to take
                process.stdin.close()


def _start_process() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        isolated_python("tebiki.site.live_workers"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _output(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Read what ``process`` prints until its job has ended; returns it and how it has ended, b"" with the process."""
    assert process.stdout
    lines: list[bytes] = []
    for line in process.stdout:
        if line in (_DONE, _FAILED):
            return b"".join(lines), line
        lines.append(line)
    return b"".join(lines), b""


def _read_jobs(jobs: queue.SimpleQueue[tuple[Handbook, Job]]) -> None:
    """Put what the parent sends into ``jobs``; end this process when the parent has ended."""
    # not through the buffer of sys.stdin, whose lock would hold up an ordinary exit
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stream:
        try:
            while True:
                jobs.put((receive(stream), receive(stream)))
        finally:
            os._exit(1)


def main() -> None:
    """Read a Handbook and a Job from standard input, do the job, say so, and wait for the next.

    The process ends when its parent does, whatever ended that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
    gc.disable()  # garbage is collected between the jobs
    # the process that starts this one imports the module as well, and builds nothing
    from tebiki.site.language_jobs import build_language  # noqa: PLC0415

    builder = load_builder(DEFAULT)
    jobs: queue.SimpleQueue[tuple[Handbook, Job]] = queue.SimpleQueue()
    threading.Thread(target=_read_jobs, args=(jobs,), daemon=True).start()
    while True:
        handbook, job = jobs.get()
        build = functools.partial(build_language, job, handbook, builder)
        ending = _DONE if is_done(build, job.messages) else _FAILED
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdout.buffer.write(ending)
        sys.stdout.buffer.flush()
        del handbook
        builder.get_ready()
        BuildCache().prune()
        gc.collect()


if __name__ == "__main__":
    main()
