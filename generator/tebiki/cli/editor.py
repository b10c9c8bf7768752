"""The command for the editor in the browser: ``tebiki editor``."""

from __future__ import annotations

from pathlib import Path

import click

from tebiki.cli.errors import expected_errors
from tebiki.cli.terminal import print_line
from tebiki.cli.valid_handbook import load_valid
from tebiki.editor.folder import FOLDER, write_editor
from tebiki.editor.program import PACKAGE, VERSION, ProgramError, install_program, program_files


@click.command()
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
        raise click.UsageError(
            f"{handbook.at.file} has no editor: write there under editor which host, repository and branch it works on"
        )
    with expected_errors(ProgramError):
        if package:
            install_program(package)
        elif not program_files():
            raise ProgramError(
                f"the program is missing: run npm install --no-save {PACKAGE}@{VERSION} in an empty folder, then"
                f" tebiki editor --package FOLDER/node_modules/{PACKAGE}"
            )
    if out:
        size = write_editor(out, handbook)
        print_line(f"{out}: the editor ({size / 1_000_000:.1f} MB), to be served at /{FOLDER}/")
    else:
        print_line(f"tebiki serve and tebiki publish have the editor at /{FOLDER}/")
