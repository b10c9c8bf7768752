"""Start here: the steps of a build in their order, from the files of a handbook to its site.

``tebiki build``, ``serve`` and ``publish`` all call ``build_site``.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import glob
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tebiki.locales import use_words
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook, WordDiffs
from tebiki.model.message import Message, MessageError
from tebiki.model.shared_constants import LATEST
from tebiki.model.translation_units import stale_units
from tebiki.reading.content_files import OVERRIDES_FOLDER
from tebiki.reading.load import load
from tebiki.resources import BUNDLES, SEARCH_INDEXER, has_resources
from tebiki.site.builders import DEFAULT, BuildError
from tebiki.site.forget_handbooks import forget_handbooks
from tebiki.site.llms_txt import llms_files
from tebiki.site.open_data import write_open_data
from tebiki.site.postprocess import postprocess_site, site_files
from tebiki.site.progress import Progress
from tebiki.site.swap import refuse_foreign_folder, refuse_links, swap_in
from tebiki.site.workers import Job, Workers, available_cores

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


@dataclass(frozen=True)
class Kept:
    """What a process that builds a handbook again and again keeps from one build to the next.

    Attributes:
        workers: The processes that build the languages.
        open_pages: Returns the addresses of the pages that somebody is looking at ("/en/procedure/four-steps.html").
        replacing: Returns a context in which the site may be replaced.
    """

    workers: LiveWorkers
    open_pages: Callable[[], Iterable[str]]
    replacing: Callable[[], contextlib.AbstractContextManager[None]]


@dataclass(frozen=True)
class BuildOptions:
    """What is built, and how.

    Attributes:
        languages: The codes of the languages to build; all of them when empty.
        builder: The name of the builder, one of ``builders.PACKAGES``.
        uses_cache: Whether pages that have been built before are taken from the cache; the site is the same.
        trusts_overrides: Whether to take templates and scripts of its ``site_overrides``; only a person decides that.
        published_at: The address of the folder of all versions, with a slash at its end; "" without versions.
        base: The folder that a path to the upstream handbook starts from, if not that of the handbook.
        original_changes: Returns what has changed in the originals of stale translations, by "LANGUAGE/ID"; without
            it the site does not tell.
        is_last: Whether this process reads no handbook afterwards.
    """

    languages: tuple[str, ...] = ()
    builder: str = DEFAULT
    uses_cache: bool = True
    trusts_overrides: bool = False
    published_at: str = ""
    base: Path | None = None
    original_changes: Callable[[Handbook], Mapping[str, WordDiffs]] | None = None
    is_last: bool = False


def build_site(
    root: Path,
    out: Path,
    progress: Progress,
    options: BuildOptions = BuildOptions(),
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
        _no_garbage_collection(),
    ):
        progress.step(Message("site.progress.reading"))
        handbook, diagnostics = _read(root, options)
        languages = _chosen_languages(handbook, options.languages)

        progress.step(Message("site.progress.building", languages=languages))
        jobs = [_job(handbook, code, languages, root, new_site, out, options, progress) for code in languages]
        running.start(handbook, [_served_first(job, kept, out) for job in jobs])
        diagnostics = _checked(handbook, diagnostics)
        stale = {language: stale_units(handbook, language) for language in languages}
        write_open_data(handbook, new_site, stale)
        files = site_files(handbook, languages) | llms_files(handbook, languages)
        count = len(handbook.pages) * len(languages)
        if options.is_last:
            del handbook  # the languages need the memory
            forget_handbooks()
        running.wait()

        progress.step(Message("site.progress.replacing"))
        postprocess_site(new_site, languages, files)
        with kept.replacing() if kept else contextlib.nullcontext():
            swap_in(new_site, out)
    progress.end(Message("site.progress.done", folder=str(out), count=count))
    return diagnostics


def _checked(handbook: Handbook, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return ``diagnostics`` with those of all rules, sorted; raises InvalidHandbookError when there is an error.

    There nearly never is one, so the languages are being built already; leaving the block of the workers ends them.
    """
    diagnostics = _with_those_of_rules(handbook, diagnostics)
    if _has_errors(diagnostics):
        raise InvalidHandbookError(diagnostics)
    return diagnostics


def _with_those_of_rules(handbook: Handbook, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    # while the rules are imported, the workers have the handbook already
    from tebiki.rules import check  # noqa: PLC0415

    return sorted({*diagnostics, *check(handbook)})


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
def _no_garbage_collection() -> Iterator[None]:
    """Keep the collector off: everything that is read is kept, and searching it takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
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


def _job(
    handbook: Handbook,
    language: str,
    built_languages: tuple[str, ...],
    root: Path,
    new_site: Path,
    out: Path,
    options: BuildOptions,
    progress: Progress,
) -> Job:
    return Job(
        language=language,
        built_languages=built_languages,
        root=root,
        stage=root / "build" / "stage" / language,
        site=new_site / language,
        timestamp=int(datetime.datetime.fromisoformat(f"{handbook.data['date']}T00:00Z").timestamp()),
        uses_cache=options.uses_cache and not options.trusts_overrides,  # its keys know our templates only
        messages=progress.language,
        replaced=out / language,
        processes=max(1, available_cores() // len(built_languages)),
    )


def _served_first(job: Job, kept: Kept | None, out: Path) -> Job:
    """``job`` with the pages that somebody is looking at, which are put into the served site before the others."""
    if kept is None:
        return job
    folder = f"/{job.language}/"
    first = (page for page in kept.open_pages() if page.startswith(folder) and page.endswith(".html"))
    paths = frozenset(page.removeprefix(folder).removesuffix(".html") for page in first)
    return replace(job, served=out / job.language, first=paths, processes=1)
