"""What a checklist adds to the words of an assessment: advice after answers, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.checklist import Question
from tebiki.model.handbook import Handbook
from tebiki.model.placement import titles_by_id
from tebiki.model.plain_text import plain_text
from tebiki.model.running_results import running_results
from tebiki.results.assessment_record import Answer, AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion

#: The columns of an export that only some checklists have, with their widths in a workbook.
LEVEL_COLUMN, ADVICE_COLUMN = ("level", 14), ("advice", 40)


@dataclass(frozen=True)
class AppliedResult:
    """A running result that applies.

    Attributes:
        title: What applies.
        questions: The numbers of the questions whose answers lead to it.
        sources: The documents that it comes from, each with the place in it.
    """

    title: str
    questions: tuple[str, ...]
    sources: tuple[str, ...]


def applied_results(
    record: AssessmentRecord, version: ChecklistVersion, handbook: Handbook, language: str
) -> tuple[AppliedResult, ...]:
    """Return what follows from the answers of a record, in the order of the checklist."""
    if not version.checklist.results:
        return ()
    titles = titles_by_id(handbook, language)
    applied = running_results(version.checklist, version.answer_specs, record["answers"])
    return tuple(
        AppliedResult(
            result.data["title"][language],
            tuple(version.questions[question].number for question in questions),
            tuple(f"{titles[source.source]}, {source.place_in(language)}" for source in result.sources),
        )
        for result, questions in applied
    )


def advice_text(question: Question, answer: Answer, language: str, titles: Mapping[str, str]) -> str:
    """Return the advice after an answer with its link, in plain text; empty without any."""
    content: Any = answer.get("content")
    chosen = [answer["value"]] if answer["value"] else content if isinstance(content, list) else []
    for advice in question.data.get("advice", ()):
        if any(choice in advice["for"] for choice in chosen):
            text = plain_text(advice["text"][language], titles)
            return f"{text}\n{advice['link']}" if "link" in advice else text
    return ""


def feature_columns(version: ChecklistVersion) -> tuple[tuple[str, int], ...]:
    """Return the further columns of an export of this version, each with its width in characters."""
    has_advice = any("advice" in question.data for question in version.questions.values())
    return (
        *([LEVEL_COLUMN] if version.checklist.levels else []),
        *([ADVICE_COLUMN] if has_advice else []),
    )
