"""Comparison of two results: which answers improved, worsened, or are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tebiki.model.shared_constants import ANSWERED, CHANGES, COMPARED_STATUSES, ROLE_RANKS
from tebiki.results.assessment_record import Answer, AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion, compute_figures
from tebiki.results.record import comparable_answer


@dataclass(frozen=True)
class Change:
    """The answers to one question in two results.

    Attributes:
        item: The id of the question.
        before: The id of the older answer; ``answered`` if it is not a choice, empty without an answer.
        after: The same for the newer answer.
        change: ``improved`` or ``fell`` by the roles positive, partial and negative; ``other`` for any other
            change, such as to "not applicable"; ``new`` if only the newer result has an answer, ``gone`` if only
            the older one has; ``same`` if both have the same.
    """

    item: str
    before: str
    after: str
    change: str


def compare(
    before: AssessmentRecord, after: AssessmentRecord, version: ChecklistVersion
) -> tuple[Change, ...]:
    """Compare two results of one checklist version.

    Answers to questions that are not asked, and answers that a person has to confirm or choose again, count as no
    answer.

    Args:
        before: The older result; results of other versions have to be migrated first.
        after: The newer result.
        version: The checklist version of both.

    Returns:
        A change for every question that is answered in at least one result, in the order of the checklist.
    """
    statuses = [compute_figures(version, record["answers"]).statuses for record in (before, after)]
    changes = []
    for question in version.questions:
        old, new = (
            record["answers"].get(question) if status.get(question) in COMPARED_STATUSES else None
            for record, status in zip((before, after), statuses, strict=True)
        )
        if old or new:
            change = _classify(old, new, version.sets[question])
            changes.append(Change(question, _answer_id(old), _answer_id(new), change))
    return tuple(changes)


def tally(changes: Sequence[Change]) -> dict[str, int]:
    """Return the number of questions for each kind of change, zero included."""
    counts = Counter(change.change for change in changes)
    return {change: counts[change] for change in CHANGES}


def _answer_id(answer: Answer | None) -> str:
    return answer["value"] or ANSWERED if answer else ""


def _classify(old: Answer | None, new: Answer | None, roles: Mapping[str, str]) -> str:
    if not old or not new:
        return "gone" if old else "new"
    if comparable_answer(old) == comparable_answer(new):
        return "same"
    before, after = (ROLE_RANKS.get(roles.get(answer["value"], "")) for answer in (old, new))
    if before is None or after is None or before == after:
        return "other"
    return "improved" if after > before else "fell"
