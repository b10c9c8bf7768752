"""The commands for the upkeep of a handbook: ``impact``, ``review``, ``translations``, ``new``, ``coverage``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.cli.terminal import print_line, print_text
from tebiki.history.render import render_word_diff
from tebiki.model import review_dates
from tebiki.model.diagnostics_output import format_diagnostics, format_json
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import translation_states, translation_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep import impact as impacts
from tebiki.upkeep.confirm_translations import RECORD, confirm
from tebiki.upkeep.coverage import InventoryError, coverage, coverage_table, read_inventory
from tebiki.upkeep.new_entry import GUESSED, KINDS, NewEntryError, create_entry
from tebiki.upkeep.translation_changes import TranslationChange, translation_changes

_OutputFormat = Literal["text", "json"]
_output_format = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip


@click.command("impact")
@click.argument("item_id", metavar="ID")
@_output_format
@click.pass_obj
def impact(root: Path, item_id: str, output_format: _OutputFormat) -> None:
    """List what refers to a source or an item, and what becomes outdated when it is superseded."""
    handbook = _load_valid(root)
    try:
        result = impacts.impact(handbook, item_id)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if output_format == "json":
        _print_json(result)
        return
    print_line(f"{len(result.uses)} references to {item_id}")
    for use in result.uses:
        print_line(f"  {use.at} {use.kind} {use.id} ({use.how})")
    print_line(f"pages to check: {', '.join(result.pages) or 'none'}")
    print_line(f"outdated when {item_id} is superseded: {len(result.outdated)}")
    for outdated_id, before, after in result.outdated:
        print_line(f"  {outdated_id}: {before} → {after}")
    languages = ", ".join(handbook.languages[1:])
    if languages:
        print_line(f"translations ({languages}) to check: {', '.join(result.translations) or 'none'}")


@click.command("review")
@click.option(
    "--on", "date", required=True, metavar="DATE", help="The day of the review, such as 2027-04-01."
)
@_output_format
@click.pass_obj
def review(root: Path, date: str, output_format: _OutputFormat) -> None:
    """List the items and pages whose review is due on DATE or earlier."""
    try:
        day = datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        day = None
    if day != date:  # Python reads other notations of a date as well
        raise click.UsageError(f"{date!r} is not a day: write it as 2027-04-01")
    handbook = _load_valid(root)
    due = review_dates.due(handbook, day)
    if output_format == "json":
        _print_json(due)
        return
    for entry in due:
        last = f", last reviewed {entry.last_reviewed}" if entry.last_reviewed else ""
        owner = entry.owner or "none"
        print_line(f"{entry.at} {entry.kind} {entry.id}: due {entry.review_by}, owner {owner}{last}")
    unplanned = review_dates.count_without_review_date(handbook)
    print_line(f"{len(due)} due on {day}; {unplanned} items and pages have no review_by", err=True)


@click.group(invoke_without_command=True)
@_output_format
@click.pass_context
def translations(context: click.Context, output_format: _OutputFormat) -> None:
    """List stale and missing translations, with the words of the original that have changed."""
    if context.invoked_subcommand is not None:
        return
    root: Path = context.obj
    handbook = _load_valid(root)
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
    if output_format == "json":
        _print_json(by_language)
    sys.exit(1 if incomplete else 0)


def _print_translations(
    language: str, current: int, changes: dict[str, TranslationChange], missing: list[str]
) -> None:
    print_line(f"{language}: {current} current, {len(changes)} stale, {len(missing)} missing")
    for unit, change in changes.items():
        reason = f": the words that changed are not known: {change.unknown}" if change.unknown else ""
        print_line(f"  stale {unit}{reason}")
        for path, segments in change.words:
            print_line(f"    {path}: {render_word_diff(segments)}")
    for unit in missing:
        print_line(f"  missing {unit}")


@translations.command("confirm")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Confirm every text of the handbook.")
@click.pass_obj
def confirm_command(root: Path, ids: tuple[str, ...], everything: bool) -> None:
    """Record that the translations of IDS have the meaning of the present original."""
    if bool(ids) == everything:
        raise click.UsageError("name the ids of the texts, or use --all")
    handbook = _load_valid(root)
    try:
        count = confirm(handbook, root, ids, everything)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    print_line(f"{RECORD}: {count} texts confirmed")


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("entry_id", metavar="ID")
@click.pass_obj
def new_command(root: Path, kind: str, entry_id: str) -> None:
    """Write the file of a new entry, and list the places in it to fill in."""
    handbook = _load_valid(root)
    known = set(check(handbook))
    try:
        files = create_entry(root, handbook, kind, entry_id)
    except NewEntryError as error:
        raise click.UsageError(str(error)) from error
    extended, diagnostics = load(root)
    for file in files:
        print_line(f"{file}: {'a line was added' if file == 'mkdocs.yml' else 'written'}")
    print_line("to fill in:")
    print_text(format_diagnostics(sorted({*diagnostics, *check(extended)} - known), "text"))
    if GUESSED[kind]:
        print_line(f"suggested values to check: {', '.join(GUESSED[kind])}")


@click.command("coverage")
@click.argument("inventory", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def coverage_command(root: Path, inventory: Path) -> None:
    """Compare INVENTORY, a CSV list of the statements of the sources, with the content of the handbook."""
    handbook = _load_valid(root)
    try:
        result = coverage(handbook, read_inventory(inventory))
    except InventoryError as error:
        print_text(str(error))
        sys.exit(1)
    print_text("\n".join(coverage_table(result)))
    sys.exit(1 if result.missing or result.unknown else 0)


def _load_valid(root: Path) -> Handbook:
    """The handbook in ``root``; ends the command with the diagnostics if a file cannot be read."""
    handbook, diagnostics = load(root)
    if diagnostics:
        print_text(format_diagnostics(diagnostics, "text"))
        sys.exit(1)
    return handbook


def _print_json(data: Any) -> None:
    print_text(format_json(data))
