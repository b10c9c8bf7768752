"""release check: what would break a promise to readers, found before a version is released.

The promises: an address stays good, old results can still be read, an answer means what was asked, and
readers are told what changed. Each rule is one function; ``RELEASE_RULES`` holds their docstrings, which
``docs/release-rules.md`` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tebiki.history.change_log import change_log, log_entries, log_file
from tebiki.history.checklist_change import CLASSES, REASONS, Reason, change_reasons
from tebiki.history.compare import Diff
from tebiki.history.field_diff import equal_json
from tebiki.history.state import State, plain_data
from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.handbook import Handbook
from tebiki.model.positions import place_of

#: Every rule by its id, with the text that the documentation prints.
RELEASE_RULES: dict[str, str] = {}
F = TypeVar("F", bound=Callable[..., object])


def release_problems(diff: Diff) -> list[Diagnostic]:
    """Everything that stands against releasing the new side of ``diff``; the old side is what was released."""
    found = {problem for check in _CHECKS for problem in check(diff)}
    return sorted(found)


def _rule(name: str) -> Callable[[F], F]:
    def register(function: F) -> F:
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
    now = {one for one, _kind, _place, _title in _permanent(diff.new)}
    for one, kind, place, title in _permanent(diff.old):
        if one in now or one in retired:
            continue
        if kind == "checklist":
            message = f"{one} was released and is gone: put the file back, old results are read with it"
        else:
            entry = f"{one}: {{kind: {kind}, title: {_flow(title)}, since: {handbook.data['version']}, successors: []}}"
            message = f"{one} was released and is gone: put it back, or add to content/retired.yml: {entry}"
        yield Diagnostic(place, "release-vanished", message)
    for one in diff.old.handbook.retired:
        if one not in retired:
            message = f"{one} is no longer listed as retired: put the entry back, its id is never used again"
            yield Diagnostic(handbook.retired_at, "release-vanished", message)
    for pair in _pairs(diff):
        kept = {item.id for item in pair.after.questions}
        for item in pair.before.questions:
            if item.id not in kept:
                message = (
                    f"the question {item.id} of {pair.before.version} is gone: keep it with status: retired,"
                    " so that answers to it can still be read"
                )
                yield Diagnostic(pair.after.head.at, "release-vanished", message)
    yield from _vanished_of_institution(diff)


def _vanished_of_institution(diff: Diff) -> Iterator[Diagnostic]:
    """The questions that an institution added to checklists and no longer has."""
    old, new = diff.old.handbook.overlay, diff.new.handbook.overlay
    if old is None or new is None:
        return
    kept = {item.id for added in new.additions for item in added.questions}
    for added in old.additions:
        at = next((now.at for now in new.additions if now.checklist == added.checklist), added.at)
        for item in added.questions:
            if item.id not in kept:
                message = (
                    f"the question {item.id} was released and is gone: keep it with status: retired,"
                    " so that answers to it can still be read"
                )
                yield Diagnostic(at, "release-vanished", message)


@_rule("release-edited")
def _edited(diff: Diff) -> Iterator[Diagnostic]:
    """A checklist version that was released has been edited.

    Results name the version that was answered, with its digest. Restore the file, and write the change
    into a new file with a higher version. The answers that a released checklist offers may get better
    words, but stay the same answers with the same roles: for others, make a new answer set.
    """
    for key, entry in diff.old.entries.items():
        now = diff.new.entries.get(key)
        if entry.kind == "checklist" and now and not equal_json(entry.data, now.data):
            message = (
                f"{key.replace('@', ' ')} was released with {diff.old.name} and has been edited: restore it"
            )
            yield Diagnostic(
                now.at, "release-edited", f"{message}, and write the change into {_next(diff, key)}"
            )
    used = {checklist.answer_set for checklist in diff.old.handbook.checklists}
    now_sets = {one.id: one for one in diff.new.handbook.answer_sets}
    for answers in diff.old.handbook.answer_sets:
        after = now_sets.get(answers.id)
        if answers.id in used and after and dict(answers.roles) != dict(after.roles):
            message = (
                f"the answers of {answers.id} or their roles have changed, and released checklists use it:"
                " restore it, and make a new answer set for the next version"
            )
            yield Diagnostic(after.at, "release-edited", message)


@_rule("release-rev")
def _rev(diff: Diff) -> Iterator[Diagnostic]:
    """The meaning of a question changed, but its ``rev`` was not raised.

    With a raised ``rev`` the form asks people to confirm the answer they gave to the older question.
    Which changes are changes of meaning is listed in ``docs/checklist-versions.md``.
    """
    for pair in _pairs(diff):
        before = {item.id: item for item in pair.before.questions}
        for item in pair.after.questions:
            old = before.get(item.id)
            if old is None or item.rev > old.rev:
                continue
            why = [one for one in pair.reasons if one.question == item.id and REASONS[one.rule][1]]
            if why and item.rev == old.rev:
                message = (
                    f"{item.id} means something else than in {pair.before.version}"
                    f" ({why[0].where}: {REASONS[why[0].rule][2]}): raise rev to {old.rev + 1}"
                )
                yield Diagnostic(item.at, "release-rev", message)
            elif item.rev < old.rev:
                message = f"{item.id} had rev {old.rev} in {pair.before.version}: it never falls, write {old.rev} or more"
                yield Diagnostic(item.at, "release-rev", message)


@_rule("release-version")
def _version(diff: Diff) -> Iterator[Diagnostic]:
    """The version of a checklist is too small for what it changes.

    Wording raises the last number at least, something new or optional the middle one, a change of
    meaning, a removal or other answers the first. The classes are listed in
    ``docs/checklist-versions.md``.
    """
    for pair in _pairs(diff):
        size = max((one.size for one in pair.reasons), key=CLASSES.index, default=None)
        if size is None or pair.before.version == pair.after.version or _raised(pair) >= CLASSES.index(size):
            continue
        why = next(one for one in pair.reasons if one.size == size)
        needed = _raise(pair.before.order, size)
        message = (
            f"{pair.after.id} {pair.after.version} makes a {size} change to {pair.before.version}"
            f" ({why.where}: {REASONS[why.rule][2]}): call it {needed} or higher"
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
    if _order(version) <= _order(released):
        message = f"{diff.old.name} was version {released}, and this is another text: raise version and date"
        yield Diagnostic(place, "release-log", message)
        return
    log = change_log(handbook)
    if log is None:
        message = f"there is no change log for {version}: run tebiki diff {diff.old.name} --write"
        yield Diagnostic(Place(log_file(version)), "release-log", message)
        return
    named = {entry["id"] for entry in log.entries}
    place = place_of(log.data, "changes", log.at.file)
    for one, entry in log_entries(diff).items():
        if one not in named:
            message = f"{one} ({entry['what']}) is not in the change log: add - {{id: {one}, what: {entry['what']}}}"
            yield Diagnostic(place, "release-log", f"{message}, or run tebiki diff {diff.old.name} --write")


@_rule("release-uncommitted")
def uncommitted(files: list[str]) -> Iterator[Diagnostic]:
    """A file differs from what is committed.

    What is released is what is committed. Commit the file, or restore it.
    """
    for file in files:
        message = "this is not what is committed: commit it, or restore it; what is committed is released"
        yield Diagnostic(Place(file), "release-uncommitted", message)


_CHECKS = (_vanished, _edited, _rev, _version, _log)


@dataclass(frozen=True)
class _Pair:
    """A version of a checklist that is not released as it is, and the version it follows."""

    before: Checklist
    after: Checklist
    reasons: tuple[Reason, ...]


def _pairs(diff: Diff) -> Iterator[_Pair]:
    old, new = diff.old.handbook, diff.new.handbook
    released = {(one.id, one.version): one for one in old.checklists}
    for after in new.checklists:
        before = released.get((after.id, after.version))
        if before is not None:  # edited in place, if at all
            if not equal_json(plain_data(before.head.data), plain_data(after.head.data)):
                yield _Pair(before, after, tuple(change_reasons(old, before, new, after)))
            continue
        # the version that it follows: a released one as it was released, otherwise another new one
        earlier = [one for one in new.checklists if one.id == after.id and one.order < after.order]
        if earlier:
            near = max(earlier, key=lambda one: one.order)
            base = released.get((near.id, near.version))
            book, before = (old, base) if base else (new, near)
            yield _Pair(before, after, tuple(change_reasons(book, before, new, after)))


def _permanent(tree: State) -> Iterator[tuple[str, str, Place, Mapping[str, str]]]:
    """Every id that is a permanent address: (id, kind, place, title)."""
    handbook: Handbook = tree.handbook
    for item in handbook.items:
        yield item.id, item.kind, item.at, item.title
        for part in item.parts:
            yield part.id, "part", part.at, part.data.get("title", item.title)
    for page in handbook.pages:
        yield page.id, "page", page.head.at, page.title
    for answers in handbook.answer_sets:
        yield answers.id, "answer-set", answers.at, dict.fromkeys(handbook.languages, answers.id)
    for checklist in handbook.checklists:
        yield f"{checklist.id} {checklist.version}", "checklist", checklist.head.at, checklist.head.title


def _flow(title: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f'{language}: "{text}"' for language, text in title.items()) + "}"


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _raise(order: tuple[int, ...], size: str) -> str:
    """The smallest version after ``order`` that a change of ``size`` may have."""
    kept = 2 - CLASSES.index(size)
    return ".".join(map(str, [*order[:kept], order[kept] + 1, *[0] * (2 - kept)]))


def _raised(pair: _Pair) -> int:
    """Which number of the version was raised, as an index of ``CLASSES``."""
    first = next(
        i for i, (a, b) in enumerate(zip(pair.before.order, pair.after.order, strict=True)) if a != b
    )
    return 2 - first


def _next(diff: Diff, key: str) -> str:
    """The file for the next version of the checklist ``key``, edited in place."""
    name, _, version = key.partition("@")
    pair = next(one for one in _pairs(diff) if (one.after.id, one.after.version) == (name, version))
    size = max((one.size for one in pair.reasons), key=CLASSES.index, default="patch")
    newest = max(one.order for one in diff.new.handbook.checklists if one.id == name)
    return f"checklists/{name}/{_raise(newest, size)}.yml"
