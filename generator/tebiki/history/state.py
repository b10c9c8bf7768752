"""A state of a handbook as entries of plain data, which can be compared and written as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.handbook import Handbook, Page
from tebiki.model.message import Argument, Message, MessageError
from tebiki.reading.load import load

#: The keys of entries that are not items contain a character that ids cannot contain.
HANDBOOK = "content/handbook"
SITE = "mkdocs.yml"
OVERLAY = "overlay.yml"
#: The name of the state of the files on disk.
PRESENT = "the files as they are"


class StateError(MessageError):
    """A state of the handbook cannot be compared; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """An entry of a handbook, such as an item, a page or a checklist.

    Attributes:
        key: Its id; for a checklist with the version (``ID@1.0.0``).
        kind: Its kind.
        place: The file that contains it; for a page, which has a file for each language, the path without language
            and suffix.
        data: Its content as plain JSON data; for a page with title, description and body by language.
        at: Its position in the files.
    """

    key: str
    kind: str
    place: str
    data: Any
    at: Place


@dataclass(frozen=True)
class State:
    """All entries of a state of a handbook.

    States are equal if the keys, kinds, places and data of their entries are equal, and the order of the entries with
    the same place. Comments and whitespace in the files do not count, and neither does the order of the keys of a
    mapping, which has no meaning in YAML.

    Attributes:
        name: The name of the state in messages.
        entries: The entries by key, in the order of the handbook.
        handbook: The handbook that the entries were made of.
    """

    name: str
    entries: Mapping[str, Entry]
    handbook: Handbook

    @property
    def order(self) -> dict[str, list[str]]:
        """The keys of the entries by place, in their order."""
        keys: dict[str, list[str]] = {}
        for entry in self.entries.values():
            keys.setdefault(entry.place, []).append(entry.key)
        return keys


def read_state(root: Path, name: str, base: Path | None = None) -> State:
    """Read the handbook in a folder.

    Args:
        root: The folder.
        name: The name of the state in messages.

    Returns:
        The state of the handbook.

    Raises:
        StateError: A part of it cannot be read; in a comparison it would look removed.
    """
    handbook, diagnostics = load(root, base=base)
    if diagnostics:
        raise StateError(_unreadable_message(name, diagnostics))
    return build_state(handbook, name)


def build_state(handbook: Handbook, name: str) -> State:
    """Return the state of a handbook.

    Args:
        handbook: The handbook.
        name: The name of the state in messages.

    Raises:
        StateError: Two entries have the same id.
    """
    entries: dict[str, Entry] = {}
    for entry in _entries(handbook):
        if entry.key in entries:
            first = entries[entry.key].at
            raise StateError(
                Message(
                    "history.state.same-id",
                    name=state_label(name),
                    id=entry.key,
                    first=str(first),
                    second=str(entry.at),
                )
            )
        entries[entry.key] = entry
    return State(name, entries, handbook)


def state_label(name: str) -> Message | str:
    """Return the ``name`` of a state for people."""
    return Message("history.state.present") if name == PRESENT else name


def _unreadable_message(name: str, diagnostics: list[Diagnostic]) -> Message:
    more: Argument = ""
    if len(diagnostics) > 1:
        more = Message("history.state.more", count=len(diagnostics) - 1)
    problem = diagnostics[0].line
    return Message("history.state.unreadable", name=state_label(name), problem=problem, more=more)


def _entries(handbook: Handbook) -> Iterator[Entry]:
    yield Entry(SITE, "site", SITE, plain_data(handbook.site), Place(SITE))
    yield _entry(HANDBOOK, "handbook", handbook)
    for kind, records in _records(handbook):
        if records:
            path = f"content/{kind}"
            yield Entry(path, kind, path, plain_data(records), Place(f"{path}.yml"))
    for log in handbook.change_logs:
        yield _entry(f"changes/{log.version}", "changes", log)
    if handbook.overlay:
        overlay = handbook.overlay
        yield _entry(OVERLAY, "overlay", overlay)
        if overlay.hidden:
            path = "content/hidden"
            yield Entry(path, "hidden", path, plain_data(overlay.hidden), overlay.hidden_at)
        for additions in overlay.additions:
            yield _entry(f"{additions.checklist}@additions", "additions", additions)
    for item in handbook.items:
        yield _entry(item.id, item.kind, item)
    for page in handbook.pages:
        yield Entry(page.id, "page", f"content/pages/{page.path}", _page(page), page.head.at)
    for checklist in handbook.checklists:
        yield _entry(f"{checklist.id}@{checklist.version}", "checklist", checklist.head)
    for answer_set in handbook.answer_sets:
        yield _entry(answer_set.id, "answer-set", answer_set)


class _FromFile(Protocol):
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def at(self) -> Place: ...


def _entry(key: str, kind: str, source: _FromFile) -> Entry:
    return Entry(key, kind, source.at.file, plain_data(source.data), source.at)


def _records(handbook: Handbook) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "translations", handbook.translations
    yield "omissions", handbook.omissions
    yield "retired", handbook.retired


def _page(page: Page) -> dict[str, Any]:
    texts = {"title": page.title, "description": page.description, "body": page.body}
    return {**plain_data(page.head.data), **{key: dict(value) for key, value in texts.items()}}


def plain_data(value: Any) -> Any:
    """Return a copy of ``value`` in dicts and lists, without the positions that the loader keeps."""
    if isinstance(value, Mapping):
        return {key: plain_data(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(element) for element in value]
    return value
