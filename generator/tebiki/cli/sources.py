"""The commands that compare the sources with what is published now; only they use the network."""

from __future__ import annotations

import datetime
import functools
import sys
from pathlib import Path
from typing import Literal

import click

from tebiki.cli.commands import Group
from tebiki.cli.terminal import print_line, print_message, print_text, text_of
from tebiki.cli.valid_handbook import load_valid, print_json
from tebiki.model.message import Message
from tebiki.upkeep.fetch_document import FetchError, document_fingerprint
from tebiki.upkeep.source_states import as_markdown, as_text, source_states

_local_option = click.option("--local", is_flag=True, help="Also ask computers of your own network.")


@click.group("sources", cls=Group)
def sources() -> None:
    """Compare the documents of the register with what is published now (uses the network)."""


@sources.command("check")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="The format of the output; markdown is the text of an issue.",
)  # fmt: skip
@_local_option
@click.pass_obj
def check(root: Path, output_format: Literal["text", "json", "markdown"], local: bool) -> None:
    """Fetch every document that has a fingerprint, and list what changed or vanished and what rests on it.

    Ends with 1 if a document is not as it was, or could not be fetched.
    """
    handbook = load_valid(root)
    states = list(source_states(handbook, functools.partial(document_fingerprint, local=local)))
    if output_format == "json":
        print_json(states)
    else:
        lines = as_text(states, text_of) if output_format == "text" else as_markdown(states, text_of)
        print_text("\n".join(lines))
    open_states = [entry for entry in states if entry.state != "unchanged"]
    without = len(handbook.sources) - len(states)
    message = Message(
        "commands.sources.summary", compared=len(states), changed=len(open_states), without=without
    )
    print_message(message, err=True)
    sys.exit(1 if open_states else 0)


@sources.command("fingerprint")
@click.argument("source_id", metavar="ID", help="The id of the source.")
@_local_option
@click.pass_obj
def fingerprint(root: Path, source_id: str, local: bool) -> None:
    """Fetch the document of the source ID, and print the lines to write into its entry."""
    source = load_valid(root).sources.get(source_id)
    if source is None:
        raise click.UsageError(text_of(Message("commands.sources.unknown", id=source_id)))
    address = source.data.get("address")
    if not address:
        message = Message("commands.sources.no-address", place=str(source.at), id=source_id)
        raise click.UsageError(text_of(message))
    try:
        value = document_fingerprint(address, local=local)
    except FetchError as error:
        message = Message("commands.sources.not-fetched", address=address, reason=error.message)
        raise click.ClickException(text_of(message)) from error
    print_line(f"retrieved: {datetime.date.today().isoformat()}")
    print_line(f"fingerprint: {value}")
