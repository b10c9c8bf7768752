"""The whole way from the files to a site, step by step: what ``build`` and ``serve`` share."""

from __future__ import annotations

import datetime
import gc
import shutil
from pathlib import Path

from generator.check import check
from generator.diagnostics import Diagnostic
from generator.finish import finish
from generator.load import load
from generator.progress import Progress
from generator.publish import publish, refuse_foreign
from generator.translation_units import stale_units
from generator.worker import READY, Job, Workers


class Refused(Exception):
    """The handbook has errors, so nothing was built. Carries the diagnostics."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} problems")
        self.diagnostics = diagnostics


class NoSuchLanguage(Exception):
    """A language was asked for that the handbook does not have."""


def make_site(root: Path, out: Path, languages: tuple[str, ...], progress: Progress) -> list[Diagnostic]:
    """Build the handbook in ``root`` into the folder ``out``; returns the warnings.

    ``languages`` are the codes to build, all when empty. Raises Refused for a handbook with errors,
    NoSuchLanguage for one it does not have, NotOurs when ``out`` is somebody else's, BuildFailed
    when MkDocs refuses. The site that stands in ``out`` changes only when everything has succeeded.
    """
    refuse_foreign(out)
    built = out.with_name(f".{out.name}-next")
    shutil.rmtree(built, ignore_errors=True)
    with Workers(len(languages) or READY) as workers:
        gc.disable()  # what is read is kept: looking for garbage in it takes a quarter of the time
        try:
            progress.step("reading")
            handbook, problems = load(root)
            progress.step("checking")
            problems = sorted({*problems, *check(handbook)})
        finally:
            gc.enable()
        if any(problem.severity == "error" for problem in problems):
            raise Refused(problems)
        chosen = tuple(dict.fromkeys(languages)) or handbook.languages
        if unknown := set(chosen) - set(handbook.languages):
            has = ", ".join(handbook.languages)
            raise NoSuchLanguage(f"the handbook has no language {', '.join(sorted(unknown))}; it has {has}")
        progress.step(f"compiling and building {', '.join(chosen)}")
        day = datetime.date.fromisoformat(handbook.data["date"])
        midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        stage = root / "build" / "stage"
        try:
            timestamp = int(midnight.timestamp())
            jobs = [
                Job(one, chosen, stale_units(handbook, one), root, stage / one, built / one, timestamp)
                for one in chosen
            ]
            workers.run(handbook, jobs)
            progress.step("publishing")
            finish(handbook, built, chosen)
            publish(built, out)
        finally:
            shutil.rmtree(built, ignore_errors=True)
    progress.end(f"{out}: {len(handbook.pages) * len(chosen)} pages")
    return problems
