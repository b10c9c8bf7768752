"""The commands for the files around a handbook: ``tebiki init``, ``tebiki upgrade`` and ``tebiki schemas``."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import click

from tebiki import __version__
from tebiki.cli.commands import Command
from tebiki.cli.errors import expected_errors
from tebiki.cli.terminal import message_language, print_diagnostics, print_line, print_message, text_of
from tebiki.files import write_files
from tebiki.model.message import Message
from tebiki.reading.load import load
from tebiki.reading.upstream import FetchError
from tebiki.upkeep.new_handbook import create_handbook
from tebiki.upkeep.project_files import default_package, schema_files
from tebiki.upkeep.project_record import RECORD, ProjectError
from tebiki.upkeep.upgrade import changed_lines, upgrade_project


@click.command("init", cls=Command)
@click.option(
    "--lang", "languages", multiple=True, metavar="CODES",
    help="The languages of the handbook, the original first, such as ja,en.",
)  # fmt: skip
@click.option(
    "--from",
    "source",
    metavar="REPO@VERSION",
    help="The handbook that this one is based on, and its version.",
)
@click.option(
    "--prefix", default="local", show_default=True,
    help="With --from: the first word of every id of the institution.",
)  # fmt: skip
@click.option(
    "--package", metavar="ADDRESS",
    help="What the workflows install Tebiki from: the address of its wheel. Default: where this one came from.",
)  # fmt: skip
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path),
    help="The folder of the new handbook. Default: the current one.",
)  # fmt: skip
@click.pass_obj
def init(
    root: Path,
    languages: tuple[str, ...],
    source: str | None,
    prefix: str,
    package: str | None,
    folder: Path | None,
) -> None:
    """Make FOLDER a handbook: a git repository that builds at once.

    With --from it is an institution's own handbook and holds only what differs from another one. REPO is an address
    that git knows, or a folder; VERSION is a tag, a branch or a commit there.
    """
    target = root / folder if folder else root
    package = package or default_package()
    with expected_errors(FetchError, ProjectError):
        if source is None:
            files = create_handbook(target, _codes(languages), package)
        elif languages:
            raise click.UsageError(text_of(Message("commands.init.lang-with-from")))
        else:
            files = _create_overlay(target, source, prefix, package)
    _print_written(target, files)
    in_order = True
    if source:
        _print_places(target, files)
        in_order = _print_problems(target)
    print_message(Message("commands.init.to-see", folder=str(target)))
    print_message(Message("commands.init.to-commit"))
    sys.exit(0 if in_order else 1)


@click.command("upgrade", cls=Command)
@click.option("--package", metavar="ADDRESS", help="What the workflows install Tebiki from, from now on.")
@click.pass_obj
def upgrade(root: Path, package: str | None) -> None:
    """Move the handbook to this version of Tebiki.

    Files that tebiki init wrote and nobody changed are renewed: workflows, settings, schemas. For files that were
    changed the difference is shown.
    """
    with expected_errors(FetchError, ProjectError):
        handbook, _diagnostics = load(root)
        if not {"id", "title", "languages"} <= set(handbook.data):
            raise ProjectError(Message("commands.upgrade.unreadable"))
        result = upgrade_project(root, handbook, package)
    for line in changed_lines(result):
        print_line(text_of(line))
    print_line(f"{RECORD}: tebiki {__version__}")
    print_message(Message("commands.upgrade.then"))


@click.command("schemas", cls=Command)
@click.option(
    "--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write them into.",
)  # fmt: skip
@click.pass_obj
def schemas(root: Path, folder: Path) -> None:
    """Write the JSON Schema of every kind of file, with which editors complete and check what is typed."""
    files = schema_files(".", message_language())
    write_files(root / folder, files)
    print_message(Message("commands.files.count-written", folder=str(root / folder), count=len(files)))


def _create_overlay(target: Path, source: str, prefix: str, package: str) -> list[str]:
    # only an overlay needs what compares two states of a handbook
    from tebiki.history.state import StateError  # noqa: PLC0415
    from tebiki.upkeep.new_overlay import create_overlay  # noqa: PLC0415

    with expected_errors(StateError):
        return create_overlay(target, *_address_and_version(source), prefix, package)


def _print_problems(target: Path) -> bool:
    """Print the problems of an overlay, which can be those of its upstream; return whether none is an error."""
    from tebiki.rules import check  # noqa: PLC0415  # takes as long to import as the whole of a new handbook

    handbook, diagnostics = load(target)
    diagnostics = sorted({*diagnostics, *check(handbook)})
    if diagnostics:
        print_diagnostics(diagnostics)
    return all(diagnostic.severity != "error" for diagnostic in diagnostics)


def _codes(languages: tuple[str, ...]) -> list[str]:
    """The codes in the values of ``--lang``; asks for them on a terminal."""
    text = ",".join(languages)
    if not text and sys.stdin.isatty():
        text = click.prompt(text_of(Message("commands.init.prompt")), default="en", err=True)
    codes = [code for code in re.split(r"[,\s]+", text) if code]
    if not codes:
        raise click.UsageError(text_of(Message("commands.init.no-languages")))
    return codes


def _print_written(target: Path, files: list[str]) -> None:
    """Name each file; of the schemas only how many there are."""
    schemas_written = Counter(name.startswith("schemas/") for name in files)[True]
    for name in files:
        if not name.startswith("schemas/"):
            print_message(Message("commands.files.written", file=str(target / name)))
    folder = str(target / "schemas")
    print_message(Message("commands.files.count-written", folder=folder, count=schemas_written))


def _print_places(target: Path, files: list[str]) -> None:
    print_message(Message("commands.files.to-fill-in"))
    for name in (name for name in files if name.endswith(".yml")):
        for number, line in enumerate((target / name).read_text(encoding="utf-8").split("\n"), 1):
            if "← fill in" in line and not line.lstrip().startswith("#"):
                print_line(f"  {target / name}:{number}: {line.strip().partition(':')[0]}")


def _address_and_version(source: str) -> tuple[str, str]:
    address, _, version = source.rpartition("@")
    # git@host:folder and https://user@host/folder contain an @ of their own
    if not address or not version or ":" in version or re.fullmatch(r"[a-z+]+://[^/]*", address):
        raise click.UsageError(text_of(Message("commands.init.no-version", source=source)))
    if address.startswith("-"):
        raise click.UsageError(text_of(Message("commands.init.no-address", address=address)))
    return address, version
