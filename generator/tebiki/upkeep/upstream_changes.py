"""What another version of the upstream handbook changes beneath the overlay's own edits."""

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
from tebiki.model import traverse
from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.handbook import Handbook
from tebiki.model.markup import LINK, embeds
from tebiki.model.positions import place_of
from tebiki.reading.load import load, load_overlay_on
from tebiki.reading.upstream import OVERLAY_FILE, Upstream
from tebiki.rules import check

#: Keys of references that are no texts: what they name is looked at like a link.
_NAMED = ("source", "superseded_by", "supersedes", "actor", "answer_set", "under")
_VALUE = r"(?P<key>[\"']?{key}[\"']?\s*:\s*)(\"[^\"]*\"|'[^']*'|[^\s,}}#>|&*!][^\s,}}#]*)"


class UpgradeError(Exception):
    """The overlay cannot be moved to another version; the text says why and what to do."""


@dataclass(frozen=True)
class Dependency:
    """One place of the overlay that rests on something of the upstream handbook."""

    id: str  # an item, a page, a checklist, or CHECKLIST#QUESTION
    relation: str  # "guidance", "hidden", "questions", "desk", "condition", "link"
    at: Place


@dataclass(frozen=True)
class UpstreamChange:
    """Something that the overlay rests on and that the other version changes.

    ``what`` is "changed", "moved", "standing", "retired" or "removed".
    """

    id: str
    change_type: str
    detail: str  # what took its place, or its standing before and after
    fields: tuple[FieldChange, ...]
    dependencies: tuple[Dependency, ...]


@dataclass(frozen=True)
class UpgradePlan:
    """The way from the upstream version that the overlay is made from to another one.

    ``conflicts`` are what would be wrong with the overlay on the other version: they have to be settled
    before it can be taken over. ``same`` says that both are one commit.
    """

    old: str
    new: str
    commit: str
    unchanged: bool
    diff: Diff
    upstream_changes: tuple[UpstreamChange, ...]
    conflicts: tuple[Diagnostic, ...]


def plan_upgrade(root: Path, version: str) -> UpgradePlan:
    """What taking over ``version`` of the upstream handbook means for the overlay in ``root``.

    Raises UpgradeError for what is no overlay or cannot be read, FetchError and StateError for a version
    that cannot be had or read.
    """
    if not (root / OVERLAY_FILE).is_file():
        raise UpgradeError(
            f"there is no {OVERLAY_FILE} here: tebiki init --from ADDRESS@VERSION makes an institution's own"
        )
    handbook, problems = load(root)
    about = handbook.overlay
    if about is None:
        raise UpgradeError("\n".join(map(str, problems)))
    named = about.data["upstream"]
    upstream = Upstream(root, named["address"])
    commit = upstream.commit_of(version)
    with upstream.tree(named["commit"]) as before, upstream.tree(commit) as after:
        diff = compare(read_state(before, named["version"]), read_state(after, version))
        larger, found = load_overlay_on(root, after)
        conflicts = [one for one in {*found, *check(larger)} if one.severity == "error"]
    touches = _touches(handbook)
    beneath = tuple(sorted(_beneath(diff, touches, handbook), key=lambda one: one.dependencies[0].at))
    return UpgradePlan(
        named["version"], version, commit, commit == named["commit"], diff, beneath, tuple(sorted(conflicts))
    )


def apply_upgrade(root: Path, step: UpgradePlan) -> None:
    """Write the version and the commit of ``step`` into ``overlay.yml``, and nothing else.

    Raises UpgradeError while there are conflicts; then nothing is written.
    """
    if step.conflicts:
        raise UpgradeError(f"{len(step.conflicts)} conflicts: settle them, then take {step.new} over")
    file = root / OVERLAY_FILE
    handbook, _problems = load(root)
    assert handbook.overlay is not None  # plan_upgrade has read it
    places = handbook.overlay.data["upstream"].positions
    lines = file.read_text(encoding="utf-8").split("\n")
    for key, value in (("version", json.dumps(step.new, ensure_ascii=False)), ("commit", f'"{step.commit}"')):
        line, column = places[key]
        before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        written = re.match(_VALUE.format(key=key), rest)
        if not written:
            raise UpgradeError(
                f"{OVERLAY_FILE}:{line}:{column} is not key: value on one line: write {value} there by hand"
            )
        lines[line - 1] = f"{before}{written['key']}{value}{rest[written.end() :]}"
    write_files(root, {OVERLAY_FILE: "\n".join(lines)})


