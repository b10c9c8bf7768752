"""What a process does that ``workers`` has started: from the Handbook to the finished folders of languages."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import NoReturn

from tebiki.compiling.compile import LanguageCompiler
from tebiki.compiling.template_cache import has_compiled_templates
from tebiki.compiling.term_tooltips import fill_tooltips_of_site
from tebiki.locales import FALLBACK, use_words
from tebiki.locales.messages import message_text
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import stale_units
from tebiki.site.build_cache import BuildCache, cache_key
from tebiki.site.builders import Builder, BuildError, load_builder
from tebiki.site.first_pages import build_first_pages, replace_pages, show_new_tooltips
from tebiki.site.postprocess import BuiltPages, postprocess_language
from tebiki.site.search_index import write_search_index
from tebiki.site.workers import Job, receive, receive_packed

#: How many objects are made before those that hold each other are looked for, such as the trees of pages.
_COLLECTED = 20_000


def _exit_with_parent() -> None:
    """Wait for the end of standard input, which is the end of the parent, and end this process."""
    os.read(sys.stdin.fileno(), 1)  # not through the buffer, whose lock would hold up an ordinary exit
    os._exit(1)


def _run(
    job: Job, packed_handbook: bytes, builder: Builder, prepare: Callable[[], None] | None = None
) -> NoReturn:
    """Do ``job`` and end this process: with exit code 0, or with the language and the reason as output."""
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    sys.stdout.write(f"[{job.language}] ")
    sys.stdout.flush()  # MkDocs writes its reason to standard error
    exit_code = 1
    try:
        if prepare:
            prepare()
        handbook: Handbook = pickle.loads(packed_handbook)
        gc.freeze()  # it lives to the end, so that no collection has to look through it
        gc.set_threshold(_COLLECTED)
        gc.enable()
        build_language(job, handbook, builder)
        if job.uses_cache:
            BuildCache().prune()
        exit_code = 0
    except OSError as error:
        sys.stdout.write(str(error))
    except BuildError as error:
        sys.stdout.write(message_text(error.message, FALLBACK))
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
    only_pages_changed = builder.build(job.stage, job.site, timestamp=job.timestamp, cache=cache)
    fill_tooltips_of_site(job.stage, job.site)
    pages = BuiltPages(job.site)
    if job.served and only_pages_changed:
        replace_pages(pages, job.served)
    remembers = job.served is not None
    if not remembers:
        builder.forget()
        gc.collect()  # what MkDocs has read holds itself; the search needs the memory
    write_search_index(handbook, job.site, job.language, job.built_languages, pages, remembers=remembers)
    postprocess_language(handbook, job.site, job.built_languages, pages, remembers=remembers)


def _run_in_forks(jobs: list[Job], packed_handbook: bytes, builder: Builder) -> int:
    """Do each of ``jobs`` in a copy of this process, and print the output of those that fail.

    Returns:
        The exit code: 0 if all have succeeded.
    """
    running = []
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
            _run(job, packed_handbook, builder, compile_theme if number == 1 else None)
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
    gc.disable()  # until the handbook is read
    name, pages = sys.argv[1:]
    builder = load_builder(name)
    if pages == "all" or not has_compiled_templates():
        builder.import_program()  # once, before the copies of this process
    cache_key()  # reads the program's files, once for all languages
    packed_handbook = receive_packed(
        sys.stdin.buffer
    )  # copies that share its objects copy them as they count uses
    jobs: list[Job] = receive(sys.stdin.buffer)
    if len(jobs) == 1:
        _run(jobs[0], packed_handbook, builder)
    exit_code = _run_in_forks(jobs, packed_handbook, builder)
    sys.stdout.flush()
    os._exit(exit_code)


if __name__ == "__main__":
    main()
