"""The commands for the upkeep of a handbook: ``impact``, ``review``, ``new``, ``coverage``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from tebiki.cli.terminal import print_diagnostics, print_line, print_text
from tebiki.cli.translations import print_new_language
from tebiki.cli.valid_handbook import OutputFormat, format_option, load_valid, print_json
from tebiki.model import review_dates
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep import impact as impacts
from tebiki.upkeep.coverage import InventoryError, coverage, coverage_table, read_inventory
from tebiki.upkeep.fact_places import places_report
from tebiki.upkeep.new_entry import GUESSED, KINDS, NewEntryError, create_entry


@click.command("impact")
@click.argument("item_id", metavar="ID")
@format_option
@click.pass_obj
def impact(root: Path, item_id: str, output_format: OutputFormat) -> None:
    """List what refers to a source or an item, and what becomes outdated when it is superseded."""
    handbook = load_valid(root)
    try:
        result = impacts.impact(handbook, item_id)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if output_format == "json":
        print_json(result)
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
@format_option
@click.pass_obj
def review(root: Path, date: str, output_format: OutputFormat) -> None:
    """List the items and pages whose review is due on DATE or earlier."""
    try:
        day = datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        day = None
    if day != date:  # Python reads other notations of a date as well
        raise click.UsageError(f"{date!r} is not a day: write it as 2027-04-01")
    handbook = load_valid(root)
    due = review_dates.due(handbook, day)
    if output_format == "json":
        print_json(due)
        return
    for entry in due:
        last = f", last reviewed {entry.last_reviewed}" if entry.last_reviewed else ""
        owner = entry.owner or "none"
        print_line(f"{entry.at} {entry.kind} {entry.id}: due {entry.review_by}, owner {owner}{last}")
    unplanned = review_dates.count_without_review_date(handbook)
    print_line(f"{len(due)} due on {day}; {unplanned} items and pages have no review_by", err=True)


@click.command("new")
@click.argument("kind", type=click.Choice([*KINDS, "language"]))
@click.argument("entry_id", metavar="ID")
@click.pass_obj
def new_command(root: Path, kind: str, entry_id: str) -> None:
    """Write the file of a new entry, and list the places in it to fill in.

    For a language, ID is its code: every text gets a copy to translate, and the words of the generator as well.
    """
    handbook = load_valid(root)
    if kind == "language":
        print_new_language(root, handbook, entry_id)
        return
    known = set(check(handbook))
    try:
        files = create_entry(root, handbook, kind, entry_id)
    except NewEntryError as error:
        raise click.UsageError(str(error)) from error
    extended, diagnostics = load(root)
    for file in files:
        print_line(f"{file}: {'a line was added' if file == 'mkdocs.yml' else 'written'}")
    print_line("to fill in:")
    print_diagnostics(sorted({*diagnostics, *check(extended)} - known))
    if GUESSED[kind]:
        print_line(f"suggested values to check: {', '.join(GUESSED[kind])}")


@click.command("coverage")
@click.argument("inventory", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--places", is_flag=True, help="Show for each statement the sentences that carry it.")
@click.pass_obj
def coverage_command(root: Path, inventory: Path, places: bool) -> None:
    """Compare INVENTORY, a CSV list of the statements of the sources, with the content of the handbook."""
    handbook = load_valid(root)
    try:
        facts = read_inventory(inventory)
    except InventoryError as error:
        print_text(str(error))
        sys.exit(1)
    result = coverage(handbook, facts)
    if places:
        print_text("\n".join(places_report(handbook, facts)))
    print_text("\n".join(coverage_table(result)))
    sys.exit(1 if result.missing or result.unknown else 0)
