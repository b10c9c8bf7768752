"""The commands that compare states of the handbook: ``tebiki diff`` and ``tebiki release``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tebiki.history.change_log import NoNewVersion, log_entries, write_log
from tebiki.history.compare import Diff, compare
from tebiki.history.release import release_problems, uncommitted
from tebiki.history.render import DIFF_FORMATS, DiffFormat, render
from tebiki.history.state import State, StateError, read_state
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, OutputFormat, format_diagnostics
from tebiki.publishing.branch import CannotPublish
from tebiki.reading.git import GitError, Repository
from tebiki.rules import check


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format", "form", type=click.Choice(DIFF_FORMATS), default="text", help="How to write the differences."
)
@click.option(
    "--write", is_flag=True, help="Write the change log of the new version, content/changes/VERSION.yml."
)
@click.pass_obj
def diff(root: Path, old: str, new: str | None, form: DiffFormat, write: bool) -> None:
    """Tell what changed from OLD to NEW.

    Each is a git reference (a tag, a branch, a commit) or the folder of a handbook. Without NEW: to the
    files as they are now, committed or not.
    """
    if write and new is not None:
        raise click.UsageError("--write records what the files as they are change: leave NEW out")
    with problems_told():
        found = compared(root, old, new)
        if write:
            click.echo(
                f"{write_log(root, found)}: {len(log_entries(found))} changes recorded; add words for readers"
            )
        else:
            click.echo(render(found, form))


@click.group()
def release() -> None:
    """Keep the promises to readers when a version is released."""


@release.command("check")
@click.option(
    "--against",
    metavar="OLD",
    help="What was released: a git reference or a folder. Default: the last version tag.",
)
@click.option(
    "--format", "form", type=click.Choice(OUTPUT_FORMATS), default="text", help="How to write the problems."
)
@click.pass_obj
def release_check(root: Path, against: str | None, form: OutputFormat) -> None:
    """Refuse what would break the addresses, the old results, or the trust of readers."""
    with problems_told():
        new = read_state(root, "the files as they are")
        problems = check(new.handbook)
        if against is None or not _is_handbook(against):
            repository = Repository(root)
            open_files = repository.uncommitted()
            problems += uncommitted(open_files)
            against = against or repository.latest_version(before_head=not open_files)
            if against is None and repository.shallow:
                raise GitError(
                    "this clone is shallow and has no version tag: run git fetch --unshallow --tags"
                )
        if against is not None:
            problems += release_problems(compare(state(root, against), new))
    if problems or form == "json":
        click.echo(format_diagnostics(sorted(set(problems)), form))
    if form == "text":
        since = f"since {against}" if against else "no version has been tagged yet"
        click.echo(f"{len(set(problems))} problems; {since}", err=True)
    sys.exit(1 if problems else 0)


def compared(root: Path, old: str, new: str | None) -> Diff:
    """The difference between two states as ``tebiki diff`` takes them. Raises GitError or StateError."""
    return compare(
        state(root, old), read_state(root, "the files as they are") if new is None else state(root, new)
    )


def state(root: Path, name: str) -> State:
    """The handbook in the folder ``name``, or at the git reference of that name."""
    folder = Path(name)
    if _is_handbook(name):
        return read_state(folder, name)
    try:
        with Repository(root).tree_at(name) as found:
            return read_state(found, name)
    except GitError as error:
        hint = f" ({name} is a folder, but holds no mkdocs.yml)" if folder.is_dir() else ""
        raise GitError(f"{error}{hint}") from error


def _is_handbook(name: str) -> bool:
    return name != "" and any((Path(name) / top).is_file() for top in ("mkdocs.yml", "overlay.yml"))


@contextlib.contextmanager
def problems_told(*others: type[Exception]) -> Iterator[None]:
    """Ends the command with a message where a state cannot be read, or one of ``others`` is raised."""
    expected: tuple[type[Exception], ...] = (GitError, StateError, NoNewVersion, CannotPublish, *others)
    try:
        yield
    except expected as error:
        click.echo(str(error), err=True)
        sys.exit(2)
