"""Commands whose help, like the errors that click prints, is in the language of the person.

The English is in the commands and in click, so that printing it reads no file. Other languages are in
``locales/LANGUAGE/help.yml``.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from tebiki.cli.terminal import message_language
from tebiki.cli.wrapped_help import WrappingFormatter
from tebiki.resources import LOCALES, resource_names

#: The modules of click that take texts from gettext, which would need compiled files.
_MODULES = (core, decorators, exceptions, formatting, parser, termui, types)


Original = TypeVar("Original", click.Command, click.Parameter)


class _Context(click.Context):
    formatter_class = WrappingFormatter


class Command(click.Command):
    """A command with help in the language of the person."""

    context_class = _Context

    def get_help(self, context: click.Context) -> str:
        """Return the help, as click does."""
        return click.Command.get_help(_in_language_of_person(self, context), context)


class Group(Command, click.Group):
    """A group of commands with help in the language of the person."""

    command_class = Command


def summary_of(name: str, english: str) -> str:
    """Return the line on the command ``name`` in a list of commands."""
    summary: str = help_words().get("commands", {}).get(name, {}).get("summary", english)
    return summary


def command_name(context: click.Context) -> str:
    """Return the words that the command is called with, such as ``result merge``; of the program, its own name."""
    names: list[str] = []
    while context.parent:
        names.append(context.info_name or "")
        context = context.parent
    return " ".join(reversed(names)) or "tebiki"


def help_words() -> Mapping[str, Any]:
    """Return the texts of help in the language of the person; empty for English."""
    return _help_words(message_language())


def translate_click() -> None:
    """Let click print its own texts in the language of the person."""
    for module in _MODULES:
        names = vars(module)
        if "_" in names:
            names["_"] = _translated
        if "ngettext" in names:
            names["ngettext"] = _translated_plural


def _in_language_of_person(command: click.Command, context: click.Context) -> click.Command:
    """A copy of ``command`` with its help in the language of the person."""
    if help_option := command.get_help_option(context):  # made before the language was known
        help_option.help = _translated("Show this message and exit.")
    texts = help_words()
    if not texts:
        return command
    commands: Mapping[str, Any] = texts["commands"]
    name = command_name(context)
    own = commands.get(name, {})
    translated = copy.copy(command)
    translated.help = own.get("help", command.help)
    # a test misses what has no text; until then the English stands
    descriptions = {**texts["parameters"], **own.get("parameters", {})}
    translated.params = [
        _with(parameter, help=descriptions.get(parameter.name, vars(parameter).get("help")))
        for parameter in command.params
    ]
    if isinstance(translated, click.Group):
        translated.commands = {
            part: _with(subcommand, short_help=commands.get(f"{name} {part}", {}).get("summary"))
            for part, subcommand in translated.commands.items()
        }
    return translated


def _with(original: Original, **attributes: str | None) -> Original:
    changed = copy.copy(original)
    vars(changed).update(attributes)
    return changed


@cache
def _help_words(language: str) -> Mapping[str, Any]:
    file = f"{language}/help.yml"
    if file not in resource_names(LOCALES):
        return {}
    from tebiki.locales import read_words  # noqa: PLC0415 - English needs no reader of YAML

    return read_words(file)


def _translated(text: str) -> str:
    translated: str = help_words().get("click", {}).get(text, text)
    return translated


def _translated_plural(singular: str, plural: str, count: int) -> str:
    return _translated(singular if count == 1 else plural)
