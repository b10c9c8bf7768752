"""What the commands that build have in common: they build, and print what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.terminal import print_diagnostics, print_line, print_text
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.site.build_lock import LockedError, build_lock
from tebiki.site.builders import BuildError
from tebiki.site.live_reload import LiveReload
from tebiki.site.pipeline import (
    STEPS,
    BuildOptions,
    InvalidHandbookError,
    Kept,
    UnknownLanguageError,
    build_site,
)
from tebiki.site.progress import Progress
from tebiki.site.swap import ForeignFolderError
from tebiki.site.workers import Workers


def build_alone(
    root: Path,
    out: Path,
    options: BuildOptions,
    *,
    live: LiveReload | None = None,
    kept: Kept | None = None,
    workers: Workers | None = None,
) -> bool:
    """Build the site while no other command does, and print its problems; returns whether it was built."""
    command = click.get_current_context().info_name or ""
    try:
        with build_lock(command, root, out, report=report):
            return build_and_report(root, out, options, live=live, kept=kept, workers=workers)
    except LockedError as error:
        report(str(error))
        return False


def build_and_report(
    root: Path,
    out: Path,
    options: BuildOptions,
    *,
    live: LiveReload | None = None,
    kept: Kept | None = None,
    workers: Workers | None = None,
) -> bool:
    """Build the site and print its problems; returns whether it was built."""
    progress = Progress(sys.stderr, STEPS)
    try:
        warnings = build_site(root.resolve(), out.resolve(), progress, options, kept, workers)
    except InvalidHandbookError as error:
        if live:
            live.report(error.diagnostics)
        print_diagnostics(error.diagnostics)
        report(f"{len(error.diagnostics)} problems; nothing was built")
        return False
    except (UnknownLanguageError, ForeignFolderError) as error:
        raise click.UsageError(str(error)) from error
    except BuildError as error:
        if live:
            live.report([Diagnostic(Place("mkdocs.yml"), "build", str(error))])
        print_text(str(error), err=True)
        return False
    if live:
        live.report(warnings)
    if warnings:
        print_diagnostics(warnings)
    return True


def report(line: str) -> None:
    """Print a line beside the output of a command."""
    print_line(line, err=True)
