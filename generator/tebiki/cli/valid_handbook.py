"""What the commands for the upkeep of a handbook share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.cli.terminal import print_text
from tebiki.model.diagnostics_output import format_diagnostics, format_json
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
        print_text(format_diagnostics(diagnostics, "text"))
        sys.exit(1)
    return handbook


def print_json(data: Any) -> None:
    print_text(format_json(data))
