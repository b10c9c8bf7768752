"""The command ``tebiki``. Exit codes: 0 in order, 1 problems found, 2 used wrongly."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import click

from tebiki import __version__
from tebiki.cli.errors import operating_system_message
from tebiki.cli.history import diff, release
from tebiki.cli.overlay import init, upstream
from tebiki.cli.results import result
from tebiki.cli.site import build, offline, publish, search, serve
from tebiki.cli.terminal import escape_what_cannot_be_shown, escaped_errors, print_line, print_text
from tebiki.cli.upkeep import coverage_command, impact, new_command, review, translations
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, OutputFormat, format_diagnostics
from tebiki.reading.load import load
from tebiki.rules import check as check_handbook


class _Commands(click.Group):
    """Ends any command with one line when the operating system refuses something, and shows every text."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        escape_what_cannot_be_shown()
        return super().main(*arguments, **options)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        with escaped_errors():
            return super().make_context(*arguments, **options)

    def invoke(self, context: click.Context) -> Any:
        with escaped_errors():
            return self._invoke(context)

    def _invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of the output has closed it: click ends quietly
                raise
            raise click.ClickException(operating_system_message(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
    help="The handbook's folder, with mkdocs.yml (or overlay.yml), content/ and checklists/. Default: the current folder.",
)  # fmt: skip
@click.version_option(__version__, prog_name="tebiki", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Compile a policy handbook from YAML and Markdown into a bilingual static site."""
    is_created = context.invoked_subcommand == "init"
    if not is_created and not any(os.path.lexists(root / name) for name in ("mkdocs.yml", "overlay.yml")):
        raise click.UsageError(
            f"there is no mkdocs.yml in {root.resolve()}: go to the handbook's folder, or use --root"
        )
    context.obj = root


@main.command()
@click.option(
    "--format", "output_format", type=click.Choice(OUTPUT_FORMATS), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip
@click.pass_obj
def check(root: Path, output_format: OutputFormat) -> None:
    """Report every problem of the handbook as FILE:LINE:COLUMN RULE MESSAGE."""
    handbook, problems = load(root)
    problems = sorted({*problems, *check_handbook(handbook)})
    if problems or output_format == "json":
        print_text(format_diagnostics(problems, output_format))
    if output_format == "text":
        count = len(handbook.items) + len(handbook.pages) + len(handbook.checklists)
        print_line(f"{len(problems)} problems in {count} items, pages and checklists", err=True)
    sys.exit(1 if problems else 0)


for command in (
    *(build, serve, publish, search, offline),
    *(diff, release, result, init, upstream),
    *(impact, review, translations, new_command, coverage_command),
):
    main.add_command(command)
