"""The command that reports the problems of a handbook: ``tebiki check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.terminal import print_diagnostics, print_message, print_text
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, OutputFormat
from tebiki.model.message import Message
from tebiki.reading.load import load
from tebiki.rules import check as check_handbook
from tebiki.upkeep.apply_corrections import apply_corrections


@click.command(cls=Command)
@click.option(
    "--format", "output_format", type=click.Choice(OUTPUT_FORMATS), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip
@click.option("--fix", is_flag=True, help="Write the corrections that are certain, and show them as a diff.")
@click.pass_obj
def check(root: Path, output_format: OutputFormat, fix: bool) -> None:
    """Report every problem of the handbook as FILE:LINE:COLUMN RULE MESSAGE.

    Ends with 1 if there is a problem. Translations that are not confirmed count only where content/handbook.yml
    says require_current_translations: true.
    """
    handbook, problems = load(root)
    if fix:
        diff = apply_corrections(root, problems)
        if diff and output_format == "text":
            print_text("\n".join(diff))
        handbook, problems = load(root)
    problems = sorted({*problems, *check_handbook(handbook)})
    if problems or output_format == "json":
        print_diagnostics(problems, output_format)
    if output_format == "text":
        count = len(handbook.items) + len(handbook.pages) + len(handbook.checklists)
        print_message(Message("commands.check.summary", problems=len(problems), count=count), err=True)
    strict = handbook.data.get("require_current_translations", False)
    sys.exit(1 if any(strict or problem.rule != "translation-stale" for problem in problems) else 0)
