"""The command of an institution's own handbook: ``tebiki upstream``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import click

from tebiki.cli.commands import Command
from tebiki.cli.errors import expected_errors
from tebiki.cli.terminal import print_line, print_text, text_of
from tebiki.history.field_diff import FieldChange, format_path
from tebiki.history.render import render_word_diff, summary
from tebiki.history.state import StateError
from tebiki.history.word_diff import word_diff
from tebiki.model.diagnostics_output import format_json
from tebiki.model.message import Message
from tebiki.reading.upstream import FetchError
from tebiki.upkeep.upstream_changes import (
    UpgradeError,
    UpgradePlan,
    UpstreamChange,
    apply_upgrade,
    plan_upgrade,
)


@click.command("upstream", cls=Command)
@click.argument("version", help="A tag, a branch or a commit of the upstream handbook.")
@click.option(
    "--take", "apply", is_flag=True, help="Write the version into overlay.yml if there is no conflict."
)
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="The format of the output.",
)  # fmt: skip
@click.pass_obj
def upstream(root: Path, version: str, apply: bool, output_format: Literal["text", "json"]) -> None:
    """Show the changes of VERSION of the upstream handbook that affect this one.

    A conflict is an error that this handbook would have on that version. With --take the version is
    taken over, unless there are conflicts.
    """
    with expected_errors(FetchError, UpgradeError, StateError):
        plan = plan_upgrade(root, version)
        if output_format == "json":
            print_text(format_json(_to_json(plan)))
        else:
            for indent, line in _lines(plan):
                print_line(indent + text_of(line))
        if apply:
            apply_upgrade(root, plan)
            print_line(f"overlay.yml: {version}, {plan.commit}", err=output_format == "json")
    sys.exit(1 if plan.conflicts else 0)


def _lines(plan: UpgradePlan) -> Iterator[tuple[str, Message | str]]:
    """The lines of the plan, each with its indentation."""
    if plan.unchanged:
        yield "", Message("commands.upstream.unchanged", version=plan.new, commit=plan.commit)
        return
    yield (
        "",
        Message(
            "commands.upstream.heading",
            old=plan.old,
            new=plan.new,
            commit=plan.commit,
            summary=summary(plan.diff),
        ),
    )
    yield "", Message("commands.upstream.changes", count=len(plan.upstream_changes))
    for change in plan.upstream_changes:
        yield "  ", _change(change)
        for dependency in change.dependencies:
            relation = Message(f"commands.upstream-relations.{dependency.relation}")
            yield (
                "    ",
                Message("commands.upstream.relation", place=str(dependency.at), relation=relation),
            )
        for field in change.fields:
            yield "    ", _field(field)
    yield "", Message("commands.upstream.conflicts", count=len(plan.conflicts))
    for conflict in plan.conflicts:
        yield "  ", conflict.line


def _change(change: UpstreamChange) -> Message:
    change_type = Message(f"commands.upstream-changes.{change.change_type}")
    if change.change_type == "retired":
        detail = change.detail or Message("commands.upstream.nothing")
        return Message("commands.upstream.retired", change=change_type, id=change.id, detail=detail)
    if change.detail:
        return Message(
            "commands.upstream.change-detail", change=change_type, id=change.id, detail=change.detail
        )
    return Message("commands.upstream.change", change=change_type, id=change.id)


def _field(field: FieldChange) -> str:
    path = format_path(field.path)
    if isinstance(field.old, str) and isinstance(field.new, str):
        return f"{path}: {render_word_diff(tuple(word_diff(field.old, field.new)))}"
    old = None if field.op == "add" else field.old
    new = None if field.op == "remove" else field.new
    removed = f"[-{_plain(old)}-]" if old is not None else ""
    added = f"{{+{_plain(new)}+}}" if new is not None else ""
    return f"{path}: {removed + added or field.op}"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _to_json(plan: UpgradePlan) -> dict[str, Any]:
    return {
        "old": plan.old,
        "new": plan.new,
        "commit": plan.commit,
        "changes": len(plan.diff.changes),
        "beneath": [
            {
                "id": change.id,
                "what": change.change_type,
                "told": change.detail,
                "touches": [
                    {"how": dependency.relation, "at": str(dependency.at)}
                    for dependency in change.dependencies
                ],
                "fields": [format_path(field.path) for field in change.fields],
            }
            for change in plan.upstream_changes
        ],
        "conflicts": [text_of(conflict.line) for conflict in plan.conflicts],
    }
