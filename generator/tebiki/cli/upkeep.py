"""The commands for the upkeep of a handbook: ``impact``, ``review``, ``new``, ``coverage``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.terminal import print_diagnostics, print_line, print_message, print_text, text_of
from tebiki.cli.translations import print_new_language
from tebiki.cli.valid_handbook import OutputFormat, format_option, load_valid, print_json
from tebiki.model import review_dates
from tebiki.model.message import Argument, Message, MessageError
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep import impact as impacts
from tebiki.upkeep.coverage import InventoryError, coverage, coverage_table, read_inventory
from tebiki.upkeep.fact_places import places_report
from tebiki.upkeep.new_entry import GUESSED, KINDS, NewEntryError, create_entry


@click.command("impact", cls=Command)
@click.argument("item_id", metavar="ID", help="The id of a source, an item or a page.")
@format_option
@click.pass_obj
def impact(root: Path, item_id: str, output_format: OutputFormat) -> None:
    """List what refers to a source or an item, and what becomes outdated when it is superseded."""
    handbook = load_valid(root)
    try:
        result = impacts.impact(handbook, item_id)
    except MessageError as error:
        raise click.UsageError(text_of(error.message)) from error
    if output_format == "json":
        print_json(result)
        return
    print_message(Message("commands.impact.references", count=len(result.uses), id=item_id))
    for use in result.uses:
        print_line(f"  {use.at} {use.kind} {use.id} ({use.how})")
    print_message(Message("commands.impact.pages", pages=_listed(result.pages)))
    print_message(Message("commands.impact.outdated", id=item_id, count=len(result.outdated)))
    for outdated_id, before, after in result.outdated:
        print_line(f"  {outdated_id}: {before} → {after}")
    if languages := tuple(handbook.languages[1:]):
        units = _listed(result.translations)
        print_message(Message("commands.impact.translations", languages=languages, units=units))


def _listed(names: tuple[str, ...]) -> Argument:
    return names or Message("commands.impact.none")


@click.command("review", cls=Command)
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
        day = ""
    if not day or day != date:  # Python reads other notations of a date as well
        raise click.UsageError(text_of(Message("commands.review.no-day", date=repr(date))))
    handbook = load_valid(root)
    due = review_dates.due(handbook, day)
    if output_format == "json":
        print_json(due)
        return
    for entry in due:
        last: Argument = ""
        if entry.last_reviewed:
            last = Message("commands.review.last", day=entry.last_reviewed)
        print_message(
            Message(
                "commands.review.due",
                place=str(entry.at),
                kind=entry.kind,
                id=entry.id,
                day=entry.review_by or "",
                owner=entry.owner or Message("commands.review.nobody"),
                last=last,
            )
        )
    unplanned = review_dates.count_without_review_date(handbook)
    summary = Message("commands.review.summary", count=len(due), day=day, unplanned=unplanned)
    print_message(summary, err=True)


@click.command("new", cls=Command)
@click.argument("kind", type=click.Choice([*KINDS, "language"]), help="The kind of the entry.")
@click.argument("entry_id", metavar="ID", help="The new id; of a language, its code.")
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
        raise click.UsageError(text_of(error.message)) from error
    extended, diagnostics = load(root)
    for file in files:
        if file == "mkdocs.yml":
            print_message(Message("commands.files.line-added", file=file))
        else:
            print_message(Message("commands.files.written", file=file))
    print_message(Message("commands.files.to-fill-in"))
    print_diagnostics(sorted({*diagnostics, *check(extended)} - known))
    if GUESSED[kind]:
        print_message(Message("commands.new.suggested", names=tuple(GUESSED[kind])))


@click.command("coverage", cls=Command)
@click.argument(
    "inventory", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list of statements (CSV).",
)  # fmt: skip
@click.option("--places", is_flag=True, help="Show for each statement the sentences that carry it.")
@click.pass_obj
def coverage_command(root: Path, inventory: Path, places: bool) -> None:
    """Compare INVENTORY, a CSV list of the statements of the sources, with the content of the handbook."""
    handbook = load_valid(root)
    try:
        facts = read_inventory(inventory)
    except InventoryError as error:
        print_line(text_of(error.message))
        sys.exit(1)
    result = coverage(handbook, facts)
    if places:
        print_text("\n".join(places_report(handbook, facts, text_of)))
    print_text("\n".join(coverage_table(result, text_of)))
    sys.exit(1 if result.missing or result.unknown else 0)
