"""What the commands that build have in common: they build, and print what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tebiki.cli.terminal import message_language, print_diagnostics, print_line, print_text, text_of
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.handbook import Handbook, WordDiffs
from tebiki.model.message import Message
from tebiki.model.translation_units import stale_units
from tebiki.site.build_lock import LockedError, build_lock
from tebiki.site.build_options import BuildOptions, Kept
from tebiki.site.builders import BuildError
from tebiki.site.pipeline import STEPS, InvalidHandbookError, UnknownLanguageError, build_site
from tebiki.site.progress import Progress
from tebiki.site.swap import ForeignFolderError
from tebiki.site.workers import Workers

if TYPE_CHECKING:  # only `tebiki serve` needs what it imports
    from tebiki.site.live_reload import LiveReload


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
        report(error.message)
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
    progress = Progress(sys.stderr, STEPS, message_language())
    try:
        warnings = build_site(root.resolve(), out.resolve(), progress, options, kept, workers)
    except InvalidHandbookError as error:
        if live:
            live.report(error.diagnostics)
        print_diagnostics(error.diagnostics)
        report(text_of(Message("commands.build.problems", count=len(error.diagnostics))))
        return False
    except (UnknownLanguageError, ForeignFolderError) as error:
        raise click.UsageError(text_of(error.message)) from error
    except BuildError as error:
        if live:
            live.report([Diagnostic(Place("mkdocs.yml"), "build", error.message)])
        print_text(text_of(error.message), err=True)
        return False
    if live:
        live.report(warnings)
    if warnings:
        print_diagnostics(warnings)
    return True


def original_changes_in(root: Path) -> Callable[[Handbook], Mapping[str, WordDiffs]]:
    """Return a function that compares the originals of stale translations with those in the history of ``root``."""

    def compare(handbook: Handbook) -> Mapping[str, WordDiffs]:
        others = handbook.languages[1:]
        if not handbook.translations or not any(stale_units(handbook, language) for language in others):
            return {}
        # there mostly is nothing to compare, and reading a history takes long to import
        from tebiki.upkeep.translation_changes import original_changes  # noqa: PLC0415

        return original_changes(handbook, root)

    return compare


def report(message: Message | str) -> None:
    """Print a message beside the output of a command."""
    print_line(text_of(message), err=True)
