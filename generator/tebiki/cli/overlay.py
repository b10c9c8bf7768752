"""The commands of an institution's own handbook: ``tebiki init`` and ``tebiki upstream``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.cli.history import problems_told
from tebiki.history.field_diff import FieldChange, format_path
from tebiki.history.render import render_word_diff, summary
from tebiki.history.word_diff import word_diff
from tebiki.model.diagnostics_output import escape_controls, format_diagnostics
from tebiki.reading.load import load
from tebiki.reading.upstream import FetchError
from tebiki.rules import check
from tebiki.upkeep.new_overlay import NewOverlayError, create_overlay
from tebiki.upkeep.upstream_changes import (
    UpgradeError,
    UpgradePlan,
    UpstreamChange,
    apply_upgrade,
    plan_upgrade,
)

_HOWS = {
    "guidance": "guidance stands below it",
    "hidden": "it is hidden",
    "questions": "questions are added to it",
    "condition": "a question depends on it",
    "desk": "the desk stands there",
    "link": "it is named here",
}


@click.command("init")
@click.option(
    "--from", "source", required=True, metavar="REPO@VERSION", help="The handbook, and which version of it."
)
@click.option(
    "--prefix", default="local", show_default=True, help="The word that ids of the institution begin with."
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def init(root: Path, source: str, prefix: str, folder: Path | None) -> None:
    """Make FOLDER an institution's own handbook: a git repository with only what differs.

    REPO is an address that git knows, or a folder; VERSION a tag, a branch or a commit there.
    """
    address, version = _address_and_version(source)
    to = root / folder if folder else root
    with problems_told(FetchError, NewOverlayError, UpgradeError):
        files = create_overlay(to, address, version, prefix)
    for name in files:
        click.echo(f"{to / name}: written")
    click.echo("to fill in:")
    for name in (name for name in files if name.endswith(".yml")):
        for number, line in enumerate((to / name).read_text(encoding="utf-8").split("\n"), 1):
            if "← fill in" in line and not line.lstrip().startswith("#"):
                click.echo(escape_controls(f"  {to / name}:{number}: {line.strip().partition(':')[0]}"))
    handbook, problems = load(to)
    problems = sorted({*problems, *check(handbook)})
    if problems:
        click.echo(format_diagnostics(problems, "text"))
        sys.exit(1)
    click.echo("then commit: git commit")


@click.command("upstream")
@click.argument("version")
@click.option("--take", "taken", is_flag=True, help="Take the version over: write it into overlay.yml.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the answer."
)
@click.pass_obj
def upstream(root: Path, version: str, taken: bool, form: Literal["text", "json"]) -> None:
    """Show what VERSION of the upstream handbook changes beneath what is changed here.

    Conflicts are what would be wrong with this handbook on that version. With --take it is taken over, once
    there are none.
    """
    with problems_told(FetchError, NewOverlayError, UpgradeError):
        step = plan_upgrade(root, version)
        if form == "json":
            click.echo(json.dumps(_record(step), ensure_ascii=False, indent=2))
        else:
            for line in _lines(step):
                click.echo(escape_controls(line))
        if taken:
            apply_upgrade(root, step)
            click.echo(f"overlay.yml: {version}, {step.commit}", err=form == "json")
    sys.exit(1 if step.conflicts else 0)


def _address_and_version(source: str) -> tuple[str, str]:
    address, _, version = source.rpartition("@")
    # git@host:folder and https://user@host/folder have a sign of their own
    if not address or not version or ":" in version or re.fullmatch(r"[a-z+]+://[^/]*", address):
        raise click.UsageError(
            f"{source}: the version is missing; write REPO@VERSION, such as ../handbook@v1.2.0"
        )
    if address.startswith("-"):
        raise click.UsageError(f"{address} is no address of a repository")
    return address, version


def _lines(step: UpgradePlan) -> Iterator[str]:
    if step.unchanged:
        yield f"{step.new} is what this handbook is made from already ({step.commit})"
        return
    yield f"{step.old} → {step.new} ({step.commit}): {summary(step.diff)}"
    yield f"beneath what is changed here: {len(step.upstream_changes)}"
    for one in step.upstream_changes:
        yield f"  {one.change_type} {one.id}{_told_of(one)}"
        for touch in one.dependencies:
            yield f"    {touch.at} {_HOWS[touch.relation]}"
        for field in one.fields:
            yield f"    {_field(field)}"
    yield f"conflicts: {len(step.conflicts)}"
    for problem in step.conflicts:
        yield f"  {problem}"


def _told_of(one: UpstreamChange) -> str:
    if one.change_type == "retired":
        return f" (in its place: {one.detail or 'nothing'})"
    return f" ({one.detail})" if one.detail else ""


def _field(field: FieldChange) -> str:
    where = format_path(field.path)
    if isinstance(field.old, str) and isinstance(field.new, str):
        return f"{where}: {render_word_diff(tuple(word_diff(field.old, field.new)))}"
    signs = {"add": ((None, field.new),), "remove": ((field.old, None),)}
    told = []
    for old, new in signs.get(field.op, ((field.old, field.new),)):
        told += [f"[-{_plain(old)}-]"] if old is not None else []
        told += [f"{{+{_plain(new)}+}}"] if new is not None else []
    return f"{where}: {''.join(told) or field.op}"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _record(step: UpgradePlan) -> dict[str, Any]:
    return {
        "old": step.old,
        "new": step.new,
        "commit": step.commit,
        "changes": len(step.diff.changes),
        "beneath": [
            {
                "id": one.id,
                "what": one.change_type,
                "told": one.detail,
                "touches": [{"how": touch.relation, "at": str(touch.at)} for touch in one.dependencies],
                "fields": [format_path(field.path) for field in one.fields],
            }
            for one in step.upstream_changes
        ],
        "conflicts": [str(problem) for problem in step.conflicts],
    }
