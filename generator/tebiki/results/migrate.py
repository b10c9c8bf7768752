"""Migration of a result to another version of its checklist, without losing an answer.

It does the same as ``browser/assessment/migrate.ts``; ``tests/vectors/migration.json`` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from tebiki.model.shared_constants import MAX_ID_LENGTH, MAX_TEXT_LENGTH, TEXT_FIELDS
from tebiki.results.assessment_record import (
    Answer,
    Answers,
    AssessmentRecord,
    ChecklistReference,
    HandbookReference,
)
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.record import build_record


@dataclass(frozen=True)
class CarriedAnswer:
    """An answer that was carried to a question that replaces others.

    Attributes:
        origins: The questions that the answer comes from.
        to: The question that it was carried to.
    """

    origins: tuple[str, ...]
    to: str


@dataclass
class MigrationReport:
    """The outcome of a migration, by question id.

    Every question that is asked is in exactly one of ``kept``, ``changed`` and ``unanswered``.

    Attributes:
        other_version: The version that was answered, if it is another one.
        kept: Questions with an answer to their current revision.
        changed: Questions with an answer to an earlier revision, which a person has to confirm.
        unanswered: Questions without an answer.
        set_aside: Answers that became orphans.
        restored: Orphans that became answers again.
        moved: Answers of a question that exactly one question replaces.
        split: Answers of a question that several questions replace.
        merged: Answers of several questions that one question replaces.
    """

    other_version: str = ""
    kept: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    moved: list[CarriedAnswer] = field(default_factory=list)
    split: list[CarriedAnswer] = field(default_factory=list)
    merged: list[CarriedAnswer] = field(default_factory=list)


def migrate(
    record: AssessmentRecord, version: ChecklistVersion, handbook: HandbookReference
) -> tuple[AssessmentRecord, MigrationReport]:
    """Migrate a record to another version of its checklist.

    Values and revisions stay: a person has to confirm an answer to another revision. ``updated`` stays as well,
    since nobody answered anything. A record that already answers ``version`` is left as it is.

    Args:
        record: The record to migrate; it is not changed.
        version: The checklist version to migrate to.
        handbook: The handbook that ``version`` belongs to.

    Returns:
        The migrated record, and what happened to its answers.
    """
    reference = record["checklist"]
    checklist = version.checklist
    is_other = (reference["version"], reference["digest"]) != (checklist.version, version.digest)
    report = MigrationReport(other_version=reference["version"] if is_other else "")
    answers, orphans = fit_answers(record["answers"], record["orphans"], version, report)
    draft: AssessmentRecord = {**record, "answers": answers, "orphans": orphans}
    if report.other_version or report.set_aside or report.restored:
        target: ChecklistReference = {
            "id": checklist.id,
            "version": checklist.version,
            "digest": version.digest,
        }
        same_version = reference["version"] == checklist.version
        carried_from = reference.get("carried_from") if same_version else reference["version"]
        if carried_from:
            target["carried_from"] = carried_from
        draft["checklist"] = target
        draft["handbook"] = handbook
    return build_record(draft, version), report


def fit_answers(
    answers: Answers, orphans: Answers, version: ChecklistVersion, report: MigrationReport
) -> tuple[Answers, Answers]:
    """Sort answers into those that ``version`` asks for and orphans.

    Args:
        answers: The answers of the record.
        orphans: The orphans of the record.
        version: The checklist version to fit them to.
        report: It is filled in with what happens to the answers.

    Returns:
        The answers and the orphans under ``version``.
    """
    fitted: dict[str, Answer] = {}
    aside: dict[str, Answer] = {}
    for question, answer in answers.items():
        if version.accepts_content(question, answer):
            fitted[question] = answer
        else:
            aside[question] = answer
            report.set_aside.append(question)
    for question, answer in orphans.items():
        if question not in fitted and _accepts(version, question, answer):
            fitted[question] = answer
            report.restored.append(question)
        elif aside.get(question) != answer:
            key = _free_key(question, aside, orphans, version) if question in aside else question
            aside[key] = answer
    if report.other_version:
        _carry_over(fitted, aside, version, report)
    for question, item in version.questions.items():
        if item.retired:
            continue
        if question not in fitted:
            report.unanswered.append(question)
        else:
            (report.kept if fitted[question]["rev"] == item.rev else report.changed).append(question)
    return fitted, aside


def _accepts(version: ChecklistVersion, question: str, answer: Answer) -> bool:
    return version.accepts_content(question, answer) and version.accepts_value(question, answer)


def _carry_over(
    fitted: dict[str, Answer], aside: dict[str, Answer], version: ChecklistVersion, report: MigrationReport
) -> None:
    """Give questions without an answer those of the questions that they replace.

    An answer that moves leaves the orphans. One that is split or merged stays there as well: what is
    made of it is only a proposal, which the person confirms.
    """
    replacements: dict[str, int] = {}  # how many questions replace each question
    for item in version.questions.values():
        for origin in () if item.retired else item.replaces:
            replacements[origin] = replacements.get(origin, 0) + 1
    carried: set[str] = set()
    for question, item in version.questions.items():
        if item.retired or question in fitted:
            continue
        origins = {
            origin: aside[origin]
            for origin in item.replaces
            if origin in aside and not version.is_asked(origin) and _accepts(version, question, aside[origin])
        }
        if not origins:
            continue
        carried.update(origins)
        entry = CarriedAnswer(tuple(origins), question)
        if len(item.replaces) > 1:
            report.merged.append(entry)
        elif replacements[item.replaces[0]] > 1:
            report.split.append(entry)
        else:
            report.moved.append(entry)
            fitted[question] = aside.pop(item.replaces[0])
            continue
        fitted[question] = _proposal(list(origins.values()), item.rev)
    report.set_aside = [question for question in report.set_aside if question not in carried]


def _proposal(answers: Sequence[Answer], rev: int) -> Answer:
    """One answer made of several: their value where they agree, their texts one after the other."""
    first = answers[0]
    if len(answers) == 1:
        combined = first.copy()
    else:
        agree = all(answer["value"] == first["value"] and "content" not in answer for answer in answers)
        texts = {}
        members: Sequence[Mapping[str, Any]] = answers
        for key in TEXT_FIELDS:
            text = "\n".join(dict.fromkeys(answer[key] for answer in members if answer[key]))
            texts[key] = text if len(text) <= MAX_TEXT_LENGTH else ""  # the orphans have the whole texts
        combined = cast(Answer, {"rev": 0, "value": first["value"] if agree else "", **texts})
    return {**combined, "rev": max(1, rev - 1)}


def _free_key(question: str, aside: Mapping[str, Answer], orphans: Answers, version: ChecklistVersion) -> str:
    """A key for a second answer to one question, so that neither is lost."""
    number = 1
    while True:
        ending = f"-earlier-{number}"
        key = question[: MAX_ID_LENGTH - len(ending)].rstrip("-") + ending
        if key not in aside and key not in orphans and key not in version.questions:
            return key
        number += 1
