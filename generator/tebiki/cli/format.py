"""The command that brings files into one form of YAML: ``tebiki format``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.terminal import print_line, print_message, text_of
from tebiki.model.message import Message
from tebiki.upkeep.format_handbook import format_handbook
from tebiki.writing.format_files import format_files


@click.command("format", cls=Command)
@click.argument(
    "paths", nargs=-1, type=click.Path(exists=True, path_type=Path),
    help="Files and folders. Default: all of the handbook.",
)  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if a file is not in this form.")
@click.pass_obj
def format_command(root: Path, paths: tuple[Path, ...], check: bool) -> None:
    """Bring the YAML files and pages of the handbook, or those in PATHS, into one form.

    The form is the one that the editor in the browser writes: block style, quotation marks only where needed, keys in
    the order of the schema. Nothing changes in what is read. Files with mistakes stay as they are.
    """
    result = format_files(root, paths) if check else format_handbook(root, paths)
    for file in result.changed:
        print_line(text_of(Message("commands.format.other-form", file=file)) if check else file)
    for file in result.with_mistakes:
        print_message(Message("commands.format.mistakes", file=file), err=True)
    for file in result.unwritable:
        print_message(Message("commands.format.digest", file=file), err=True)
    changed, count = len(result.changed), result.count
    if check:
        print_message(Message("commands.format.to-format", changed=changed, count=count), err=True)
    else:
        print_message(Message("commands.format.formatted", changed=changed, count=count), err=True)
    sys.exit(1 if result.with_mistakes or result.unwritable or (check and result.changed) else 0)
