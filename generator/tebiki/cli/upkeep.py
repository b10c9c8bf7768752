"""The commands for keeping a handbook in order: ``impact``, ``review``, ``translations`` and ``new``."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.history.render import render_word_diff
from tebiki.model import review_dates
from tebiki.model.diagnostics_output import escape_controls, format_diagnostics
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import translation_states, translation_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep import impact as impacts
from tebiki.upkeep.confirm_translations import RECORD, confirm
from tebiki.upkeep.new_entry import GUESSED, KINDS, NewEntryError, create_entry
from tebiki.upkeep.translation_changes import TranslationChange, translation_changes

_Form = Literal["text", "json"]
_form = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the answer."
)


@click.command("impact")
@click.argument("one", metavar="ID")
@_form
@click.pass_obj
def impact(root: Path, one: str, form: _Form) -> None:
    """Tell what rests on a source or an item, and what becomes outdated when it is superseded."""
    handbook = _readable(root)
    try:
        found = impacts.impact(handbook, one)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if form == "json":
        _as_json(found)
        return
    click.echo(f"{len(found.uses)} places rest on {one}")
    for use in found.uses:
        click.echo(f"  {use.at} {use.kind} {use.id} ({use.how})")
    click.echo(f"pages to look at: {', '.join(found.pages) or 'none'}")
    click.echo(f"outdated when {one} is superseded: {len(found.outdated)}")
    for thing, before, after in found.outdated:
        click.echo(f"  {thing}: {before} → {after}")
    languages = ", ".join(handbook.languages[1:])
    if languages:
        click.echo(f"translations ({languages}) to compare again: {', '.join(found.translations) or 'none'}")


@click.command("review")
@click.option(
    "--on", required=True, metavar="DATE", help="The day, such as 2027-04-01: what is due then or earlier."
)
@_form
@click.pass_obj
def review(root: Path, on: str, form: _Form) -> None:
    """List the items and pages that are due to be looked at again."""
    try:
        day = datetime.date.fromisoformat(on).isoformat()
    except ValueError:
        day = None
    if day != on:  # Python reads other forms of a date as well
        raise click.UsageError(f"{on!r} is not a day: write it as 2027-04-01")
    handbook = _readable(root)
    found = review_dates.due(handbook, day)
    if form == "json":
        _as_json(found)
        return
    for one in found:
        last = f", last reviewed {one.last_reviewed}" if one.last_reviewed else ""
        click.echo(f"{one.at} {one.kind} {one.id}: due {one.review_by}, owner {one.owner or 'none'}{last}")
    open_ones = review_dates.count_without_review_date(handbook)
    click.echo(f"{len(found)} due on {day}; {open_ones} items and pages have no review_by", err=True)


@click.group(invoke_without_command=True)
@_form
@click.pass_context
def translations(context: click.Context, form: _Form) -> None:
    """List stale and missing translations, with the words that changed in the original since."""
    if context.invoked_subcommand is not None:
        return
    root: Path = context.obj
    handbook = _readable(root)
    told: dict[str, Any] = {}
    wanting = 0
    # an institution keeps its own texts, not those of the handbook that its own is made from
    own = {unit.id for unit in translation_units(handbook) if not unit.at.upstream}
    for language in handbook.languages[1:]:
        states = {
            unit: state for unit, state in translation_states(handbook, language).items() if unit in own
        }
        stale = [unit for unit, state in states.items() if state == "stale"]
        missing = [unit for unit, state in states.items() if state == "missing"]
        since = translation_changes(handbook, root, stale, language)
        wanting += len(stale) + len(missing)
        told[language] = {
            "current": len(states) - len(stale) - len(missing),
            "stale": {unit: since[unit] for unit in stale},
            "missing": missing,
        }
        if form == "text":
            _tell_translations(language, told[language]["current"], since, missing)
    if form == "json":
        _as_json(told)
    sys.exit(1 if wanting else 0)


def _tell_translations(
    language: str, current: int, since: dict[str, TranslationChange], missing: list[str]
) -> None:
    click.echo(f"{language}: {current} current, {len(since)} stale, {len(missing)} missing")
    for unit, told in since.items():
        click.echo(
            f"  stale {unit}"
            + (f": the words that changed are not known: {told.unknown}" if told.unknown else "")
        )
        for path, pieces in told.words:
            click.echo(escape_controls(f"    {path}: {render_word_diff(pieces)}"))
    for unit in missing:
        click.echo(f"  missing {unit}")


@translations.command("confirm")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every text of the handbook.")
@click.pass_obj
def confirm_command(root: Path, ids: tuple[str, ...], everything: bool) -> None:
    """Record that the translations of IDS say what the original says now."""
    if bool(ids) == everything:
        raise click.UsageError("name the ids of the texts, or use --all")
    handbook = _readable(root)
    try:
        count = confirm(handbook, root, ids, everything)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{RECORD}: {count} texts confirmed")


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("one", metavar="ID")
@click.pass_obj
def new_command(root: Path, kind: str, one: str) -> None:
    """Write the file of a new entry, and name the places in it to fill in."""
    handbook = _readable(root)
    known = set(check(handbook))
    try:
        files = create_entry(root, handbook, kind, one)
    except NewEntryError as error:
        raise click.UsageError(str(error)) from error
    larger, problems = load(root)
    for file in files:
        click.echo(f"{file}: {'a line was added' if file == 'mkdocs.yml' else 'written'}")
    click.echo("to fill in:")
    click.echo(format_diagnostics(sorted({*problems, *check(larger)} - known), "text"))
    if GUESSED[kind]:
        click.echo(f"first guesses, to look at: {', '.join(GUESSED[kind])}")


def _readable(root: Path) -> Handbook:
    """The handbook in ``root``; ends the command with what is wrong where part of it cannot be read."""
    handbook, problems = load(root)
    if problems:
        click.echo(format_diagnostics(problems, "text"))
        sys.exit(1)
    return handbook


def _as_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=vars))
