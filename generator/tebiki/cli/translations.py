"""The commands for the languages of a handbook: ``tebiki translations``, and ``tebiki new language``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tebiki.cli.commands import Group
from tebiki.cli.errors import expected_errors
from tebiki.cli.terminal import print_line, print_message, text_of
from tebiki.cli.valid_handbook import OutputFormat, format_option, load_valid, print_json
from tebiki.history.render import render_word_diff
from tebiki.locales import missing_words, subjects, use_words
from tebiki.model.handbook import Handbook
from tebiki.model.message import Argument, Message, MessageError
from tebiki.model.translation_units import translation_states, translation_units
from tebiki.upkeep.confirm_translations import RECORD, confirm
from tebiki.upkeep.languages import LanguageError, add_language, remove_language
from tebiki.upkeep.translation_changes import TranslationChange, translation_changes


@click.group(invoke_without_command=True, cls=Group)
@format_option
@click.pass_context
def translations(context: click.Context, output_format: OutputFormat) -> None:
    """List stale and missing translations, with the words of the original that have changed."""
    if context.invoked_subcommand is not None:
        return
    root: Path = context.obj
    handbook = load_valid(root)
    use_words(handbook.words)
    by_language: dict[str, Any] = {}
    incomplete = False
    # an institution keeps its own texts up to date, not those of the upstream handbook
    own = {unit.id for unit in translation_units(handbook) if not unit.at.upstream}
    for language in handbook.languages[1:]:
        states = {
            unit: state for unit, state in translation_states(handbook, language).items() if unit in own
        }
        stale = [unit for unit, state in states.items() if state == "stale"]
        missing = [unit for unit, state in states.items() if state == "missing"]
        changes = translation_changes(handbook, root, stale, language)
        incomplete = incomplete or bool(stale or missing)
        current = len(states) - len(stale) - len(missing)
        by_language[language] = {
            "current": current,
            "stale": {unit: changes[unit] for unit in stale},
            "missing": missing,
        }
        if output_format == "text":
            _print_translations(language, current, changes, missing)
    untranslated = {code: _untranslated_words(code) for code in handbook.languages}
    incomplete = incomplete or any(untranslated.values())
    if output_format == "json":
        for code in handbook.languages:
            by_language.setdefault(code, {})["words"] = untranslated[code]
        print_json(by_language)
    else:
        _print_untranslated(handbook, untranslated)
    sys.exit(1 if incomplete else 0)


def _untranslated_words(code: str) -> list[str]:
    """The words of the generator that are English in another language, as SUBJECT.PATH."""
    return [f"{subject}.{path}" for subject in subjects() for path in missing_words(code, subject)]


def _print_untranslated(handbook: Handbook, untranslated: Mapping[str, list[str]]) -> None:
    """Name each word in a language that the handbook has files of words for; for another, how to begin."""
    begun = {entry.language for entry in handbook.words}
    for code, paths in untranslated.items():
        if paths:
            hint: Argument = "" if code in begun else Message("commands.translations.begin", code=code)
            print_message(
                Message("commands.translations.english-words", code=code, count=len(paths), hint=hint)
            )
        for path in paths if code in begun else ():
            print_message(Message("commands.translations.missing", id=path))


def _print_translations(
    language: str, current: int, changes: dict[str, TranslationChange], missing: list[str]
) -> None:
    print_message(
        Message(
            "commands.translations.summary",
            language=language,
            current=current,
            stale=len(changes),
            missing=len(missing),
        )
    )
    for unit, change in changes.items():
        if change.unknown:
            reason = change.unknown
            print_message(Message("commands.translations.stale-unknown", id=unit, reason=reason))
        else:
            print_message(Message("commands.translations.stale", id=unit))
        for path, segments in change.words:
            print_line(f"    {path}: {render_word_diff(segments)}")
    for unit in missing:
        print_message(Message("commands.translations.missing", id=unit))


@translations.command("confirm")
@click.argument("ids", nargs=-1, help="The ids of the texts.")
@click.option("--all", "everything", is_flag=True, help="Confirm every text of the handbook.")
@click.pass_obj
def confirm_command(root: Path, ids: tuple[str, ...], everything: bool) -> None:
    """Record that the translations of IDS have the meaning of the present original."""
    if bool(ids) == everything:
        raise click.UsageError(text_of(Message("commands.translations.no-ids")))
    handbook = load_valid(root)
    try:
        count = confirm(handbook, root, ids, everything)
    except MessageError as error:
        raise click.UsageError(text_of(error.message)) from error
    print_message(Message("commands.translations.confirmed", file=RECORD, count=count))


@translations.command("remove")
@click.argument("code", help="The code of the language, such as zh.")
@click.pass_obj
def remove_command(root: Path, code: str) -> None:
    """Remove the language CODE with all texts in it. They stay in the history of git."""
    with expected_errors(LanguageError):
        files = remove_language(root, load_valid(root), code)
    for file in files:
        if (root / file).exists():
            print_message(Message("commands.files.changed", file=file))
        else:
            print_message(Message("commands.files.removed", file=file))


def print_new_language(root: Path, handbook: Handbook, code: str) -> None:
    with expected_errors(LanguageError):
        files = add_language(root, handbook, code)
    for file in files:
        if file.endswith(".yml") and "/words/" not in file:
            print_message(Message("commands.files.changed", file=file))
        else:
            print_message(Message("commands.files.written", file=file))
    print_message(Message("commands.translations.to-translate"))
