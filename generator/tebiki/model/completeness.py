"""When a section and an assessment count as complete, as ``browser/assessment/progress.ts`` decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tebiki.model.checklist import Section


def is_complete(sections: Iterable[Section], settled: Mapping[str, bool]) -> bool:
    """Whether something is asked, and every section that asks something is complete.

    Args:
        sections: The sections of a checklist.
        settled: For each question that is asked whether its answer counts. An institution's own questions do not
            decide.
    """
    asking = [needed for section in sections if (needed := _needed(section, settled))]
    return bool(asking) and all(settled[question] for needed in asking for question in needed)


def _needed(section: Section, settled: Mapping[str, bool]) -> list[str]:
    """The questions that have to be answered: the required ones, or all where none of those asked is required."""
    asked = [question for question in section.questions if question.id in settled and not question.local]
    required = [question.id for question in asked if question.required]
    return required or [question.id for question in asked]
