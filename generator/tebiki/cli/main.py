"""The command ``tebiki``. Exit codes: 0 in order, 1 problems found, 2 used wrongly."""

from __future__ import annotations

import errno
import importlib
import itertools
import os
import re
from pathlib import Path
from typing import Any

import click

from tebiki import __version__
from tebiki.cli.commands import Group, summary_of, translate_click
from tebiki.cli.language import person_language
from tebiki.cli.terminal import escape_what_cannot_be_shown, escaped_errors, text_of, use_language
from tebiki.model.message import Message, MessageError
from tebiki.model.system_errors import operating_system_message
from tebiki.resources import message_languages

#: Name → the module of ``tebiki.cli`` and the command in it, and a line for the list of commands. A module is imported
#: when its command is used, because importing them all takes ten times as long as printing the list.
_COMMANDS = {
    "build": ("build:build", "Build the site."),
    "check": ("check:check", "Report every problem of the handbook."),
    "checklist": ("checklist:checklist", "Export and import checklists."),
    "coverage": ("upkeep:coverage_command", "Compare a list of statements with the content."),
    "diff": ("history:diff", "Show what changed between two states."),
    "editor": ("editor:editor", "Prepare the editor in the browser."),
    "format": ("format:format_command", "Bring the files into one form of YAML."),
    "impact": ("upkeep:impact", "List what refers to an item or a source."),
    "init": ("project:init", "Make a handbook."),
    "new": ("upkeep:new_command", "Write the file of a new entry."),
    "offline": ("site:offline", "Pack the site for use without a network."),
    "publish": ("publish:publish", "Add a version to the publishing branch."),
    "release": ("history:release", "Check a version before it is released."),
    "result": ("results:result", "Work with exported assessment results."),
    "review": ("upkeep:review", "List what has to be reviewed by a day."),
    "schemas": ("project:schemas", "Write the schemas for an editor."),
    "search": ("site:search", "Search the built site (needs Node.js)."),
    "serve": ("site:serve", "Serve the site, and build after each change."),
    "sources": ("sources:sources", "Compare the sources with what is published now."),
    "summary": ("history:summary_command", "Write what changed for those who review it."),
    "table": ("table:table_command", "Edit entries of a kind in a spreadsheet."),
    "translations": ("translations:translations", "List stale and missing translations."),
    "upgrade": ("project:upgrade", "Move the handbook to this version."),
    "upstream": ("overlay:upstream", "Show changes of the upstream handbook."),
}


class _CannotBeCarriedOut(click.ClickException):
    exit_code = 2


class _Commands(Group):
    """The commands; each ends with one line when the operating system refuses something, and shows every text."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        escape_what_cannot_be_shown()
        translate_click()
        return super().main(*arguments, **options)

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"tebiki.cli.{module}"), attribute)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        listed = [
            click.Command(name, short_help=summary_of(name, summary))
            for name, (_command, summary) in _COMMANDS.items()
        ]
        click.Group(commands=listed).format_commands(context, formatter)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        use_language(_language_before_command(args) or person_language())
        with escaped_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, context: click.Context) -> Any:
        with escaped_errors():
            return self._invoke(context)

    def _invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of the output has closed it: click ends quietly
                raise
            raise click.ClickException(text_of(operating_system_message(error))) from error
        except MessageError as error:
            raise click.ClickException(text_of(error.message)) from error


def _language_before_command(arguments: list[str]) -> str | None:
    """The value of ``--lang``, read before click may end with help or an error."""
    options = itertools.takewhile(lambda argument: argument not in _COMMANDS, arguments)
    given = re.search(r"(?<!\S)--lang[= ](\S+)", " ".join(options))
    return given[1] if given else None


def _use_option(_context: click.Context, _option: click.Parameter, chosen: str | None) -> None:
    if chosen:
        use_language(chosen)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
    help="The handbook's folder, with mkdocs.yml (or overlay.yml), content/ and checklists/. Default: the current folder.",
)  # fmt: skip
@click.option(
    "--lang", type=click.Choice(message_languages()), expose_value=False, callback=_use_option,
    help="The language of messages. Default: TEBIKI_LANG, or that of the system.",
)  # fmt: skip
@click.version_option(__version__, prog_name="tebiki", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Compile a policy handbook from YAML and Markdown into a static site, in any languages."""
    command = context.invoked_subcommand
    needs_handbook = command not in ("init", "schemas")
    if needs_handbook and not any(os.path.lexists(root / name) for name in ("mkdocs.yml", "overlay.yml")):
        raise click.UsageError(text_of(Message("commands.no-handbook", folder=str(root.resolve()))))
    if needs_handbook and command != "upgrade":
        _refuse_other_version(root)
    context.obj = root


def _refuse_other_version(root: Path) -> None:
    # printing the list of commands needs none of this
    from tebiki.upkeep.project_record import ProjectError, check_version  # noqa: PLC0415

    try:
        check_version(root)
    except ProjectError as error:
        raise _CannotBeCarriedOut(text_of(error.message)) from error
