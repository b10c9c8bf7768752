"""One language, from the Handbook to a finished folder, in a process of its own.

MkDocs takes longer to start than a small handbook takes to read. So the processes are started
first, and import MkDocs while the files are being read; then each is handed its job. Compiling and
finishing are done there as well, for all languages at the same time.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from material.plugins.search.plugin import SearchPlugin
from mkdocs.__main__ import cli as mkdocs

from tebiki.compiling.compile import compile_language
from tebiki.compiling.template_cache import use_template_cache
from tebiki.model.handbook import Handbook
from tebiki.site.postprocess import finish_language
from tebiki.site.search_index import write_search_index
from tebiki.site.zensical import BUILDERS, RefusedByZensical, build_with_zensical

#: Processes to start before it is known how many languages there are.
READY = 2


class BuildFailed(Exception):
    """A staged tree was refused; the text is what MkDocs said, with the language before it."""


@dataclass(frozen=True)
class Job:
    """What one process is asked to do: ``language`` of a handbook, staged and built where told.

    ``timestamp`` (seconds since 1970) takes the place of the clock, so that two builds of the same
    text are the same.
    """

    language: str
    beside: tuple[str, ...]  # the languages that are built together
    stale: frozenset[str]  # of the translation units, for this language
    root: Path
    stage: Path
    site: Path
    timestamp: int
    builder: str = BUILDERS[0]


class Workers:
    """Processes that wait for a job each. Used with ``with``: what is left over is ended."""

    def __init__(self, count: int) -> None:
        self._idle = [_start() for _ in range(count)]
        self._busy: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for process in [*self._idle, *(process for _language, process in self._busy)]:
            with process:  # closes the pipes and waits
                process.kill()

    def start(self, handbook: Handbook, jobs: list[Job]) -> None:
        """Begin all ``jobs``, each in a process of its own."""
        packed = pickle.dumps(handbook, pickle.HIGHEST_PROTOCOL)
        for job in jobs:
            process = self._idle.pop() if self._idle else _start()
            self._busy.append((job.language, process))
            assert process.stdin
            with process.stdin as stream:
                stream.write(packed)
                pickle.dump(job, stream)
            process.stdin = None  # written and closed: communicate() has only to read

    def wait(self) -> None:
        """Return when all jobs are done. Raises BuildFailed when the builder reports so much as a warning."""
        said = []
        for language, process in self._busy:
            output, _ = process.communicate()
            if process.returncode:
                said.append(f"[{language}] {output.decode('utf-8', 'replace').strip()}")
        if said:
            raise BuildFailed("\n".join(said))


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tebiki.site.language_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


def _no_entry(*_: object, **__: object) -> None:
    """In place of what Material's search does with each page."""


def main() -> None:
    """Take a Handbook and a Job from standard input; the exit code says whether it was done."""
    gc.disable()  # the process ends with its job; looking for garbage until then only takes time
    handbook: Handbook = pickle.load(sys.stdin.buffer)
    job: Job = pickle.load(sys.stdin.buffer)
    compile_language(handbook, job.root, job.stage, job.language, job.beside, job.stale)
    if job.builder == BUILDERS[0]:
        _build_with_mkdocs(job)
    else:
        build_with_zensical(job.stage, job.site)
    built = {file.relative_to(job.site).as_posix(): file.read_bytes() for file in job.site.rglob("*.html")}
    write_search_index(handbook, job.site, job.language, job.beside, built)
    finish_language(handbook, job.site, job.beside, built)


def _build_with_mkdocs(job: Job) -> None:
    # the search is the one plugin of a staged tree, and so our way to what MkDocs does in this process:
    # our index is made from the finished pages, Material's own would take a third of the time
    SearchPlugin.on_page_context = _no_entry
    SearchPlugin.on_env = use_template_cache(job.root)
    os.environ["SOURCE_DATE_EPOCH"] = str(job.timestamp)
    arguments = ["build", "--strict", "--quiet", "--config-file", str(job.stage / "mkdocs.yml")]
    mkdocs([*arguments, "--site-dir", str(job.site)], standalone_mode=False)


if __name__ == "__main__":
    try:
        main()
    # no room on the disk, a folder that may not be written; a tree that Zensical refuses
    except (OSError, RefusedByZensical) as error:
        sys.exit(str(error))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # taking a whole handbook apart, object by object, would keep the parent waiting
