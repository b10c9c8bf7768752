"""What the commands for the upkeep of a handbook share."""

from __future__ import annotations

import locale
import sys
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.cli.terminal import print_diagnostics, print_text
from tebiki.model.diagnostics_output import format_json
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load

OutputFormat = Literal["text", "json"]
format_option = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip


def load_valid(root: Path) -> Handbook:
    """The handbook in ``root``; ends the command with the diagnostics if a file cannot be read."""
    handbook, diagnostics = load(root)
    if diagnostics:
        print_diagnostics(diagnostics)
        sys.exit(1)
    return handbook


def chosen_language(handbook: Handbook, language: str | None) -> str:
    """Return ``language``; by default that of the system, or the handbook's first.

    Raises:
        click.UsageError: The handbook does not have ``language``.
    """
    system = (locale.getlocale()[0] or "").partition("_")[0]
    chosen = language or (system if system in handbook.languages else handbook.languages[0])
    if chosen not in handbook.languages:
        known = ", ".join(handbook.languages)
        raise click.UsageError(f"the handbook has no language {chosen}; it has {known}")
    return chosen


def print_json(data: Any) -> None:
    print_text(format_json(data))
