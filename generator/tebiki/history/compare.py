"""Comparison of two states of a handbook: all changes, as values and as JSON that can be applied."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from tebiki.history.checklist_change import ChecklistChange, checklist_changes
from tebiki.history.field_diff import FieldChange, apply_fields, diff_fields, list_moves
from tebiki.history.state import Entry, State
from tebiki.history.word_diff import word_diff
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item, Part
from tebiki.model.page_status import entries_on, page_status

FORMAT = "tebiki-diff"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Change:
    """An entry whose content or place changed.

    Attributes:
        key: The key of the entry.
        kind: Its kind.
        old: The older entry; None for an added entry.
        new: The newer entry; None for a removed entry.
        fields: The changes inside the entry.
        moved: Whether it is in another file, or after another entry of the same file.
        after: The key of the entry that it follows in its file, if it was added or moved; None at the beginning.
        retired: Whether content/retired.yml records that it was removed.
    """

    key: str
    kind: str
    old: Entry | None
    new: Entry | None
    fields: tuple[FieldChange, ...]
    moved: bool
    after: str | None
    retired: bool

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it last was."""
        entry = self.new or self.old
        assert entry is not None
        return entry

    @property
    def change_type(self) -> str:
        """``added``, ``retired``, ``removed``, ``changed`` (it may have moved as well) or ``moved``."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "retired" if self.retired else "removed"
        return "changed" if self.fields or self.old.kind != self.new.kind else "moved"


@dataclass(frozen=True)
class StatusChange:
    """An item, part or page whose status changed.

    Attributes:
        id: The id.
        old: The older status.
        new: The newer status.
        through: The sources whose change of status caused it; empty if its own stated status changed.
    """

    id: str
    old: str
    new: str
    through: tuple[str, ...]


@dataclass(frozen=True)
class Diff:
    """All changes between two states. ``statuses`` and ``checklists`` follow from ``changes``."""

    old: State
    new: State
    changes: tuple[Change, ...]
    statuses: tuple[StatusChange, ...]
    checklists: tuple[ChecklistChange, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)


def compare(old: State, new: State) -> Diff:
    """Return all changes from ``old`` to ``new``: none if and only if the states are equal (see ``State``)."""
    changes = tuple(_changes(old, new))
    statuses = tuple(_statuses(old.handbook, new.handbook))
    return Diff(old, new, changes, statuses, tuple(checklist_changes(old.handbook, new.handbook)))


def _changes(old: State, new: State) -> Iterator[Change]:
    places = new.order
    before = old.order
    after: dict[str, str | None] = {}
    for place, keys in places.items():
        after.update(list_moves(before.get(place, []), keys))
    retired = new.handbook.retired
    for key, entry in new.entries.items():
        known = old.entries.get(key)
        if known is None:
            yield Change(key, entry.kind, None, entry, (), False, after[key], False)
            continue
        fields = tuple(diff_fields(known.data, entry.data))
        if fields or key in after or known.kind != entry.kind:
            yield Change(key, entry.kind, known, entry, fields, key in after, after.get(key), False)
    for key, entry in old.entries.items():
        if key not in new.entries:
            yield Change(key, entry.kind, entry, None, (), False, None, key in retired)


def _statuses(old: Handbook, new: Handbook) -> Iterator[StatusChange]:
    sources = {
        key: (source.status, new.sources[key].status)
        for key, source in old.sources.items()
        if key in new.sources
    }
    changed = {key for key, (before, after) in sources.items() if before != after}
    before = {entry.id: entry for entry in entry_statuses(old)}
    for entry in entry_statuses(new):
        known = before.get(entry.id)
        if known and known.status != entry.status:
            through = tuple(sorted(changed & entry.sources)) if entry.stated == known.stated else ()
            yield StatusChange(entry.id, known.status, entry.status, through)


class EntryStatus(NamedTuple):
    """The status of an item, part, page or checklist.

    Attributes:
        id: The id.
        status: The status that readers see.
        stated: The status that the file states, if it states one.
        sources: The ids of the sources.
    """

    id: str
    status: str
    stated: str | None
    sources: frozenset[str]


def entry_statuses(handbook: Handbook) -> Iterator[EntryStatus]:
    """Yield the status of every item, part, page and checklist."""
    for item in handbook.items:
        yield _entry_status(handbook, item.id, item)
        for part in item.parts:
            yield _entry_status(handbook, part.id, part)
    for page in handbook.pages:
        if status := page_status(handbook, page):
            groups = (page.head.sources, *(entry.sources for entry in entries_on(handbook, page)))
            sources = frozenset(reference.source for group in groups for reference in group)
            yield EntryStatus(page.id, status, page.head.status, sources)
    for checklist in handbook.current_checklists:
        yield _entry_status(handbook, checklist.id, checklist.head)


def _entry_status(handbook: Handbook, entry_id: str, entry: Item | Part) -> EntryStatus:
    status = handbook.status_of(entry.status, entry.sources)
    sources = frozenset(reference.source for reference in entry.sources)
    return EntryStatus(entry_id, status, entry.status, sources)


def diff_as_json(diff: Diff) -> dict[str, Any]:
    """Return ``diff`` as JSON data. ``apply_changes`` makes the newer state of the older one with its ``changes``."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "old": _state_as_json(diff.old),
        "new": _state_as_json(diff.new),
        "changes": [_change_as_json(change) for change in diff.changes],
        "statuses": [
            {"id": status.id, "old": status.old, "new": status.new, "through": list(status.through)}
            for status in diff.statuses
        ],
        "checklists": [checklist.as_json() for checklist in diff.checklists],
    }


