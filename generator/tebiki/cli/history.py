"""The commands that compare states of the handbook: ``tebiki diff`` and ``tebiki release``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command, Group
from tebiki.cli.errors import expected_errors
from tebiki.cli.terminal import print_diagnostics, print_message, print_text, text_of
from tebiki.history.change_log import NoNewVersion, log_entries, write_log
from tebiki.history.compare import Diff, compare
from tebiki.history.release import release_problems, uncommitted
from tebiki.history.render import DIFF_FORMATS, DiffFormat, render
from tebiki.history.state import PRESENT, State, StateError, read_state
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, OutputFormat
from tebiki.model.message import Message
from tebiki.model.translation_units import stale_units
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep.change_summary import change_summary
from tebiki.upkeep.translation_changes import translation_changes


@click.command(cls=Command)
@click.argument("old", help="The earlier state.")
@click.argument("new", required=False, help="The later state. Default: the present files.")
@click.option(
    "--format", "output_format", type=click.Choice(DIFF_FORMATS), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip
@click.option(
    "--write", is_flag=True, help="Write the change log of the new version, content/changes/VERSION.yml."
)
@click.pass_obj
def diff(root: Path, old: str, new: str | None, output_format: DiffFormat, write: bool) -> None:
    """Show what changed from OLD to NEW.

    Each is a git reference (a tag, a branch, a commit) or the folder of a handbook. Without NEW, OLD is
    compared with the present files, committed or not.
    """
    if write and new is not None:
        raise click.UsageError(text_of(Message("commands.diff.write-with-new")))
    with expected_errors(StateError, NoNewVersion):
        difference = compare_states(root, old, new)
        if write:
            file = write_log(root, difference)
            count = len(log_entries(difference))
            print_message(Message("commands.diff.recorded", file=file, count=count))
        else:
            print_text(render(difference, output_format, text_of))


@click.command("summary", cls=Command)
@click.argument("old", help="The earlier state: a git reference, or the folder of a handbook.")
@click.option(
    "--preview", metavar="URL", default="", help="The address of the built site, to link to its pages."
)
@click.pass_obj
def summary_command(root: Path, old: str, preview: str) -> None:
    """Write what changed since OLD for the people who review it: pages, problems, translations and every word.

    The output is Markdown for a comment on a pull request.
    """
    handbook, problems = load(root)
    if problems:
        print_text(change_summary(None, problems, {}, text_of))
        return
    with expected_errors():
        difference = compare_states(root, old, None)
        stale = {
            language: translation_changes(handbook, root, sorted(stale_units(handbook, language)), language)
            for language in handbook.languages[1:]
        }
        print_text(change_summary(difference, check(handbook), stale, text_of, preview))


@click.group(cls=Group)
def release() -> None:
    """Check a version before it is released."""


@release.command("check")
@click.option(
    "--against",
    metavar="OLD",
    help="The released state: a git reference or a folder. Default: the last version tag.",
)
@click.option(
    "--format", "output_format", type=click.Choice(OUTPUT_FORMATS), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip
@click.pass_obj
def release_check(root: Path, against: str | None, output_format: OutputFormat) -> None:
    """Report changes that would break addresses or old results, or that readers are not told of."""
    no_earlier_version = Message("commands.release.no-tag")
    with expected_errors(StateError, NoNewVersion):
        new = read_state(root, PRESENT)
        problems = check(new.handbook)
        if against is None or not _is_handbook(against):
            repository = Repository(root)
            changed_files = repository.uncommitted()
            problems += uncommitted(changed_files)
            against = against or repository.latest_version(before_head=not changed_files)
            if against is None and (tag := repository.latest_version(before_head=False)):
                no_earlier_version = Message("commands.release.first-tag", tag=tag)
            elif against is None and repository.shallow:
                raise GitError(Message("commands.release.shallow"))
        if against is not None:
            problems += release_problems(compare(_state(root, against), new))
    if problems or output_format == "json":
        print_diagnostics(sorted(set(problems)), output_format)
    if output_format == "text":
        since = Message("commands.release.since", version=against) if against else no_earlier_version
        count = len(set(problems))
        print_message(Message("commands.release.summary", count=count, since=since), err=True)
    sys.exit(1 if problems else 0)


def compare_states(root: Path, old: str, new: str | None) -> Diff:
    """Compare two states of the handbook in ``root``.

    Args:
        root: The folder of the handbook.
        old: A git reference, or the folder of a handbook.
        new: The same; None for the present files in ``root``.

    Raises:
        GitError: A reference cannot be read.
        StateError: A state has errors.
    """
    new_state = read_state(root, PRESENT) if new is None else _state(root, new)
    return compare(_state(root, old), new_state)


def _state(root: Path, name: str) -> State:
    """The handbook in the folder ``name``, or at the git reference of that name."""
    folder = Path(name)
    if _is_handbook(name):
        return read_state(folder, name)
    try:
        with Repository(root).tree_at(name) as tree:
            return read_state(tree, name, root)
    except GitError as error:
        if not folder.is_dir():
            raise
        reason = error.message
        raise GitError(Message("history.state.not-a-handbook", reason=reason, name=name)) from error


def _is_handbook(name: str) -> bool:
    return name != "" and any((Path(name) / top).is_file() for top in ("mkdocs.yml", "overlay.yml"))
