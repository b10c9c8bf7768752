"""What the answers to a checklist lead to so far.

``browser/assessment/conditions.ts`` does the same; ``tests/vectors/running-results.json`` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping

from tebiki.model.answer_spec import AnswerSpec
from tebiki.model.answer_status import Answers, asked_questions, is_met
from tebiki.model.checklist import Checklist, RunningResult
from tebiki.model.condition import Comparison, Condition


def running_results(
    checklist: Checklist, specs: Mapping[str, AnswerSpec], answers: Answers
) -> list[tuple[RunningResult, tuple[str, ...]]]:
    """Return the running results that apply, each with the ids of the questions whose answers lead to it.

    Args:
        checklist: The checklist that is answered.
        specs: What each question accepts, by its id.
        answers: The member ``answers`` of a result, see docs/result-format.md.
    """
    asked = asked_questions(checklist, specs, answers)

    def reasons(condition: Condition) -> list[str]:
        """The questions by whose answers the condition holds; empty where it does not hold."""
        if isinstance(condition, Comparison):
            id_ = condition.question
            return [id_] if id_ in asked and is_met(condition, specs[id_], answers.get(id_)) else []
        parts = [reasons(part) for part in condition.conditions]
        if condition.operator == "all" and not all(parts):
            return []
        return [id_ for part in parts for id_ in part]

    applying = ((result, reasons(result.when)) for result in checklist.results)
    return [(result, tuple(dict.fromkeys(questions))) for result, questions in applying if questions]
