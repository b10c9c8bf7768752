"""The rules for releasing a version: they find changes that break a promise to readers.

The promises: addresses stay valid, old results can still be read, an answer keeps the meaning of its question, and
the change log lists every change. Each rule is one function; ``RELEASE_RULES`` holds their docstrings, which
``docs/release-rules.md`` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from tebiki.history.change_log import change_log, log_entries, log_file
from tebiki.history.change_rules import CLASSES, REASONS
from tebiki.history.compare import Diff
from tebiki.history.field_diff import equal_json
from tebiki.history.state import State
from tebiki.history.version_pairs import raise_version, raised_class, version_pairs
from tebiki.model.checklist import asked_data
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.message import Message
from tebiki.model.positions import place_of

#: The description of every rule by its id.
RELEASE_RULES: dict[str, str] = {}
Rule = TypeVar("Rule", bound=Callable[..., object])


def release_problems(diff: Diff) -> list[Diagnostic]:
    """Return all violations of the release rules.

    Args:
        diff: The difference from the last release to the version to release.

    Returns:
        The diagnostics in the order of their places.
    """
    return sorted({diagnostic for check in _CHECKS for diagnostic in check(diff)})


def _rule(name: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        RELEASE_RULES[name] = function.__doc__ or ""
        return function

    return register


@_rule("release-vanished")
def _vanished(diff: Diff) -> Iterator[Diagnostic]:
    """An id that was released is gone without being retired.

    An id is a permanent address. Put the entry back, or list it in ``content/retired.yml`` with what
    readers find instead. A question of a checklist stays in its file with ``status: retired``, and the
    file of a released version stays for good: old results are read with it. The place is where it
    stood in the released version.
    """
    handbook = diff.new.handbook
    retired = handbook.retired
    present = {address.id for address in _permanent_addresses(diff.new)}
    for address in _permanent_addresses(diff.old):
        if address.id in present or address.id in retired:
            continue
        if address.kind == "checklist":
            message = Message("history.release.checklist-vanished", id=address.id)
        else:
            members = f"kind: {address.kind}, title: {_flow_mapping(address.title)}"
            entry = f"{address.id}: {{{members}, since: {handbook.data['version']}, successors: []}}"
            message = Message("history.release.vanished", id=address.id, entry=entry)
        yield Diagnostic(address.at, "release-vanished", message)
    for entry_id in diff.old.handbook.retired:
        if entry_id not in retired:
            message = Message("history.release.no-longer-retired", id=entry_id)
            yield Diagnostic(handbook.retired_at, "release-vanished", message)
    for pair in version_pairs(diff):
        kept = {item.id for item in pair.after.questions}
        for item in pair.before.questions:
            if item.id not in kept:
                message = Message(
                    "history.release.question-vanished", id=item.id, version=pair.before.version
                )
                yield Diagnostic(pair.after.head.at, "release-vanished", message)
    yield from _vanished_additions(diff)


def _vanished_additions(diff: Diff) -> Iterator[Diagnostic]:
    """The questions that an institution added to checklists and has removed."""
    old, new = diff.old.handbook.overlay, diff.new.handbook.overlay
    if old is None or new is None:
        return
    kept = {item.id for additions in new.additions for item in additions.questions}
    places = {additions.checklist: additions.at for additions in new.additions}
    for additions in old.additions:
        at = places.get(additions.checklist, additions.at)
        for item in additions.questions:
            if item.id not in kept:
                message = Message("history.release.addition-vanished", id=item.id)
                yield Diagnostic(at, "release-vanished", message)


@_rule("release-edited")
def _edited(diff: Diff) -> Iterator[Diagnostic]:
    """A checklist version that was released has been edited.

    Results name the version that was answered, with its digest. Restore the file, and write the change
    into a new file with a higher version. The answers that a released checklist offers may get better
    words, but stay the same answers with the same roles: for others, make a new answer set.
    """
    for key, entry in diff.old.entries.items():
        present = diff.new.entries.get(key)
        if entry.kind != "checklist" or present is None:
            continue
        if not equal_json(asked_data(entry.data), asked_data(present.data)):
            message = Message(
                "history.release.checklist-edited",
                id=key.replace("@", " "),
                released=diff.old.name,
                file=_next_file(diff, key),
            )
            yield Diagnostic(present.at, "release-edited", message)
    used = {checklist.answer_set for checklist in diff.old.handbook.checklists}
    new_sets = {answer_set.id: answer_set for answer_set in diff.new.handbook.answer_sets}
    for before in diff.old.handbook.answer_sets:
        after = new_sets.get(before.id)
        if before.id in used and after and dict(before.roles) != dict(after.roles):
            message = Message("history.release.answers-edited", id=before.id)
            yield Diagnostic(after.at, "release-edited", message)


@_rule("release-rev")
def _rev(diff: Diff) -> Iterator[Diagnostic]:
    """The meaning of a question changed, but its ``rev`` was not raised.

    With a raised ``rev`` the form asks people to confirm the answer they gave to the older question.
    Which changes are changes of meaning is listed in ``docs/checklist-versions.md``.
    """
    for pair in version_pairs(diff):
        before = {item.id: item for item in pair.before.questions}
        for item in pair.after.questions:
            old = before.get(item.id)
            if old is None or item.rev > old.rev:
                continue
            reasons = [
                reason for reason in pair.reasons if reason.question == item.id and REASONS[reason.rule][1]
            ]
            if reasons and item.rev == old.rev:
                message = Message(
                    "history.release.rev-missing",
                    id=item.id,
                    version=pair.before.version,
                    where=reasons[0].where,
                    reason=reasons[0].description,
                    rev=old.rev + 1,
                )
                yield Diagnostic(item.at, "release-rev", message)
            elif item.rev < old.rev:
                message = Message(
                    "history.release.rev-fell", id=item.id, rev=old.rev, version=pair.before.version
                )
                yield Diagnostic(item.at, "release-rev", message)


@_rule("release-version")
def _version(diff: Diff) -> Iterator[Diagnostic]:
    """The version of a checklist is too small for what it changes.

    Wording raises the last number at least, something new or optional the middle one, a change of
    meaning, a removal or other answers the first. The classes are listed in
    ``docs/checklist-versions.md``.
    """
    for pair in version_pairs(diff):
        size = pair.size
        if (
            size is None
            or pair.before.version == pair.after.version
            or raised_class(pair) >= CLASSES.index(size)
        ):
            continue
        reason = next(reason for reason in pair.reasons if reason.size == size)
        needed = raise_version(pair.before.order, size)
        message = Message(
            "history.release.version-too-small",
            id=pair.after.id,
            version=pair.after.version,
            size=size,
            before=pair.before.version,
            where=reason.where,
            reason=reason.description,
            needed=needed,
        )
        place = place_of(pair.after.head.data, "version", pair.after.head.at.file)
        yield Diagnostic(place, "release-version", message)


@_rule("release-log")
def _log(diff: Diff) -> Iterator[Diagnostic]:
    """The handbook's version was not raised, or its change log does not name everything that changed.

    Raise ``version`` and ``date`` in ``content/handbook.yml``, then let
    ``tebiki diff VERSION --write`` write ``content/changes/VERSION.yml`` and add words for readers.
    """
    handbook = diff.new.handbook
    version, released = handbook.data["version"], diff.old.handbook.data["version"]
    if not diff:
        return
    place = place_of(handbook.data, "version", handbook.at.file)
    if _version_order(version) <= _version_order(released):
        message = Message("history.release.version-not-raised", name=diff.old.name, version=released)
        yield Diagnostic(place, "release-log", message)
        return
    log = change_log(handbook)
    if log is None:
        message = Message("history.release.no-log", version=version, released=diff.old.name)
        yield Diagnostic(Place(log_file(version)), "release-log", message)
        return
    logged = {entry["id"] for entry in log.entries}
    place = place_of(log.data, "changes", log.at.file)
    for entry_id, entry in log_entries(diff).items():
        if entry_id not in logged:
            change_type = entry["what"]
            message = Message(
                "history.release.not-logged",
                id=entry_id,
                change=change_type,
                entry=f"- {{id: {entry_id}, what: {change_type}}}",
                released=diff.old.name,
            )
            yield Diagnostic(place, "release-log", message)


@_rule("release-uncommitted")
def uncommitted(files: list[str]) -> Iterator[Diagnostic]:
    """A file differs from what is committed.

    What is released is what is committed. Commit the file, or restore it.
    """
    for file in files:
        yield Diagnostic(Place(file), "release-uncommitted", Message("history.release.uncommitted"))


_CHECKS = (_vanished, _edited, _rev, _version, _log)


class _Address(NamedTuple):
    """An id that is a permanent address."""

    id: str
    kind: str
    at: Place
    title: Mapping[str, str]


def _permanent_addresses(state: State) -> Iterator[_Address]:
    handbook = state.handbook
    for item in handbook.items:
        yield _Address(item.id, item.kind, item.at, item.title)
        for part in item.parts:
            yield _Address(part.id, "part", part.at, part.data.get("title", item.title))
    for page in handbook.pages:
        yield _Address(page.id, "page", page.head.at, page.title)
    for answers in handbook.answer_sets:
        yield _Address(answers.id, "answer-set", answers.at, dict.fromkeys(handbook.languages, answers.id))
    for checklist in handbook.checklists:
        head = checklist.head
        yield _Address(f"{checklist.id} {checklist.version}", "checklist", head.at, head.title)


def _flow_mapping(title: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f'{language}: "{text}"' for language, text in title.items()) + "}"


def _version_order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _next_file(diff: Diff, key: str) -> str:
    """The file for the next version of the checklist ``key``, which was edited in place."""
    name, _, version = key.partition("@")
    pair = next(
        pair for pair in version_pairs(diff) if (pair.after.id, pair.after.version) == (name, version)
    )
    newest = max(checklist.order for checklist in diff.new.handbook.checklists if checklist.id == name)
    return f"checklists/{name}/{raise_version(newest, pair.size or 'patch')}.yml"
