"""Does the jobs of a build: from the Handbook to the finished folders of languages."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Callable
from functools import partial

from tebiki.compiling.compile import LanguageCompiler
from tebiki.compiling.template_cache import has_compiled_templates
from tebiki.compiling.term_tooltips import fill_tooltips_of_site
from tebiki.locales import use_words
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import stale_units
from tebiki.processes import exit_after
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import Builder, BuildError
from tebiki.site.first_pages import build_first_pages, replace_pages, show_new_tooltips
from tebiki.site.job_failures import is_done
from tebiki.site.parallel_calls import call_in_parallel
from tebiki.site.postprocess import BuiltPages, postprocess_language
from tebiki.site.search_index import read_search_index
from tebiki.site.search_indexer import compiled_indexer
from tebiki.site.search_parts import write_index
from tebiki.site.workers import Job

#: How many objects are made before those that hold each other are looked for, such as the trees of pages.
OBJECTS_BETWEEN_COLLECTIONS = 20_000
#: How many pages make it worth finishing them in a copy of this process, beside the search index.
MANY_PAGES = 200


def do_jobs(jobs: list[Job], packed_handbook: bytes, builder: Builder) -> int:
    """Do ``jobs``, several in a copy of this process each, and print what is wrong with those that fail.

    Args:
        jobs: The jobs.
        packed_handbook: The pickled Handbook, which each copy reads for itself.
        builder: What makes the pages.

    Returns:
        The exit code: 0 if all have succeeded.
    """
    if len(jobs) == 1:
        return _do(jobs[0], packed_handbook, builder)
    return _do_in_forks(jobs, packed_handbook, builder)


def build_language(job: Job, handbook: Handbook, builder: Builder) -> None:
    """Do ``job`` in this process."""
    use_words(handbook.words)
    stale = stale_units(handbook, job.language)
    compiler = LanguageCompiler(handbook, job.root, job.language, job.built_languages, stale)
    first = {f"{page.path}.md": page for page in handbook.pages if page.path in job.first}
    cache = BuildCache() if job.uses_cache else None
    if job.served and cache:
        show_new_tooltips(compiler, builder, cache, job.stage, job.served)
    if job.served and first:
        build_first_pages(first, compiler, builder, job.stage, job.served)
    compiler.write(job.stage)
    del compiler  # it has made the contexts of all items
    only_pages_changed = builder.build(
        job.stage, job.site, timestamp=job.timestamp, cache=cache, processes=job.processes
    )
    fill_tooltips_of_site(job.stage, job.site)
    pages = BuiltPages(job.site)
    if job.served and only_pages_changed:
        replace_pages(pages, job.served)
    remembers = job.served is not None
    if not remembers:
        builder.forget()
        gc.collect()  # what MkDocs has read holds itself; the search needs the memory
    index = read_search_index(
        handbook, job.site, job.language, job.built_languages, pages, remembers=remembers
    )
    finish = partial(
        postprocess_language, handbook, job.site, job.built_languages, pages, remembers=remembers
    )
    calls = [finish, partial(write_index, index, job.site, replaced=job.replaced)] if index else [finish]
    if remembers or len(pages) < MANY_PAGES:
        for call in calls:
            call()
    else:
        call_in_parallel(*calls)


def _do(job: Job, packed_handbook: bytes, builder: Builder, prepare: Callable[[], None] | None = None) -> int:
    """Do ``job`` in this process, and print the language and the reason where that fails; returns the exit code."""
    # the end of standard input is the end of the parent; its buffer has a lock, which would hold up an ordinary exit
    exit_after(partial(os.read, sys.stdin.fileno(), 1))
    sys.stdout.write(f"[{job.language}] ")
    sys.stdout.flush()  # MkDocs writes its reason to standard error

    def build() -> None:
        if prepare:
            prepare()
        handbook: Handbook = pickle.loads(packed_handbook)
        gc.freeze()  # it lives to the end, so that no collection has to look through it
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
        gc.enable()
        build_language(job, handbook, builder)
        if job.uses_cache:
            BuildCache().prune()

    exit_code = 0 if is_done(build, job.messages) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    return exit_code


def _do_in_forks(jobs: list[Job], packed_handbook: bytes, builder: Builder) -> int:
    """Do each of ``jobs`` in a copy of this process, and print the output of those that fail.

    Returns:
        The exit code: 0 if all have succeeded.
    """
    running = []
    with contextlib.suppress(BuildError):  # each language says it
        compiled_indexer()  # once, and not in each language
    # at the first build of an account each template is compiled once, and not in each language: the second begins with
    # those of the theme, while the first makes those that its pages need
    compile_theme = None if has_compiled_templates() else builder.compile_templates
    for number, job in enumerate(jobs):
        readable, writable = os.pipe()
        process = os.fork()
        if not process:
            os.dup(1)  # stays open until this copy ends, which Workers waits for
            os.dup2(writable, 1)
            os.dup2(writable, 2)
            os._exit(_do(job, packed_handbook, builder, compile_theme if number == 1 else None))
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
