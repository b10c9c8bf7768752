"""A Handbook as entries that can be compared, written as JSON, and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.handbook import Handbook, Page
from tebiki.reading.load import load

#: Entries that are no item of their own have a key that no id can be: it holds a sign that ids do not.
HANDBOOK = "content/handbook"
SITE = "mkdocs.yml"
OVERLAY = "overlay.yml"


class StateError(Exception):
    """A state of the handbook cannot be compared; the text says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """One thing that the handbook holds.

    ``key`` is its id, that of a checklist with the version (``ID@1.0.0``). ``place`` is the file that
    holds it; of a page, which has one file for each language, the path without language and ending.
    ``data`` is plain JSON; a page's has title, description and body by language.
    """

    key: str
    kind: str
    place: str
    data: Any
    at: Place


@dataclass(frozen=True)
class State:
    """All entries of one state, in the order in which the handbook has them.

    ``handbook`` is what they were made of. Trees are equal when the keys, kinds, places, data and the
    order of the entries that share a place are; comments and spacing in the files do not count, nor
    does the order of the keys of a mapping, which has no meaning in YAML.
    """

    name: str
    entries: Mapping[str, Entry]
    handbook: Handbook

    @property
    def order(self) -> dict[str, list[str]]:
        """The keys of the entries by place, in their order there."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.place, []).append(entry.key)
        return found


def read_state(root: Path, name: str) -> State:
    """The handbook in the folder ``root``; ``name`` is what messages call it.

    Raises StateError when part of it cannot be read: what cannot be read would look as if it were gone.
    """
    handbook, problems = load(root)
    if problems:
        raise StateError(_unreadable(name, problems))
    return build_state(handbook, name)


def build_state(handbook: Handbook, name: str) -> State:
    """``handbook`` as a State. Raises StateError when an id stands there twice."""
    entries: dict[str, Entry] = {}
    for entry in _entries(handbook):
        if entry.key in entries:
            message = f"{name} has {entry.key} twice, at {entries[entry.key].at} and {entry.at}"
            raise StateError(f"{message}: give one of them another id")
        entries[entry.key] = entry
    return State(name, entries, handbook)


def _unreadable(name: str, problems: list[Diagnostic]) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return (
        f"{name} cannot be read: {problems[0]}{more}; mend it, or, if it was written for another version"
        " of the generator, compare with a state that this one reads"
    )


def _entries(handbook: Handbook) -> Iterator[Entry]:
    yield Entry(SITE, "site", SITE, plain_data(handbook.site), Place(SITE))
    yield Entry(HANDBOOK, "handbook", handbook.at.file, plain_data(handbook.data), handbook.at)
    for name, recorded in _records(handbook):
        if recorded:
            yield Entry(
                f"content/{name}", name, f"content/{name}", plain_data(recorded), Place(f"content/{name}.yml")
            )
    for log in handbook.change_logs:
        yield Entry(f"changes/{log.version}", "changes", log.at.file, plain_data(log.data), log.at)
    if handbook.overlay:
        about = handbook.overlay
        yield Entry(OVERLAY, "overlay", about.at.file, plain_data(about.data), about.at)
        if about.hidden:
            yield Entry(
                "content/hidden", "hidden", "content/hidden", plain_data(about.hidden), about.hidden_at
            )
        for added in about.additions:
            yield Entry(
                f"{added.checklist}@additions", "additions", added.at.file, plain_data(added.data), added.at
            )
    for item in handbook.items:
        yield Entry(item.id, item.kind, item.at.file, plain_data(item.data), item.at)
    for page in handbook.pages:
        yield Entry(page.id, "page", f"content/pages/{page.path}", _page(page), page.head.at)
    for checklist in handbook.checklists:
        key = f"{checklist.id}@{checklist.version}"
        yield Entry(
            key, "checklist", checklist.head.at.file, plain_data(checklist.head.data), checklist.head.at
        )
    for answers in handbook.answer_sets:
        yield Entry(answers.id, "answer-set", answers.at.file, plain_data(answers.data), answers.at)


def _records(handbook: Handbook) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "translations", handbook.translations
    yield "omissions", handbook.omissions
    yield "retired", handbook.retired


def _page(page: Page) -> dict[str, Any]:
    texts = {"title": page.title, "description": page.description, "body": page.body}
    return {**plain_data(page.head.data), **{key: dict(value) for key, value in texts.items()}}


def plain_data(value: Any) -> Any:
    """``value`` as dicts and lists of its own, without the places that the loader remembers."""
    if isinstance(value, Mapping):
        return {key: plain_data(inside) for key, inside in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(inside) for inside in value]
    return value
