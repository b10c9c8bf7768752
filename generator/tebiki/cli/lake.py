"""The commands for many results: ``tebiki result aggregate``, ``pack`` and ``query``."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tebiki.cli.commands import Command
from tebiki.cli.session import Session, start_session
from tebiki.cli.terminal import print_line, print_text, text_of
from tebiki.locales.messages import message_text
from tebiki.model.figure_table import AT_LEAST
from tebiki.model.message import Message
from tebiki.model.system_errors import operating_system_message
from tebiki.results.aggregate_view import skipped_reasons, withholding_notes
from tebiki.results.html_report import aggregate_html
from tebiki.results.lake_error import LakeError

#: The most skipped files that are listed on the terminal; the report lists all of them.
_MAX_LISTED = 20

_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_lake_option = click.Path(file_okay=False, path_type=Path)
_out_file = click.Path(dir_okay=False, path_type=Path)
_force = click.option("--force", is_flag=True, help="Replace an existing file.")
_lang = click.option(
    "--lang", "language",
    help="Language of messages and reports. Default: that of the system, or the handbook's first.",
)  # fmt: skip


@click.command("aggregate", cls=Command)
@click.argument("folder", type=_folder, help="The folder with the result files, or a lake.")
@click.option(
    "--out",
    "-o",
    required=True,
    type=_out_file,
    help="The report: .html, .xlsx, .parquet, or .csv for content/figures.",
)
@click.option(
    "--at-least",
    type=click.IntRange(1),
    default=AT_LEAST,
    show_default=True,
    help="Withhold figures that count fewer institutions, and those from which they could be worked out."
    " Where persons answer, and not institutions, it is never below the default.",
)
@_force
@_lang
@click.pass_obj
def aggregate_command(
    root: Path, folder: Path, out: Path, at_least: int, force: bool, language: str | None
) -> None:
    """Count the answers in a lake, or in all result files below FOLDER, and list the skipped files with the reasons."""
    if out.suffix not in (".html", ".xlsx", ".parquet", ".csv"):
        wrong = Message("commands.ending", file=str(out), endings=(".html", ".xlsx", ".parquet", ".csv"))
        raise click.UsageError(text_of(wrong))
    session = start_session(root, language)
    counting = optional_module("aggregate")
    with _lake_messages(session):
        counts = counting.aggregate(folder, session.handbook, at_least=at_least)
        if out.suffix == ".html":
            content = aggregate_html(counts, session.handbook, session.language)
        elif out.suffix == ".xlsx":
            content = optional_module("xlsx").aggregate_xlsx(counts, session.handbook, session.language)
        elif out.suffix == ".csv":
            content = counting.to_figure_table(counts)
        else:
            content = counting.to_parquet(counts)
    if not session.write(out, content, force):
        sys.exit(1)
    skipped = len(counts.skipped_files)
    message = session.texts["aggregate"]["done-withheld" if counts.withheld_files else "done"]
    numbers = {"counted": counts.counted_files, "withheld": counts.withheld_files, "left-out": skipped}
    session.print_line(message.format(file=out, **numbers))
    for checklist in counts.checklists:
        if checklist.withheld_files and (version := session.find_version(checklist.checklist)):
            note = withholding_notes(counts, checklist, session.language)[-1]
            session.print_line(f"  {version.checklist.head.title[session.language]}: {note}")
    for file, reasons in skipped_reasons(counts, session.language)[:_MAX_LISTED]:
        session.print_line(f"  {file}: {' '.join(reasons)}")
    if skipped > _MAX_LISTED:
        session.print_line("  …")
    _tell_of_unnamed_parts(session, folder)


@click.command("pack", cls=Command)
@click.argument("folders", nargs=-1, required=True, type=_folder, help="Folders with result files.")
@click.option(
    "--out",
    "-o",
    "lake",
    required=True,
    type=_lake_option,
    help="The lake: a folder, new or with other parts.",
)
@_lang
@click.pass_obj
def pack_command(root: Path, folders: tuple[Path, ...], lake: Path, language: str | None) -> None:
    """Check all result files below FOLDERS and add their rows, without texts, to a lake of Parquet files."""
    session = start_session(root, language)
    with _lake_messages(session):
        packed = optional_module("pack").pack(folders, lake, session.handbook)
    message = session.texts["lake"]["packed"]
    session.print_line(
        message.format(
            lake=lake, counted=packed.assessments, parts=packed.parts, **{"left-out": packed.left_out}
        )
    )


@click.command("query", cls=Command)
@click.argument("lake", type=_folder, help="The lake.")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with the SELECT (.sql).",
)  # fmt: skip
@click.option(
    "--out", "-o", type=_out_file, help="Write the rows to this file (.csv) instead of the terminal."
)
@_force
@_lang
@click.pass_obj
def query_command(
    root: Path, lake: Path, file: Path, out: Path | None, force: bool, language: str | None
) -> None:
    """Run the SELECT in FILE (.sql) over the rows of LAKE; it can read and write nothing else."""
    session = start_session(root, language)
    with _lake_messages(session):
        try:
            sql = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise LakeError("not-one-select") from error
        content = optional_module("query").query(lake, sql, session.handbook)
    _tell_of_unnamed_parts(session, lake, err=True)
    if out:
        sys.exit(0 if session.write(out, content, force) else 1)
    print_text(content.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n"))


def _tell_of_unnamed_parts(session: Session, folder: Path, *, err: bool = False) -> None:
    lake = optional_module("lake")
    with _lake_messages(session):
        count = lake.unnamed_parts(folder, session.handbook)
    if count:
        print_line(session.texts["lake"]["unnamed"].format(count=count), err=err)


@contextlib.contextmanager
def _lake_messages(session: Session) -> Iterator[None]:
    """End the command with a message where a lake, a query or what they need is refused."""
    try:
        yield
    except LakeError as error:
        session.fail(session.texts["lake"][error.code].format(**error.details))
    except OSError as error:
        session.fail(message_text(operating_system_message(error), session.language))


def optional_module(name: str) -> Any:
    """The module ``name`` of ``tebiki.results``, which needs packages that not every installation has."""
    try:
        return importlib.import_module(f"tebiki.results.{name}")
    except ImportError as error:
        message = Message("commands.result.no-package", package=str(error.name))
        raise click.UsageError(text_of(message)) from error
