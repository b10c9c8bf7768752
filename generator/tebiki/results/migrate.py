"""Bringing a result to another version of its checklist, without dropping an answer.

The same as ``browser/assessment/migrate.ts``; ``tests/vectors/migration.json`` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tebiki.model.shared_constants import MAX_ID_LENGTH, MAX_TEXT_LENGTH, TEXT_FIELDS
from tebiki.results.checklist_version import Answers, ChecklistVersion
from tebiki.results.record import Record, build_record


@dataclass(frozen=True)
class CarriedAnswer:
    """An answer that went to an item which replaces others: from which items, to which."""

    origins: tuple[str, ...]
    to: str


@dataclass
class MigrationReport:
    """What became of the answers, by item id.

    Every asked item is in exactly one of ``kept``, ``changed`` and ``unanswered``. ``set_aside``
    lists answers that went to the orphans, ``restored`` those that came back from there. ``moved``,
    ``split`` and ``merged`` say where answers went as the checklist declares it (``replaces``).
    """

    other_version: str = ""  # the version that was answered, if another one
    kept: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    moved: list[CarriedAnswer] = field(default_factory=list)
    split: list[CarriedAnswer] = field(default_factory=list)
    merged: list[CarriedAnswer] = field(default_factory=list)


def migrate(
    record: Record, form: ChecklistVersion, handbook: Mapping[str, str]
) -> tuple[Record, MigrationReport]:
    """The record as ``form`` asks it, and what became of its answers.

    ``handbook`` holds id and version of the handbook that ``form`` belongs to. Values and revisions
    stay as they are: an answer at another revision is confirmed by a person, not by us. ``updated``
    stays, since nobody answered anything. Under the version that was answered the answers stay where
    they are.
    """
    named = record["checklist"]
    is_other = (named["version"], named["digest"]) != (form.checklist.version, form.digest)
    report = MigrationReport(other_version=named["version"] if is_other else "")
    answers, orphans = fit_answers(record["answers"], record["orphans"], form, report)
    checklist = {"id": form.checklist.id, "version": form.checklist.version, "digest": form.digest}
    moved = report.other_version or report.set_aside or report.restored
    draft = {**record, "answers": answers, "orphans": orphans}
    if moved:
        same = named["version"] == form.checklist.version
        carried = named.get("carried_from") if same else named["version"]
        draft |= {
            "checklist": {**checklist, **({"carried_from": carried} if carried else {})},
            "handbook": dict(handbook),
        }
    return build_record(draft, form), report


def fit_answers(
    answers: Answers, orphans: Answers, form: ChecklistVersion, report: MigrationReport
) -> tuple[Answers, Answers]:
    """Answers and orphans as ``form`` asks them; ``report`` is filled in."""
    fitted: dict[str, Any] = {}
    aside: dict[str, Any] = {}
    for name, answer in answers.items():
        if form.has_place(name, answer):
            fitted[name] = answer
        else:
            aside[name] = answer
            report.set_aside.append(name)
    for name, answer in orphans.items():
        if form.has_place(name, answer) and name not in fitted and form.understands(name, answer):
            fitted[name] = answer
            report.restored.append(name)
        elif aside.get(name) != answer:
            aside[_free(name, aside, orphans, form) if name in aside else name] = answer
    if report.other_version:
        _take_over(fitted, aside, form, report)
    for name, question in form.questions.items():
        if question.retired:
            continue
        if name not in fitted:
            report.unanswered.append(name)
        else:
            (report.kept if fitted[name]["rev"] == question.rev else report.changed).append(name)
    return fitted, aside


def _take_over(
    fitted: dict[str, Any], aside: dict[str, Any], form: ChecklistVersion, report: MigrationReport
) -> None:
    """Give items without an answer those of the items that they replace.

    An answer that moves leaves the orphans. One that is split or merged stays there as well: what is
    made of it is only a proposal, which the person confirms.
    """
    takers: dict[str, int] = {}
    for question in form.questions.values():
        for origin in () if question.retired else question.replaces:
            takers[origin] = takers.get(origin, 0) + 1
    taken: set[str] = set()
    for name, question in form.questions.items():
        if question.retired or name in fitted:
            continue
        found = {
            origin: aside[origin]
            for origin in question.replaces
            if origin in aside
            and not form.is_asked(origin)
            and form.has_place(name, aside[origin])
            and form.understands(name, aside[origin])
        }
        if not found:
            continue
        one = CarriedAnswer(tuple(found), name)
        if len(question.replaces) > 1:
            report.merged.append(one)
        elif takers[question.replaces[0]] > 1:
            report.split.append(one)
        else:
            report.moved.append(one)
            fitted[name] = aside.pop(question.replaces[0])
            taken.update(found)
            continue
        fitted[name] = _proposal(list(found.values()), question.rev)
        taken.update(found)
    report.set_aside = [name for name in report.set_aside if name not in taken]


def _proposal(answers: list[Mapping[str, Any]], rev: int) -> dict[str, Any]:
    """One answer made of several: their value where they agree, their texts one after the other."""
    first = answers[0]
    if len(answers) == 1:
        combined = dict(first)
    else:
        agree = all(one["value"] == first["value"] and "content" not in one for one in answers)
        combined = {"rev": 0, "value": first["value"] if agree else ""}
        for key in TEXT_FIELDS:
            text = "\n".join(dict.fromkeys(one[key] for one in answers if one[key]))
            combined[key] = text if len(text) <= MAX_TEXT_LENGTH else ""  # whole in the orphans
    return {**combined, "rev": max(1, rev - 1)}


def _free(name: str, aside: Mapping[str, Any], orphans: Answers, form: ChecklistVersion) -> str:
    """A name for a second answer to one item, so that neither is lost."""
    number = 1
    while True:
        ending = f"-earlier-{number}"
        free = name[: MAX_ID_LENGTH - len(ending)].rstrip("-") + ending
        if free not in aside and free not in orphans and free not in form.questions:
            return free
        number += 1
