"""Which questions are asked, and the status of the answer to each, as the form in the browser shows them.

``conditions.ts``, ``content.ts`` and ``progress.ts`` in ``browser/assessment/`` do the same; the vectors in
``tests/vectors/`` test both.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from tebiki.model.answer_spec import AnswerField, AnswerSpec
from tebiki.model.checklist import Checklist, Question
from tebiki.model.condition import Combination, Comparison, Condition
from tebiki.model.shared_constants import EMAIL_PATTERN, INVISIBLE, URL_PATTERN

Answers = Mapping[str, Mapping[str, Any]]

# what String.prototype.trim removes (ECMA-262); str.strip removes U+001C and keeps U+FEFF
_WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_VISIBLE = re.compile(f"[^{INVISIBLE}]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# compiled when they are used: that takes as long as reading a small handbook
_FORMATS = {"url": URL_PATTERN, "email": EMAIL_PATTERN}


def answer_statuses(
    checklist: Checklist, specs: Mapping[str, AnswerSpec], answers: Answers
) -> dict[str, str]:
    """Return the answer status of every question that is asked.

    Args:
        checklist: The checklist that is answered.
        specs: What each question accepts, by its id.
        answers: The member ``answers`` of a result, see docs/result-format.md.

    Returns:
        The status by the id of the question, in the order of the checklist: ``unanswered``,
        ``incomplete`` (something is missing or impossible), ``to-confirm`` (the question has changed
        since), ``reason-missing``, ``open`` (not yet known) or ``answered``. The last two count as
        answered.
    """
    asked = asked_questions(checklist, specs, answers)
    return {
        question.id: answer_status(question, specs[question.id], answers.get(question.id))
        for question in checklist.questions
        if question.id in asked
    }


def asked_questions(checklist: Checklist, specs: Mapping[str, AnswerSpec], answers: Answers) -> set[str]:
    """Return the ids of the questions that are asked.

    A condition looks only at questions that are asked themselves: the answer to a hidden question is
    kept, but decides nothing.
    """
    asked: set[str] = set()

    def holds(condition: Condition) -> bool:
        if isinstance(condition, Combination):
            combine = all if condition.operator == "all" else any
            return combine(map(holds, condition.conditions))
        id_ = condition.question
        return id_ in asked and is_met(condition, specs[id_], answers.get(id_))

    for question in checklist.dependency_order:
        if not question.retired and (question.when is None or holds(question.when)):
            asked.add(question.id)
    return asked


def is_met(comparison: Comparison, spec: AnswerSpec, answer: Mapping[str, Any] | None) -> bool:
    """Whether ``answer`` to the question of ``comparison`` meets it."""
    value = answer["value"] if answer else ""
    content = None if value or not answer else answer.get("content")
    if not value and content is None:
        return False
    chosen = [value] if value else content if spec.type == "choices" and isinstance(content, list) else []
    size = _size(spec, content)
    match comparison.operator:
        case "is":
            return any(answer_id in comparison.answers for answer_id in chosen)
        case "is_not":
            return not any(answer_id in comparison.answers for answer_id in chosen)
        case "answered":
            return True
        case "at_least":
            return size is not None and size >= comparison.number
        case "at_most":
            return size is not None and size <= comparison.number


def is_written(text: str) -> bool:
    """Whether a text holds a character that a person can see."""
    return _VISIBLE.search(text) is not None


def is_possible(spec: AnswerSpec, content: Any) -> bool:
    """Whether ``content`` is of the kind that the question accepts; it may still be incomplete."""
    match spec.type:
        case "choice":
            return False
        case "choices":
            return isinstance(content, list) and all(answer_id in spec.combinable for answer_id in content)
        case "rows":
            fields = {field.id: field for field in spec.fields}
            return isinstance(content, list) and all(_is_possible_row(fields, row) for row in content)
        case _:
            return isinstance(content, str)


def _is_possible_row(fields: Mapping[str, AnswerField], row: Any) -> bool:
    return isinstance(row, Mapping) and all(
        name in fields and (fields[name].type != "choice" or text in fields[name].choices)
        for name, text in row["fields"].items()
    )


def answer_status(question: Question, spec: AnswerSpec, answer: Mapping[str, Any] | None) -> str:
    """Return the status of ``answer`` to a question that is asked; see ``answer_statuses``."""
    if answer is None:
        return "unanswered"
    value, content = answer["value"], answer.get("content")
    role = spec.exclusive.get(value)
    if value and role is None:
        return "unanswered"
    if not value and (content is None or not is_possible(spec, content)):
        return "unanswered"
    if answer["rev"] != question.rev:
        return "to-confirm"
    if role == "excluded" and not is_written(answer["justification"]):
        return "reason-missing"
    if value:
        return "open" if role == "open" else "answered"
    return _content_status(spec, content)


def _content_status(spec: AnswerSpec, content: Any) -> str:
    if spec.type == "choices":
        return "answered"
    if spec.type == "rows":
        return _rows_status(spec, content)
    whole_answer = AnswerField("", spec.type, True, spec.minimum, spec.maximum, {}, spec.format)
    return "answered" if _is_complete(whole_answer, content) else "incomplete"


def _rows_status(spec: AnswerSpec, rows: Any) -> str:
    if not (spec.minimum or 0) <= len(rows) <= (spec.maximum or len(rows)):
        return "incomplete"
    texts = [(field, row["fields"].get(field.id, "")) for row in rows for field in spec.fields]
    if not all(_is_complete(field, text) for field, text in texts):
        return "incomplete"
    return "open" if any(field.choices.get(text) == "open" for field, text in texts) else "answered"


def _is_complete(field: AnswerField, text: str) -> bool:
    """Whether ``text`` is possible in ``field``, and present where the field is required."""
    if not is_written(text):
        return not field.required
    text = text.strip(_WHITE_SPACE)
    if field.type == "date":
        return _is_date(text)
    if field.type == "number":
        number = _number(text)
        return number is not None and _is_within(field, number)
    return not field.format or re.fullmatch(_FORMATS[field.format], text) is not None


def _is_within(field: AnswerField, number: float) -> bool:
    return (field.minimum is None or number >= field.minimum) and (
        field.maximum is None or number <= field.maximum
    )


def _size(spec: AnswerSpec, content: Any) -> float | None:
    """The number that ``content`` states, or the number of its rows."""
    if spec.type == "rows" and isinstance(content, list):
        return len(content)
    if spec.type == "number" and isinstance(content, str):
        return _number(content.strip(_WHITE_SPACE))
    return None


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
