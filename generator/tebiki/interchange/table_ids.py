"""The ids of the rows of a table: as they are, made from those of another list, or new."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tebiki.interchange.checklist_data import Reading, Record
from tebiki.interchange.columns import ROW_KINDS
from tebiki.interchange.table import Problem
from tebiki.reading.schema import read_schema

#: The keys of a row whose values are ids of other rows.
_REFERENCES = {"when", "level", "replaces", "for", "default"}


def complete_ids(reading: Reading, checklist_id: str, used: Iterable[str]) -> Iterator[Problem]:
    """Give every record a valid id, and its conditions and references the ids that others have got.

    Args:
        reading: What was read from a table; its records are changed.
        checklist_id: The id of the checklist.
        used: Ids that no new record may get.

    Yields:
        Each id that was made or changed (the reasons ``made-id`` and ``changed-id``), or cannot be used (``bad-id``).
    """
    records = [*reading.checklist.records_inside()][1:]
    for answer_set in reading.answer_sets:
        records += answer_set.records_inside()
    taken = {str(record.data["id"]) for record in records if "id" in record.data}
    reserved = {*taken, *used}
    changed: dict[str, str] = {}
    for record in records:
        if "id" not in ROW_KINDS[record.kind].cells:
            continue
        old = record.data.get("id")
        if old is None:
            record.data = {"id": _new_id(record, checklist_id, reserved), **record.data}
            yield Problem(record.row, "id", "made-id", {"kind": record.kind, "id": record.data["id"]})
        elif not is_id(old):
            new = as_id(old)
            if not new or new in taken:
                yield Problem(record.row, "id", "bad-id", {"id": old})
                continue
            taken.add(new)
            changed[old] = record.data["id"] = new
            yield Problem(record.row, "id", "changed-id", {"old": old, "id": new})
    for record in reading.checklist.records_inside() if changed else ():
        for key in record.data.keys() & _REFERENCES:
            record.data[key] = _renamed(record.data[key], changed)


def is_id(text: str) -> bool:
    """Return whether ``text`` is an id as the schemas define it."""
    schema = read_schema("common")["$defs"]["id"]
    return bool(re.fullmatch(schema["pattern"].removesuffix("$"), text)) and len(text) <= schema["maxLength"]


def as_id(text: str) -> str:
    """Return the id that is most like ``text``; "" if nothing of it can stand in an id."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-")


def _new_id(record: Record, checklist_id: str, taken: set[str]) -> str:
    prefix = record.kind if record.kind in ("field", "answer") else f"{checklist_id}-{record.kind}"
    new = next(name for number in itertools.count(1) if (name := f"{prefix}-{number}") not in taken)
    taken.add(new)
    return new


def _renamed(value: Any, changed: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _renamed(member, changed) for key, member in value.items()}
    if isinstance(value, list):
        return [_renamed(entry, changed) for entry in value]
    return changed.get(value, value) if isinstance(value, str) else value
