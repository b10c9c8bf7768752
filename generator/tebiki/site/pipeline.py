"""The whole way from the files to a site, step by step: what ``build`` and ``serve`` share."""

from __future__ import annotations

import datetime
import gc
import shutil
from dataclasses import replace
from pathlib import Path

from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import LATEST
from tebiki.model.translation_units import stale_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.site.language_worker import READY, Job, Workers
from tebiki.site.llms_txt import write_llms_txt
from tebiki.site.open_data import write_open_data
from tebiki.site.postprocess import finish
from tebiki.site.progress import Progress
from tebiki.site.swap import publish, refuse_foreign
from tebiki.site.zensical import BUILDERS


class Refused(Exception):
    """The handbook has errors, so nothing was built. Carries the diagnostics."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} problems")
        self.diagnostics = diagnostics


class NoSuchLanguage(Exception):
    """A language was asked for that the handbook does not have."""


def make_site(
    root: Path,
    out: Path,
    languages: tuple[str, ...],
    progress: Progress,
    published_at: str = "",
    builder: str = BUILDERS[0],
) -> list[Diagnostic]:
    """Build the handbook in ``root`` into the folder ``out``; returns the warnings.

    ``languages`` are the codes to build, all when empty. ``published_at`` is the address, ending in a
    slash, of the folder that will hold this version beside others. ``builder`` is one of BUILDERS. Raises Refused for a handbook with errors,
    NoSuchLanguage for one it does not have, NotOurs when ``out`` is somebody else's, BuildFailed
    when the builder refuses. The site that stands in ``out`` changes only when everything has succeeded.
    """
    refuse_foreign(out)
    built = out.with_name(f".{out.name}-next")
    shutil.rmtree(built, ignore_errors=True)
    try:
        with Workers(len(languages) or READY) as workers:
            gc.disable()  # what is read is kept: looking for garbage in it takes a quarter of the time
            try:
                progress.step("reading")
                handbook, problems = load(root)
                if _errors(problems):
                    raise Refused(sorted({*problems, *check(handbook)}))
                if published_at:
                    handbook = _published(handbook, published_at)
                chosen = _chosen(handbook, languages)
                progress.step(f"checking, compiling and building {', '.join(chosen)}")
                jobs = _jobs(handbook, chosen, root, built, builder)
                workers.start(handbook, jobs)
                # Nearly always the handbook is in order, so it is checked while its languages are
                # being built. If it is not, leaving this block ends the workers.
                problems = sorted({*problems, *check(handbook)})
            finally:
                gc.enable()
            if _errors(problems):
                raise Refused(problems)
            write_open_data(handbook, built, {job.language: job.stale for job in jobs})
            workers.wait()
            progress.step("publishing")
            finish(handbook, built, chosen)
            write_llms_txt(handbook, built, chosen)
            publish(built, out)
    finally:
        shutil.rmtree(built, ignore_errors=True)
    progress.end(f"{out}: {len(handbook.pages) * len(chosen)} pages")
    return problems


def _published(handbook: Handbook, address: str) -> Handbook:
    """``handbook``, told that all its versions stand below ``address`` and that the newest is ``latest``."""
    site = {**handbook.site, "site_url": f"{address}{LATEST}/"}
    return replace(handbook, site=site, published_at=address)


def _errors(problems: list[Diagnostic]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _chosen(handbook: Handbook, languages: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(languages)) or handbook.languages
    if unknown := set(chosen) - set(handbook.languages):
        has = ", ".join(handbook.languages)
        raise NoSuchLanguage(f"the handbook has no language {', '.join(sorted(unknown))}; it has {has}")
    return chosen


def _jobs(handbook: Handbook, chosen: tuple[str, ...], root: Path, built: Path, builder: str) -> list[Job]:
    day = datetime.date.fromisoformat(handbook.data["date"])
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    stage = root / "build" / "stage"
    return [
        Job(
            one,
            chosen,
            stale_units(handbook, one),
            root,
            stage / one,
            built / one,
            int(midnight.timestamp()),
            builder,
        )
        for one in chosen
    ]
