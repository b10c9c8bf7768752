"""compare: two Trees → every change between them, as values and as JSON that can be applied."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.history.checklist_change import ChecklistChange, checklist_changes
from tebiki.history.field_diff import FieldChange, apply_fields, diff_fields, list_moves
from tebiki.history.state import Entry, State
from tebiki.history.word_diff import word_diff
from tebiki.model.handbook import Handbook

FORMAT = "tebiki-diff"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Change:
    """One entry that is not what, or not where, it was.

    ``old`` is None for an added entry, ``new`` for one that is gone; ``retired`` says whether its end is
    recorded in content/retired.yml. ``moved`` says whether it stands elsewhere: in another file, or
    behind another entry of the same file, which is ``after`` (None: at the beginning).
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
        """``added``, ``retired``, ``removed``, ``changed`` or ``moved``; what changed may have moved as well."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "retired" if self.retired else "removed"
        return "changed" if self.fields or self.old.kind != self.new.kind else "moved"


@dataclass(frozen=True)
class StatusChange:
    """An item, part or page whose standing is another one, by its own change or by that of a source."""

    id: str
    old: str
    new: str
    through: tuple[str, ...]  # ids of the sources whose status changed, where its own did not


@dataclass(frozen=True)
class Diff:
    """All that changed between two trees. ``statuses`` and ``checklists`` follow from ``changes``."""

    old: State
    new: State
    changes: tuple[Change, ...]
    statuses: tuple[StatusChange, ...]
    checklists: tuple[ChecklistChange, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)


def compare(old: State, new: State) -> Diff:
    """Every change from ``old`` to ``new``: none if and only if the trees are equal (see ``State``)."""
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
    before = {one: (status, stated) for one, status, stated, _sources in entry_statuses(old)}
    for one, status, stated, used in entry_statuses(new):
        if one in before and before[one][0] != status:
            through = tuple(sorted(changed & used)) if stated == before[one][1] else ()
            yield StatusChange(one, before[one][0], status, through)


def entry_statuses(handbook: Handbook) -> Iterator[tuple[str, str, str | None, frozenset[str]]]:
    """(id, standing shown, standing stated, its sources) of every item, part, page and checklist."""
    things: list[tuple[str, Any]] = []
    for item in handbook.items:
        things += [(item.id, item), *((part.id, part) for part in item.parts)]
    things += [(page.id, page.head) for page in handbook.pages if "editorial" not in page.head.data]
    things += [(checklist.id, checklist.head) for checklist in handbook.current_checklists]
    for one, thing in things:
        status = handbook.status_of(thing.status, thing.sources)
        yield one, status, thing.status, frozenset(reference.source for reference in thing.sources)


def diff_as_json(diff: Diff) -> dict[str, Any]:
    """``diff`` as JSON. Its ``changes`` are complete: ``apply_changes`` makes the new tree of the old with them."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "old": _named(diff.old),
        "new": _named(diff.new),
        "changes": [_change_record(change) for change in diff.changes],
        "statuses": [
            {"id": one.id, "old": one.old, "new": one.new, "through": list(one.through)}
            for one in diff.statuses
        ],
        "checklists": [one.as_json() for one in diff.checklists],
    }


def _named(tree: State) -> dict[str, Any]:
    data = tree.handbook.data
    return {"name": tree.name, "version": data.get("version"), "date": data.get("date")}


def _change_record(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"id": change.key, "kind": change.kind, "what": change.change_type}
    if change.old is None:
        found |= {"place": change.entry.place, "after": change.after, "data": change.entry.data}
    elif change.new is None:
        found |= {"place": change.entry.place, "data": change.entry.data}
    else:
        if change.old.kind != change.new.kind:
            found["was"] = change.old.kind
        if change.moved:
            found["moved"] = {"from": change.old.place, "to": change.new.place, "after": change.after}
        if change.fields:
            found["fields"] = [_field_record(field) for field in change.fields]
    return found


def _field_record(field: FieldChange) -> dict[str, Any]:
    path = [{step[0]: step[1]} if isinstance(step, tuple) else step for step in field.path]
    found: dict[str, Any] = {"op": field.op, "path": path}
    if field.op in ("set", "remove"):
        found["old"] = field.old
    if field.op in ("set", "add"):
        found["new"] = field.new
    if field.op in ("add", "move") and isinstance(field.path[-1], tuple):
        found["after"] = field.after
    if field.op == "set" and isinstance(field.old, str) and isinstance(field.new, str):
        found["words"] = [list(piece) for piece in word_diff(field.old, field.new)]
    return found


#: What ``apply_changes`` works on: by place, the entries in their order, each (key, kind, data).
PlainState = dict[str, list[tuple[str, str, Any]]]


def plain_state(tree: State) -> PlainState:
    """What counts of ``tree`` when trees are compared, as plain data."""
    found: PlainState = {}
    for entry in tree.entries.values():
        found.setdefault(entry.place, []).append((entry.key, entry.kind, entry.data))
    return found


def apply_changes(old: PlainState, changes: list[Mapping[str, Any]]) -> PlainState:
    """The tree ``old`` with ``changes`` (of ``record``) taken over; ``old`` itself stays as it is.

    Raises ValueError where ``old`` is not the tree that the changes were made from.
    """
    entries = {key: (kind, data) for inside in old.values() for key, kind, data in inside}
    order = {place: [key for key, _kind, _data in inside] for place, inside in old.items()}
    for change in changes:
        key = change["id"]
        if change["what"] == "added":
            entries[key] = (change["kind"], copy.deepcopy(change["data"]))
            _put(order, change["place"], key, change["after"])
            continue
        if key not in entries:
            raise ValueError(f"there is no {key} to change")
        if change["what"] in ("removed", "retired"):
            del entries[key]
            order[change["place"]].remove(key)
            continue
        fields = [_field(one) for one in change.get("fields", ())]
        entries[key] = (change["kind"], apply_fields(entries[key][1], fields))
        if "moved" in change:
            order[change["moved"]["from"]].remove(key)
            _put(order, change["moved"]["to"], key, change["moved"]["after"])
    return {place: [(key, *entries[key]) for key in keys] for place, keys in order.items() if keys}


def _put(order: dict[str, list[str]], place: str, key: str, after: str | None) -> None:
    keys = order.setdefault(place, [])
    if after is not None and after not in keys:
        raise ValueError(f"there is no {after} in {place} to put {key} behind")
    keys.insert(0 if after is None else keys.index(after) + 1, key)


def _field(record: Mapping[str, Any]) -> FieldChange:
    path = tuple(next(iter(step.items())) if isinstance(step, Mapping) else step for step in record["path"])
    return FieldChange(record["op"], path, record.get("old"), record.get("new"), record.get("after"))
