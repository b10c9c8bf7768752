"""Does the jobs of a build: from the staged tree to the finished folder of a language."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Iterator
from functools import partial

from tebiki.compiling.term_tooltips import fill_tooltips_of_site
from tebiki.locales import use_words
from tebiki.processes import exit_after
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import Builder, BuildError
from tebiki.site.first_pages import replace_pages
from tebiki.site.job_failures import is_done
from tebiki.site.parallel_calls import MANY_PAGES, call_in_parallel
from tebiki.site.postprocess import BuiltPages, postprocess_language
from tebiki.site.search_index import read_search_index
from tebiki.site.search_indexer import compiled_indexer
from tebiki.site.search_parts import write_index
from tebiki.site.workers import CAN_FORK, Job

#: How many objects are made before those that hold each other are looked for, such as the trees of pages.
OBJECTS_BETWEEN_COLLECTIONS = 20_000


def do_jobs(packed_jobs: Iterator[bytes], builder: Builder) -> int:
    """Do each job in a copy of this process as soon as it comes, and print what is wrong with those that fail.

    Where Python cannot fork, this process does the first, which is the only one that it gets.

    Args:
        packed_jobs: The pickled Jobs; reads them from standard input.
        builder: What makes the pages.

    Returns:
        The exit code: 0 if all have succeeded.
    """
    if not CAN_FORK:
        job = next(packed_jobs)
        exit_after(partial(_read_to_end, sys.stdin.fileno()))
        return _do(job, builder)
    return _do_in_forks(packed_jobs, builder)


def build_language(job: Job, builder: Builder) -> None:
    """Do ``job`` in this process."""
    facts = job.facts
    use_words(facts.words)
    cache = BuildCache() if job.uses_cache else None
    only_pages_changed = builder.build(
        job.stage, job.site, timestamp=job.timestamp, cache=cache, processes=job.processes
    )
    fill_tooltips_of_site(job.stage, job.site)
    pages = BuiltPages(job.site)
    if job.served and only_pages_changed:
        replace_pages(pages, job.served)
    remembers, are_many = job.served is not None, len(pages) >= MANY_PAGES
    if are_many and not remembers:
        builder.forget()
        gc.collect()  # what MkDocs has read holds itself; the search needs the memory
    index = read_search_index(facts.search, job.site, pages, remembers=remembers)
    finish = partial(postprocess_language, facts, job.site, pages, remembers=remembers)
    calls = [finish, partial(write_index, index, job.site, replaced=job.replaced)] if index else [finish]
    if are_many and not remembers:
        call_in_parallel(*calls)
    else:
        for call in calls:
            call()


def _do(packed_job: bytes, builder: Builder) -> int:
    """Do a job in this process, and print the language and the reason where that fails; returns the exit code."""
    job: Job = pickle.loads(packed_job)
    sys.stdout.write(f"[{job.language}] ")
    sys.stdout.flush()  # MkDocs writes its reason to standard error

    def build() -> None:
        gc.freeze()  # what is there lives to the end, so that no collection has to look through it
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
        gc.enable()
        build_language(job, builder)
        if job.uses_cache:
            BuildCache().prune()

    exit_code = 0 if is_done(build, job.messages) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    return exit_code


def _do_in_forks(packed_jobs: Iterator[bytes], builder: Builder) -> int:
    """Do each job in a copy of this process, and print the output of those that fail; returns the exit code."""
    running = []
    with contextlib.suppress(BuildError):  # each language says it
        compiled_indexer()  # once, and not in each language
    # its end is the end of this process, which a copy does not outlive: nobody else knows of it
    end, held = os.pipe()
    for packed_job in packed_jobs:
        readable, writable = os.pipe()
        process = os.fork()
        if not process:
            os.close(held)
            exit_after(partial(os.read, end, 1))
            os.dup(1)  # stays open until this copy ends, which Workers waits for
            os.dup2(writable, 1)
            os.dup2(writable, 2)
            os._exit(_do(packed_job, builder))
        os.close(writable)
        running.append((process, readable))
    exit_after(partial(_read_to_end, sys.stdin.fileno()))
    exit_code = 0
    for process, readable in running:
        with os.fdopen(readable, "rb") as stream:
            output = stream.read()
        _, status = os.waitpid(process, 0)
        if status:
            exit_code = 1
            sys.stdout.buffer.write(output.rstrip() + b"\n")
    return exit_code


def _read_to_end(stream: int) -> None:
    """Wait for the end of a stream, which is the end of the process that writes to it."""
    # not through a buffer, whose lock would hold up an ordinary exit
    while os.read(stream, 1024):
        pass