def _touches(handbook: Handbook) -> dict[str, list[Dependency]]:
    """The places of the overlay by what they rest on, in the order of the files."""
    found: dict[str, list[Dependency]] = {}
    whole = {part.id: item.id for item in handbook.items for part in item.parts}
    own = {item.id for item in handbook.items if not item.at.upstream}
    for touch in sorted(set(_all_touches(handbook)), key=lambda one: (one.at, one.relation)):
        one = whole.get(touch.id, touch.id)
        if one not in own:
            found.setdefault(one, []).append(touch)
    return found


def _all_touches(handbook: Handbook) -> Iterator[Dependency]:
    about = handbook.overlay
    assert about is not None
    if desk := about.data.get("desk"):
        yield Dependency(desk["page"], "desk", place_of(desk, "page", about.at.file))
    for one in about.hidden:
        yield Dependency(one, "hidden", place_of(about.hidden, one, about.hidden_at.file))
    for added in about.additions:
        yield Dependency(added.checklist, "questions", added.at)
        for item in added.questions:
            for question in item.depends_on:
                yield Dependency(f"{added.checklist}#{question}", "condition", item.at)
    for file, values in traverse.all_values(handbook):
        for position, key, value in values if not Place(file).upstream else ():
            if not isinstance(value, str):
                continue
            if key in _NAMED:
                yield Dependency(value, "guidance" if key == "under" else "link", Place(file, *position))
            for match in LINK.finditer(value) if "[[" in value else ():
                yield Dependency(match["id"].strip(), "link", Place(file, *position))
    for page in handbook.pages:
        for language, body in page.body.items() if not page.head.at.upstream else ():
            for match in LINK.finditer(body):
                yield Dependency(match["id"].strip(), "link", page.place(language, match.start()))
            for embed in embeds(body):
                for name in embed.arguments:
                    yield Dependency(name, "link", page.place(language, embed.start))


def _beneath(
    diff: Diff, touches: Mapping[str, list[Dependency]], handbook: Handbook
) -> Iterator[UpstreamChange]:
    for change in diff.changes:
        if change.key in touches and change.kind != "checklist":
            told = ""
            if change.change_type == "retired":
                told = ", ".join(diff.new.handbook.retired[change.key]["successors"])
            yield UpstreamChange(
                change.key, change.change_type, told, change.fields, tuple(touches[change.key])
            )
    changed = {change.key for change in diff.changes}
    for one in diff.statuses:
        if one.id in touches and one.id not in changed:
            yield UpstreamChange(one.id, "standing", f"{one.old} → {one.new}", (), tuple(touches[one.id]))
    old, new = ({c.id: c for c in tree.handbook.current_checklists} for tree in (diff.old, diff.new))
    for touched, places in touches.items():
        name, _, question = touched.partition("#")
        if name in old:
            yield from _checklist(touched, question, old[name], new.get(name), tuple(places))


def _checklist(
    one: str, question: str, old: Checklist, new: Checklist | None, touches: tuple[Dependency, ...]
) -> Iterator[UpstreamChange]:
    """What becomes of a checklist that questions are added to, or of one of its questions."""
    if not question:
        if new is None:
            yield UpstreamChange(one, "removed", "", (), touches)
        elif found := tuple(diff_fields(_sections(old), _sections(new))):
            yield UpstreamChange(one, "changed", f"{old.version} → {new.version}", found, touches)
        return
    before = next((item for item in old.questions if item.id == question), None)
    after = next((item for item in new.questions if item.id == question), None) if new else None
    if after is None or (after.retired and before and not before.retired):
        yield UpstreamChange(one, "retired" if after else "removed", "", (), touches)
    elif before and (found := tuple(diff_fields(plain_data(before.data), plain_data(after.data)))):
        yield UpstreamChange(one, "changed", "", found, touches)


def _sections(checklist: Checklist) -> Any:
    """What a section is called and asks: which of them, not in what words."""
    return {
        section.id: {
            "title": plain_data(section.data["title"]),
            "asked": [question.id for question in section.questions if not question.retired],
        }
        for section in checklist.sections
    }
