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

from tebiki.locales import use_words
from tebiki.model.message import Message
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import DEFAULT, BuildError, load_builder
from tebiki.site.first_pages import FirstPages, show_first_pages
from tebiki.site.isolated_python import isolated_python
from tebiki.site.job_failures import is_done
from tebiki.site.workers import Job, receive, send

#: The lines that a process prints when its job has ended, and when it has read what the next one may need.
_DONE, _FAILED, _READY = b"\0done\n", b"\0failed\n", b"\0ready\n"


class LiveWorkers:
    """Processes that are given one job after another. As a context manager, ends them."""

    def __init__(self) -> None:
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._busy: list[str] = []
        self._getting_ready: list[str] = []

    def __enter__(self) -> LiveWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        for language in list(self._processes):
            self._end(language)

    def wait_until_ready(self) -> None:
        """Wait until no process reads a staged tree any more, so that it can be changed."""
        while self._getting_ready:
            language = self._getting_ready.pop()
            _text, ending = _output(self._processes[language])
            if not ending:
                self._end(language)

    def show(self, first: FirstPages) -> None:
        """Let the process of a language show pages before it is given the job."""
        self._send(first.language, first)

    def start(self, job: Job) -> None:
        """Begin ``job`` in the process of its language."""
        self._busy.append(job.language)
        self._send(job.language, job)

    def _send(self, language: str, work: FirstPages | Job) -> None:
        process = self._processes.get(language) or _start_process()
        self._processes[language] = process
        assert process.stdin
        with contextlib.suppress(BrokenPipeError):  # it has ended, and left the reason to ``wait``
            send(process.stdin, pickle.dumps(work, pickle.HIGHEST_PROTOCOL))

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
            if ending:
                self._getting_ready.append(language)
            else:
                self._end(language)
            if ending != _DONE:
                failures.append(f"[{language}] {output.decode('utf-8', 'replace').strip()}")
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
    """Read what ``process`` prints until a line that says what has ended; returns both, with b"" when the process has."""
    assert process.stdout
    lines: list[bytes] = []
    for line in process.stdout:
        if line in (_DONE, _FAILED, _READY):
            return b"".join(lines), line
        lines.append(line)
    return b"".join(lines), b""


def _read_work(work: queue.SimpleQueue[FirstPages | Job]) -> None:
    """Put what the parent sends into ``work``; end this process when the parent has ended."""
    # not through the buffer of sys.stdin, whose lock would hold up an ordinary exit
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stream:
        try:
            while True:
                work.put(receive(stream))
        finally:
            os._exit(1)


def _print_ending(line: bytes) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def main() -> None:
    """Read pages to show and Jobs from standard input, do each, say of a job how it has ended, and wait for the next.

    The process ends when its parent does, whatever ended that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
    gc.disable()  # garbage is collected between the jobs
    # the process that starts this one imports the module as well, and builds nothing
    from tebiki.site.language_jobs import build_language  # noqa: PLC0415

    builder = load_builder(DEFAULT)
    queued: queue.SimpleQueue[FirstPages | Job] = queue.SimpleQueue()
    threading.Thread(target=_read_work, args=(queued,), daemon=True).start()
    while True:
        work = queued.get()
        if isinstance(work, FirstPages):
            use_words(work.words)
            show_first_pages(work, builder, BuildCache())
            continue
        is_built = is_done(functools.partial(build_language, work, builder), work.messages)
        _print_ending(_DONE if is_built else _FAILED)
        del work
        builder.get_ready()
        _print_ending(_READY)
        BuildCache().prune()
        gc.collect()


if __name__ == "__main__":
    main()
