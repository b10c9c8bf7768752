"""Start here: the steps of a build in their order, from the files of a handbook to its site.

``tebiki build``, ``serve`` and ``publish`` all call ``build_site``.
"""

from __future__ import annotations

import contextlib
import gc
import glob
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tebiki.locales import use_words
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message, MessageError
from tebiki.model.shared_constants import LATEST
from tebiki.model.translation_units import stale_units
from tebiki.reading.content_files import OVERRIDES_FOLDER
from tebiki.reading.load import load
from tebiki.resources import BUNDLES, SEARCH_INDEXER, has_resources
from tebiki.site.build_options import BuildOptions, Kept
from tebiki.site.builders import BuildError
from tebiki.site.forget_handbooks import forget_handbooks
from tebiki.site.parallel_calls import MANY_PAGES, call_meanwhile
from tebiki.site.progress import Progress
from tebiki.site.staging import Stager
from tebiki.site.swap import refuse_foreign_folder, refuse_links, swap_in
from tebiki.site.workers import Workers

if TYPE_CHECKING:
    from tebiki.site.live_workers import LiveWorkers

#: How many steps ``build_site`` reports to its ``Progress``.
STEPS = 3
#: Seconds after which a folder that a build made for itself was left by one that was killed.
_LEFT_BEHIND = 3600


class InvalidHandbookError(Exception):
    """The handbook has errors, so nothing was built.

    Attributes:
        diagnostics: All errors and warnings, sorted.
    """

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} problems")
        self.diagnostics = diagnostics


class UnknownLanguageError(MessageError):
    """A language was asked for that the handbook does not have."""


def build_site(
    root: Path,
    out: Path,
    progress: Progress,
    options: BuildOptions,
    kept: Kept | None = None,
    workers: Workers | None = None,
) -> list[Diagnostic]:
    """Build the handbook in ``root`` into the folder ``out``, which changes only when every step has succeeded.

    Args:
        root: The folder with ``mkdocs.yml``, ``content/`` and ``checklists/``.
        out: The folder for the site.
        progress: Where the steps are reported, ``STEPS`` in number.
        options: What is built, and how.
        kept: What an earlier build of the same handbook has left in memory.
        workers: Processes that were started before; they end with the build, before its folder is removed.

    Returns:
        The warnings, sorted.

    Raises:
        InvalidHandbookError: The handbook has errors.
        UnknownLanguageError: The handbook does not have one of ``languages``.
        ForeignFolderError: ``out`` holds something that Tebiki did not make, or a folder to write into is a link.
        BuildError: The builder reported an error or a warning, or the scripts of the site are not installed.
    """
    refuse_foreign_folder(out)
    refuse_links(root / "build", root / "build" / "stage")
    with (
        _temporary_folder(out) as new_site,
        _workers(options, kept, workers) as running,
        _no_garbage_collection(options),
    ):
        progress.step(Message("site.progress.reading"))
        handbook, diagnostics = _read(root, options)
        languages = _chosen_languages(handbook, options.languages)

        progress.step(Message("site.progress.building", languages=languages))
        stale = {language: stale_units(handbook, language) for language in languages}
        stager = Stager(handbook, root, languages, stale, new_site, out, options, progress.language, kept)
        diagnostics = _staged_and_checked(stager, diagnostics, running)
        if _has_errors(diagnostics):  # nearly never; leaving the block of the workers ends them
            raise InvalidHandbookError(diagnostics)
        files = _with_data(handbook, new_site, languages, stale)
        pages = len(handbook.pages)
        if options.is_last and pages >= MANY_PAGES:
            del handbook, stager  # the languages need the memory
            forget_handbooks()
        running.wait()

        progress.step(Message("site.progress.replacing"))
        from tebiki.site.postprocess import postprocess_site  # noqa: PLC0415

        postprocess_site(new_site, languages, files)
        with kept.replacing() if kept else contextlib.nullcontext():
            swap_in(new_site, out)
    progress.end(Message("site.progress.done", folder=str(out), count=pages * len(languages)))
    return diagnostics


def _staged_and_checked(
    stager: Stager, diagnostics: list[Diagnostic], running: Workers | LiveWorkers
) -> list[Diagnostic]:
    """Begin the job of each language as soon as it is staged; return ``diagnostics`` with those of all rules, sorted."""
    check = partial(_with_those_of_rules, stager.handbook, diagnostics)
    # a process that reads handbooks again remembers what it has checked, and may have threads
    with call_meanwhile(check, in_copy=stager.options.is_last) as checked:
        try:
            for job in stager.jobs():
                running.start(job)
        except Exception:  # what has errors need not compile, and they say why
            if not _has_errors(diagnostics := checked()):
                raise
            return diagnostics
        return checked()