def _state_as_json(state: State) -> dict[str, Any]:
    data = state.handbook.data
    return {"name": state.name, "version": data.get("version"), "date": data.get("date")}


def _change_as_json(change: Change) -> dict[str, Any]:
    result: dict[str, Any] = {"id": change.key, "kind": change.kind, "what": change.change_type}
    if change.old is None:
        result |= {"place": change.entry.place, "after": change.after, "data": change.entry.data}
    elif change.new is None:
        result |= {"place": change.entry.place, "data": change.entry.data}
    else:
        if change.old.kind != change.new.kind:
            result["was"] = change.old.kind
        if change.moved:
            result["moved"] = {"from": change.old.place, "to": change.new.place, "after": change.after}
        if change.fields:
            result["fields"] = [_field_as_json(field) for field in change.fields]
    return result


def _field_as_json(field: FieldChange) -> dict[str, Any]:
    path = [{step[0]: step[1]} if isinstance(step, tuple) else step for step in field.path]
    result: dict[str, Any] = {"op": field.op, "path": path}
    if field.op in ("set", "remove"):
        result["old"] = field.old
    if field.op in ("set", "add"):
        result["new"] = field.new
    if field.op in ("add", "move") and isinstance(field.path[-1], tuple):
        result["after"] = field.after
    if field.op == "set" and isinstance(field.old, str) and isinstance(field.new, str):
        result["words"] = [list(segment) for segment in word_diff(field.old, field.new)]
    return result


#: The entries of a state by place, in their order, each as (key, kind, data).
PlainState = dict[str, list[tuple[str, str, Any]]]


def plain_state(state: State) -> PlainState:
    """Return what counts of a state in a comparison as plain data."""
    plain: PlainState = {}
    for entry in state.entries.values():
        plain.setdefault(entry.place, []).append((entry.key, entry.kind, entry.data))
    return plain


def apply_changes(old: PlainState, changes: list[Mapping[str, Any]]) -> PlainState:
    """Apply the changes of a diff.

    Args:
        old: The older state; it is not changed.
        changes: The member ``changes`` of ``diff_as_json``.

    Returns:
        The newer state.

    Raises:
        ValueError: ``old`` is not the state that the changes start from.
    """
    entries = {key: (kind, data) for contents in old.values() for key, kind, data in contents}
    order = {place: [key for key, _kind, _data in contents] for place, contents in old.items()}
    for change in changes:
        key = change["id"]
        if change["what"] == "added":
            entries[key] = (change["kind"], copy.deepcopy(change["data"]))
            _insert(order, change["place"], key, change["after"])
            continue
        if key not in entries:
            raise ValueError(f"there is no {key} to change")
        if change["what"] in ("removed", "retired"):
            del entries[key]
            order[change["place"]].remove(key)
            continue
        fields = [_field_from_json(field) for field in change.get("fields", ())]
        entries[key] = (change["kind"], apply_fields(entries[key][1], fields))
        if "moved" in change:
            order[change["moved"]["from"]].remove(key)
            _insert(order, change["moved"]["to"], key, change["moved"]["after"])
    return {place: [(key, *entries[key]) for key in keys] for place, keys in order.items() if keys}


def _insert(order: dict[str, list[str]], place: str, key: str, after: str | None) -> None:
    keys = order.setdefault(place, [])
    if after is not None and after not in keys:
        raise ValueError(f"there is no {after} in {place} to put {key} after")
    keys.insert(0 if after is None else keys.index(after) + 1, key)


def _field_from_json(data: Mapping[str, Any]) -> FieldChange:
    path = tuple(next(iter(step.items())) if isinstance(step, Mapping) else step for step in data["path"])
    return FieldChange(data["op"], path, data.get("old"), data.get("new"), data.get("after"))
