"""The command for the editor in the browser: ``tebiki editor``."""

from __future__ import annotations

from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.errors import expected_errors
from tebiki.cli.terminal import print_message, text_of
from tebiki.cli.valid_handbook import load_valid
from tebiki.editor.folder import FOLDER, write_editor
from tebiki.editor.program import PACKAGE, VERSION, ProgramError, install_program, program_files
from tebiki.model.message import Message


@click.command(cls=Command)
@click.option(
    "--package", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="FOLDER",
    help=f"Install the editor's program from the folder of the npm package {PACKAGE} {VERSION}.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Write the folder of the editor, for a site that is not published with tebiki publish.",
)  # fmt: skip
@click.pass_obj
def editor(root: Path, package: Path | None, out: Path | None) -> None:
    """Prepare the editor in the browser, which serve and publish have at /admin/.

    The handbook names its repository under editor in content/handbook.yml. The program is not part of tebiki, and tebiki
    fetches nothing: get it once with npm, and name its folder with --package.
    """
    handbook = load_valid(root)
    if "editor" not in handbook.data:
        raise click.UsageError(text_of(Message("commands.editor.not-chosen", file=handbook.at.file)))
    with expected_errors(ProgramError):
        if package:
            install_program(package)
        elif not program_files():
            raise ProgramError(Message("commands.editor.no-program", package=PACKAGE, version=VERSION))
    if out:
        size = write_editor(out, handbook)
        megabytes = f"{size / 1_000_000:.1f}"
        print_message(
            Message("commands.editor.written", folder=str(out), megabytes=megabytes, address=FOLDER)
        )
    else:
        print_message(Message("commands.editor.ready", address=FOLDER))