def _with_those_of_rules(handbook: Handbook, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    # the process that has read the handbook compiles it and does not need them
    from tebiki.rules import check  # noqa: PLC0415

    return sorted({*diagnostics, *check(handbook)})


def _with_data(
    handbook: Handbook, new_site: Path, languages: tuple[str, ...], stale: Mapping[str, frozenset[str]]
) -> dict[str, bytes]:
    """Write the open data into ``new_site``; return the other files that belong to no language, by their path."""
    # imported while the languages are built
    from tebiki.site.llms_txt import llms_files  # noqa: PLC0415
    from tebiki.site.open_data import write_open_data  # noqa: PLC0415
    from tebiki.site.postprocess import site_files  # noqa: PLC0415

    write_open_data(handbook, new_site, stale)
    return site_files(handbook, languages) | llms_files(handbook, languages)


@contextlib.contextmanager
def _temporary_folder(out: Path) -> Iterator[Path]:
    """Give the name of a folder beside ``out`` that no other build uses; remove the folder at the end."""
    prefix = f".{out.name}-next-"
    for folder in out.parent.glob(f"{glob.escape(prefix)}*"):
        if time.time() - folder.lstat().st_mtime > _LEFT_BEHIND:
            shutil.rmtree(folder, ignore_errors=True)
    folder = out.with_name(f"{prefix}{secrets.token_hex(4)}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _no_garbage_collection(options: BuildOptions) -> Iterator[None]:
    """Keep the collector off: everything that is read is kept, and searching it takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        if not options.is_last:  # or it would search once more what ends with the process
            gc.enable()


@contextlib.contextmanager
def _workers(
    options: BuildOptions, kept: Kept | None, workers: Workers | None
) -> Iterator[Workers | LiveWorkers]:
    """Give workers that end with this build, or the kept ones, which are ready for the next."""
    if kept is None:
        with workers or Workers(
            len(options.languages), options.builder, uses_cache=options.uses_cache
        ) as ending:
            yield ending
    else:
        try:
            yield kept.workers
        finally:
            kept.workers.abandon()


def _read(root: Path, options: BuildOptions) -> tuple[Handbook, list[Diagnostic]]:
    """Read the handbook as ``options`` say; raises InvalidHandbookError when a file has errors."""
    if not (has_resources(BUNDLES) and SEARCH_INDEXER.is_file()):
        raise BuildError(Message("site.build.no-scripts"))
    handbook, diagnostics = load(root, base=options.base)
    if _has_errors(diagnostics):
        raise InvalidHandbookError(_with_those_of_rules(handbook, diagnostics))
    use_words(handbook.words)
    if options.published_at:
        handbook = _published(handbook, options.published_at)
    if options.original_changes and (changes := options.original_changes(handbook)):
        handbook = replace(handbook, original_changes=changes)
    if options.trusts_overrides:
        handbook = with_trusted_overrides(handbook, root)
    return handbook, diagnostics


def with_trusted_overrides(handbook: Handbook, root: Path) -> Handbook:
    """Return ``handbook`` with the templates and scripts of its own ``site_overrides``, which are no longer ignored.

    Links to other files are not among them; ``load`` reports these.
    """
    paths = [file for file in handbook.ignored_overrides if file.endswith((".html", ".js"))]
    trusted = {file.removeprefix(OVERRIDES_FOLDER): (root / file).read_bytes() for file in paths}
    ignored = tuple(file for file in handbook.ignored_overrides if file not in paths)
    return replace(handbook, trusted_overrides=trusted, ignored_overrides=ignored)


def _has_errors(diagnostics: list[Diagnostic]) -> bool:
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def _published(handbook: Handbook, address: str) -> Handbook:
    """``handbook`` with all its versions below ``address``, the newest of them as ``latest``."""
    site = {**handbook.site, "site_url": f"{address}{LATEST}/"}
    return replace(handbook, site=site, published_at=address)


def _chosen_languages(handbook: Handbook, languages: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(languages)) or handbook.languages
    if unknown := set(chosen) - set(handbook.languages):
        raise UnknownLanguageError(
            Message("site.build.no-language", languages=tuple(sorted(unknown)), known=handbook.languages)
        )
    return chosen
