"""The command ``tebiki table``: items of a kind as a table for spreadsheet programs, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.terminal import message_language, print_line, print_message, print_text, text_of
from tebiki.cli.valid_handbook import load_valid
from tebiki.files import write_file, write_files
from tebiki.interchange.import_report import table_error_text
from tebiki.interchange.item_columns import TABLE_KINDS
from tebiki.interchange.item_import import plan_items
from tebiki.interchange.item_report import item_plan_lines
from tebiki.interchange.item_table import read_item_table, table_file
from tebiki.interchange.table import TableError
from tebiki.locales import use_words
from tebiki.model.message import Message


@click.command("table", cls=Command)
@click.argument(
    "name", metavar="KIND", type=click.Choice(list(TABLE_KINDS)),
    help="terms, sources, contacts, comparisons or events.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the table to this new file, .xlsx or .csv.",
)  # fmt: skip
@click.option(
    "--in", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show what the table in this file changes.",
)  # fmt: skip
@click.option(
    "--apply/--dry-run", "apply", default=False, help="With --in: write the rows that can be taken."
)
@click.option("--force", is_flag=True, help="With --out: replace an existing file.")
@click.pass_obj
def table_command(
    root: Path, name: str, out: Path | None, source: Path | None, apply: bool, force: bool
) -> None:
    """Write the entries of a KIND as a table, or show what an edited table changes and write it.

    A row is an entry, in comparisons a cell. Ends with 1 if a row is refused.
    """
    if (out is None) == (source is None):
        raise click.UsageError(text_of(Message("tables.in-or-out")))
    if out is not None and out.suffix not in (".xlsx", ".csv"):
        raise click.UsageError(text_of(Message("tables.suffix", file=str(out))))
    handbook = load_valid(root)
    use_words(handbook.words)
    kind, language = TABLE_KINDS[name], message_language()
    try:
        if out is not None:
            write_file(out, table_file(handbook, kind, language, out.suffix), replace=force)
            print_message(Message("tables.written", file=str(out)))
            return
        assert source is not None
        table, problems = read_item_table(source, kind, handbook.languages, language)
    except TableError as error:
        print_line(table_error_text(out or source or Path(), error, language))
        sys.exit(1)
    except FileExistsError:
        print_message(Message("tables.exists", file=str(out)))
        sys.exit(1)
    for problem in problems:
        if not problem.row:
            details = problem.details
            print_message(Message("tables.unknown-heading", cell=details["cell"], heading=details["heading"]))
    plan = plan_items(root, handbook, kind, table, problems)
    print_text("\n".join(item_plan_lines(source, plan, table, language)))
    if apply:
        write_files(root, plan.files)
        for file in plan.files:
            print_message(Message("tables.written", file=file))
    elif plan.files:
        print_message(Message("tables.would-write", files=tuple(plan.files)))
    sys.exit(1 if plan.refused else 0)
