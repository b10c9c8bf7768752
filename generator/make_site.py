"""The whole way from the files to a site, step by step: what ``build`` and ``serve`` share."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from generator.build import build
from generator.check import check
from generator.compile import compile_handbook
from generator.diagnostics import Diagnostic
from generator.finish import finish
from generator.load import load
from generator.progress import Progress
from generator.publish import publish, refuse_foreign


class Refused(Exception):
    """The handbook has errors, so nothing was built. Carries the diagnostics."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} problems")
        self.diagnostics = diagnostics


def make_site(root: Path, out: Path, languages: tuple[str, ...], progress: Progress) -> list[Diagnostic]:
    """Build the handbook in ``root`` into the folder ``out``; returns the warnings.

    ``languages`` are the codes to build, all when empty. Raises Refused for a handbook with errors,
    ValueError for a language it does not have, NotOurs when ``out`` is somebody else's, BuildFailed
    when MkDocs refuses. The site that stands in ``out`` changes only when everything has succeeded.
    """
    refuse_foreign(out)
    progress.step("reading")
    handbook, problems = load(root)
    progress.step("checking")
    problems = sorted({*problems, *check(handbook)})
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)
    chosen = tuple(dict.fromkeys(languages)) or handbook.languages
    if unknown := set(chosen) - set(handbook.languages):
        has = ", ".join(handbook.languages)
        raise ValueError(f"the handbook has no language {', '.join(sorted(unknown))}; it has {has}")
    progress.step("compiling")
    staged = compile_handbook(handbook, root, root / "build" / "stage", chosen)
    progress.step(f"building {', '.join(chosen)}")
    built = out.with_name(f".{out.name}-next")
    shutil.rmtree(built, ignore_errors=True)
    try:
        day = datetime.date.fromisoformat(handbook.data["date"])
        midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        build(staged, built, int(midnight.timestamp()))
        progress.step("finishing")
        finish(handbook, built, chosen)
        publish(built, out)
    finally:
        shutil.rmtree(built, ignore_errors=True)
    progress.end(f"{out}: {sum(one.pages for one in staged)} pages")
    return problems
