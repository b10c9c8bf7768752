"""The commands that compare states of the handbook: ``tebiki diff`` and ``tebiki release``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from generator.history.compare import Diff, compare
from generator.history.git import GitProblem, Repository
from generator.history.tell import DIFF_FORMATS, DiffFormat, tell
from generator.history.tree import BadTree, Tree, read_tree


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format", "form", type=click.Choice(DIFF_FORMATS), default="text", help="How to write the differences."
)
@click.pass_obj
def diff(root: Path, old: str, new: str | None, form: DiffFormat) -> None:
    """Tell what changed from OLD to NEW.

    Each is a git reference (a tag, a branch, a commit) or the folder of a handbook. Without NEW: to the
    files as they are now, committed or not.
    """
    with problems_told():
        click.echo(tell(compared(root, old, new), form))


def compared(root: Path, old: str, new: str | None) -> Diff:
    """The difference between two states as ``tebiki diff`` takes them. Raises GitProblem or BadTree."""
    return compare(
        state(root, old), read_tree(root, "the files as they are") if new is None else state(root, new)
    )


def state(root: Path, name: str) -> Tree:
    """The handbook in the folder ``name``, or at the git reference of that name."""
    folder = Path(name)
    if (folder / "mkdocs.yml").is_file():
        return read_tree(folder, name)
    try:
        with Repository(root).tree_at(name) as found:
            return read_tree(found, name)
    except GitProblem as error:
        hint = f" ({name} is a folder, but holds no mkdocs.yml)" if folder.is_dir() else ""
        raise GitProblem(f"{error}{hint}") from error


@contextlib.contextmanager
def problems_told() -> Iterator[None]:
    """Ends the command with a message where a state cannot be read."""
    try:
        yield
    except (GitProblem, BadTree) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
