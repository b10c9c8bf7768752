"""Makes the next version of a checklist out of a table: what stays, what is retired, and which number is raised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.history.change_rules import CLASSES, REASONS, Reason
from tebiki.history.state import plain_data
from tebiki.history.version_pairs import raise_version
from tebiki.interchange.cell_text import same
from tebiki.interchange.checklist_data import Record, assemble, set_at
from tebiki.interchange.columns import COLUMNS, ROW_KINDS, DataPath, is_localized, row_kind_of
from tebiki.interchange.table import Table
from tebiki.model.checklist import Checklist

#: The kinds of rows whose ids are unique in a checklist.
_UNIQUE = ("level", "result", "section", "note", "question")


@dataclass(frozen=True)
class Gone:
    """A row of the older version that the table does not have."""

    kind: str
    id: str
    retired: bool


def records_of(kind: str, data: Mapping[str, Any]) -> Record:
    """Return the record of ``data``, as a table of it would give it."""
    record = Record(kind, 0, {})
    lists = {row.path for row in ROW_KINDS.values() if kind in row.under}
    heads = {path[0] for path in lists if len(path) > 1}
    for key, value in data.items():
        if (key,) in lists:
            record.records += [records_of(row_kind_of(kind, entry, (key,)), entry) for entry in value]
        elif key in heads and isinstance(value, Mapping):
            for inner, member in value.items():
                if (key, inner) in lists:
                    record.records += [
                        records_of(row_kind_of(kind, entry, (key, inner)), entry) for entry in member
                    ]
                else:
                    set_at(record.data, (key, inner), plain_data(member))
        elif key != "kind":
            record.data[key] = plain_data(value)
    return record


def keep_older(record: Record, older: Record, table: Table) -> Iterator[Gone]:
    """Take over from an older version what the table cannot say, and retire the questions that it lacks.

    Args:
        record: The record of the checklist in the table; it is changed.
        older: The record of the older version.
        table: The table.

    Yields:
        What the older version has and the table does not, although it could.
    """
    before = _by_id(older)
    present = _by_id(record)
    _keep_values(record, older, table)
    for key, entry in present.items():
        if key in before:
            _keep_values(entry, before[key], table)
            _keep_inner(entry, before[key], table)
    yield from _keep_missing(record, older, present, table)


def keep_cells(answer_set: Record, older: Record, table: Table) -> None:
    """Take over from an answer set of the handbook what the table has no columns for."""
    before = {entry.data["id"]: entry for entry in older.records}
    for answer in answer_set.records:
        if answer.data["id"] in before:
            _keep_values(answer, before[answer.data["id"]], table)


def _by_id(record: Record) -> dict[tuple[str, str], Record]:
    """The records whose ids are unique in the whole checklist."""
    return {
        (entry.kind, entry.data["id"]): entry
        for entry in record.records_inside()
        if entry.kind in _UNIQUE and "id" in entry.data
    }


def _keep_inner(question: Record, older: Record, table: Table) -> None:
    """The same for what stands under a question: fields by their ids, advice by its order."""
    for kind in ("field", "advice"):
        before = [entry for entry in older.records if entry.kind == kind]
        if kind not in table.kinds:
            question.records += before
            continue
        earlier = {entry.data.get("id", index): entry for index, entry in enumerate(before)}
        entries = [entry for entry in question.records if entry.kind == kind]
        for index, entry in enumerate(entries):
            match = earlier.get(entry.data.get("id", index))
            if match:
                _keep_values(entry, match, table)


def _keep_missing(
    parent: Record, older: Record, present: Mapping[tuple[str, str], Record], table: Table
) -> Iterator[Gone]:
    preceding = -1
    for child in older.records:
        entry = present.get((child.kind, child.data["id"]))
        if entry is not None:
            if entry in parent.records:
                preceding = parent.records.index(entry)
            if child.kind == "section":
                yield from _keep_missing(entry, child, present, table)
            continue
        kept: Record | None = child
        if child.kind in table.kinds:
            kept = _retired(child, present)
            yield from _gone(child, present)
        if kept is not None:
            preceding += 1
            parent.records.insert(preceding, kept)


def _gone(record: Record, present: Mapping[tuple[str, str], Record]) -> Iterator[Gone]:
    for entry in record.records_inside():
        if entry.kind in _UNIQUE and (entry.kind, entry.data["id"]) not in present:
            retired = entry.kind == "question"
            if not retired or entry.data.get("status") != "retired":
                yield Gone(entry.kind, entry.data["id"], retired)


def _retired(record: Record, present: Mapping[tuple[str, str], Record]) -> Record | None:
    """What stays of a record that the table does not have: questions, retired, and the sections around them."""
    if record.kind == "question":
        return Record("question", 0, {**record.data, "status": "retired"}, record.records)
    if record.kind != "section":
        return None
    questions = [
        kept
        for child in record.records
        if (child.kind, child.data["id"]) not in present and (kept := _retired(child, present))
    ]
    return Record("section", 0, record.data, questions) if questions else None


def _keep_values(record: Record, older: Record, table: Table) -> None:
    cells = ROW_KINDS[record.kind].cells
    for column, path in cells.items():
        value = _at(older.data, path)
        if value is None:
            continue
        if not table.has(column):
            set_at(record.data, path, value)
        elif is_localized(column):
            missing = [
                language for language in _languages(value) if f"{column}.{language}" not in table.columns
            ]
            if missing:
                _keep_languages(record.data, path, value, missing, is_list=COLUMNS[column] == "lines")
    known = {path[0] for path in cells.values()} | {"kind"}
    known |= {row.path[0] for row in ROW_KINDS.values() if record.kind in row.under}
    for key, value in older.data.items():
        if key not in known and key not in table.columns:
            record.data[key] = value


def _keep_languages(
    data: dict[str, Any], path: DataPath, older: Any, missing: Sequence[str], *, is_list: bool
) -> None:
    """Keep the texts in languages that the table has no column for."""
    value = _at(data, path)
    if not is_list:
        if value is not None:
            set_at(
                data,
                path,
                {**value, **{language: older[language] for language in missing if language in older}},
            )
        return
    for entry in value or ():
        for before in older:
            if all(before.get(language) == text for language, text in entry.items()):
                entry.update({language: before[language] for language in missing if language in before})


def _languages(value: Any) -> Iterator[str]:
    for texts in value if isinstance(value, list) else [value]:
        yield from texts


def _at(data: Mapping[str, Any], path: DataPath) -> Any:
    value: Any = data
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def raise_revisions(before: Checklist, reasons: Sequence[Reason], record: Record) -> dict[str, int]:
    """Raise the revision of each question whose meaning changed, unless the table has raised it.

    Returns:
        The new revisions by question.
    """
    changed = {reason.question for reason in reasons if REASONS[reason.rule][1]}
    old = {question.id: question.rev for question in before.questions}
    raised = {}
    for question in record.records_inside():
        if question.kind == "question" and question.data["id"] in changed:
            previous = old[question.data["id"]]
            if question.data.get("rev", 1) <= previous:
                question.data["rev"] = raised[question.data["id"]] = previous + 1
    return raised


def next_version(before: Checklist, reasons: Sequence[Reason], wanted: str) -> str:
    """Return the version that the release rules ask for, or ``wanted`` if it is higher."""
    size = max((reason.size for reason in reasons), key=CLASSES.index, default="patch")
    needed = raise_version(before.order, size)
    numbers = [tuple(map(int, version.split("."))) for version in (needed, wanted or needed)]
    return wanted if wanted and numbers[1] > numbers[0] else needed


def is_equal(record: Record, before: Checklist) -> bool:
    """Return whether the record says the same as the older version, which number it may have left out."""
    old = plain_data(before.head.data)
    new = {"kind": "checklist", **assemble(record), "version": before.version}
    return same(old, new)
