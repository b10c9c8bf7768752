"""Upgrading an overlay to another version of the upstream handbook: changes, conflicts, and taking it over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.files import write_files
from tebiki.history.compare import Diff, compare
from tebiki.history.field_diff import FieldChange, diff_fields
from tebiki.history.state import plain_data, read_state
from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.message import Message, MessageError
from tebiki.reading.load import load, load_overlay_on
from tebiki.reading.source_files import OVERLAY_FILE
from tebiki.reading.upstream import Upstream
from tebiki.rules import check
from tebiki.upkeep.upstream_dependencies import Dependency, dependencies

_KEY_AND_VALUE = r"(?P<key>[\"']?{key}[\"']?\s*:\s*)(\"[^\"]*\"|'[^']*'|[^\s,}}#>|&*!][^\s,}}#]*)"


class UpgradeError(MessageError):
    """The overlay cannot be upgraded; the message says why and what to do."""


@dataclass(frozen=True)
class UpstreamChange:
    """A change of an upstream entry that the overlay depends on.

    Attributes:
        id: An item, a page, a checklist, or CHECKLIST#QUESTION.
        change_type: "changed", "moved", "standing" (only its status changed), "retired" or "removed".
        detail: The successors, or the old and the new status or version; may be empty.
        fields: The changes inside the entry.
        dependencies: The places of the overlay that depend on the entry.
    """

    id: str
    change_type: str
    detail: str
    fields: tuple[FieldChange, ...]
    dependencies: tuple[Dependency, ...]


@dataclass(frozen=True)
class UpgradePlan:
    """The upgrade of an overlay to another upstream version.

    Attributes:
        old: The present upstream version.
        new: The other upstream version.
        commit: The commit of the other version.
        unchanged: Whether both are the same commit.
        diff: The diff between both.
        upstream_changes: The changes that concern the overlay.
        conflicts: The errors that the overlay would have on the other version; they prevent the upgrade.
    """

    old: str
    new: str
    commit: str
    unchanged: bool
    diff: Diff
    upstream_changes: tuple[UpstreamChange, ...]
    conflicts: tuple[Diagnostic, ...]


def plan_upgrade(root: Path, version: str) -> UpgradePlan:
    """Find out what an upgrade would change.

    Args:
        root: The folder of the overlay.
        version: A tag, branch or commit of the upstream handbook.

    Raises:
        UpgradeError: The folder has no overlay, or it cannot be read.
        FetchError: The upstream handbook cannot be fetched.
        StateError: One of the two upstream versions cannot be read.
    """
    if not (root / OVERLAY_FILE).is_file():
        raise UpgradeError(Message("upkeep.upstream.no-overlay", file=OVERLAY_FILE))
    handbook, diagnostics = load(root)
    if handbook.overlay is None:
        raise UpgradeError(diagnostics[0].line)
    present = handbook.overlay.data["upstream"]
    upstream = Upstream(root, present["address"])
    commit = upstream.commit_of(version)
    with upstream.tree(present["commit"]) as before, upstream.tree(commit) as after:
        diff = compare(read_state(before, present["version"]), read_state(after, version))
        upgraded, diagnostics = load_overlay_on(root, after)
        diagnostics = [*diagnostics, *check(upgraded)]
    conflicts = {diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"}
    changes = sorted(
        _upstream_changes(diff, dependencies(handbook)), key=lambda change: change.dependencies[0].at
    )
    return UpgradePlan(
        old=present["version"],
        new=version,
        commit=commit,
        unchanged=commit == present["commit"],
        diff=diff,
        upstream_changes=tuple(changes),
        conflicts=tuple(sorted(conflicts)),
    )


def apply_upgrade(root: Path, plan: UpgradePlan) -> None:
    """Write the version and the commit of a plan into ``overlay.yml``, and change nothing else.

    Args:
        root: The folder of the overlay.
        plan: The plan, as ``plan_upgrade`` returns it.

    Raises:
        UpgradeError: There are conflicts, or the file has another layout; then nothing is written.
    """
    if plan.conflicts:
        raise UpgradeError(Message("upkeep.upstream.conflicts", count=len(plan.conflicts), version=plan.new))
    file = root / OVERLAY_FILE
    handbook, _diagnostics = load(root)
    assert handbook.overlay is not None  # plan_upgrade has read it
    positions = handbook.overlay.data["upstream"].positions
    lines = file.read_text(encoding="utf-8").split("\n")
    for key, value in (("version", json.dumps(plan.new, ensure_ascii=False)), ("commit", f'"{plan.commit}"')):
        line, column = positions[key]
        before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        match = re.match(_KEY_AND_VALUE.format(key=key), rest)
        if not match:
            raise UpgradeError(
                Message("upkeep.upstream.by-hand", file=OVERLAY_FILE, line=line, column=column, value=value)
            )
        lines[line - 1] = f"{before}{match['key']}{value}{rest[match.end() :]}"
    write_files(root, {OVERLAY_FILE: "\n".join(lines)})


def _upstream_changes(
    diff: Diff, dependencies_by_id: Mapping[str, tuple[Dependency, ...]]
) -> Iterator[UpstreamChange]:
    for change in diff.changes:
        if change.key in dependencies_by_id and change.kind != "checklist":
            detail = ""
            if change.change_type == "retired":
                detail = ", ".join(diff.new.handbook.retired[change.key]["successors"])
            entry_dependencies = dependencies_by_id[change.key]
            yield UpstreamChange(change.key, change.change_type, detail, change.fields, entry_dependencies)
    changed = {change.key for change in diff.changes}
    for status in diff.statuses:
        if status.id in dependencies_by_id and status.id not in changed:
            entry_dependencies = dependencies_by_id[status.id]
            yield UpstreamChange(
                status.id, "standing", f"{status.old} → {status.new}", (), entry_dependencies
            )
    old, new = (
        {checklist.id: checklist for checklist in state.handbook.current_checklists}
        for state in (diff.old, diff.new)
    )
    for entry_id, entry_dependencies in dependencies_by_id.items():
        checklist, _, question = entry_id.partition("#")
        if checklist not in old:
            continue
        if question:
            yield from _question_changes(
                question, old[checklist], new.get(checklist), tuple(entry_dependencies)
            )
        else:
            yield from _checklist_changes(old[checklist], new.get(checklist), entry_dependencies)


def _checklist_changes(
    old: Checklist, new: Checklist | None, entry_dependencies: tuple[Dependency, ...]
) -> Iterator[UpstreamChange]:
    """The change of a checklist to which the overlay adds questions."""
    if new is None:
        yield UpstreamChange(old.id, "removed", "", (), entry_dependencies)
    elif fields := tuple(diff_fields(_outline(old), _outline(new))):
        yield UpstreamChange(old.id, "changed", f"{old.version} → {new.version}", fields, entry_dependencies)


def _question_changes(
    question: str, old: Checklist, new: Checklist | None, entry_dependencies: tuple[Dependency, ...]
) -> Iterator[UpstreamChange]:
    """The change of a question on which the overlay depends."""
    entry_id = f"{old.id}#{question}"
    before, after = (
        next((item for item in checklist.questions if item.id == question), None) if checklist else None
        for checklist in (old, new)
    )
    if after is None or (after.retired and before and not before.retired):
        yield UpstreamChange(entry_id, "retired" if after else "removed", "", (), entry_dependencies)
    elif before and (fields := tuple(diff_fields(plain_data(before.data), plain_data(after.data)))):
        yield UpstreamChange(entry_id, "changed", "", fields, entry_dependencies)


def _outline(checklist: Checklist) -> Any:
    """The sections of a checklist with their titles and the ids of their questions."""
    return {
        section.id: {
            "title": plain_data(section.data["title"]),
            "asked": [question.id for question in section.questions if not question.retired],
        }
        for section in checklist.sections
    }
