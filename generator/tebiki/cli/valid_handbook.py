"""What the commands for the upkeep of a handbook share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.cli.terminal import language_of_person, print_diagnostics, print_text, text_of
from tebiki.model.diagnostics_output import format_json
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
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
    """Return ``language``; by default that of the person, or the handbook's first.

    Raises:
        click.UsageError: The handbook does not have ``language``.
    """
    person = language_of_person()
    chosen = language or (person if person in handbook.languages else handbook.languages[0])
    if chosen not in handbook.languages:
        raise click.UsageError(text_of(no_language(handbook, chosen)))
    return chosen


def no_language(handbook: Handbook, code: str) -> Message:
    """Return that the handbook lacks a language, and which it has."""
    return Message("commands.no-language", code=code, known=tuple(handbook.languages))


def print_json(data: Any) -> None:
    print_text(format_json(data))
