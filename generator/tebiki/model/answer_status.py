"""Which questions are asked and where each stands, given the answers: what the form shows, in Python.

``browser/assessment/conditions.ts``, ``content.ts`` and ``progress.ts`` say the same; the vectors in
``tests/vectors/`` test both.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from tebiki.model.answer_spec import AnswerSpec, Field
from tebiki.model.checklist import Checklist, Question
from tebiki.model.condition import Combination, Comparison, Condition

Answers = Mapping[str, Mapping[str, Any]]

# what String.prototype.trim removes (ECMA-262); str.strip removes U+001C and keeps U+FEFF
_WHITE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def answer_statuses(
    checklist: Checklist, forms: Mapping[str, AnswerSpec], answers: Answers
) -> dict[str, str]:
    """Where each asked question stands, by its id, in the order of the checklist.

    ``answers`` is the member of that name of a result. The standings are ``unanswered``,
    ``incomplete`` (something needed is missing or impossible), ``to-confirm`` (the question has
    changed since), ``reason-missing``, ``open`` (not yet known) and ``answered``; the last two count
    as answered. See docs/result-format.md.
    """
    asked = asked_items(checklist, forms, answers)
    return {
        item.id: _standing(item, forms[item.id], answers.get(item.id))
        for item in checklist.questions
        if item.id in asked
    }


def asked_items(checklist: Checklist, forms: Mapping[str, AnswerSpec], answers: Answers) -> set[str]:
    """The ids of the questions that are asked.

    A condition looks only at questions that are asked themselves: what stands in a hidden one is
    kept, but decides nothing.
    """
    items = {item.id: item for item in checklist.questions}
    known: dict[str, bool] = {}

    def is_asked(item_id: str) -> bool:
        if item_id not in known:
            known[item_id] = False  # what a circle finds when it comes back here
            item = items.get(item_id)
            known[item_id] = bool(item and not item.retired and (item.when is None or holds(item.when)))
        return known[item_id]

    def holds(condition: Condition) -> bool:
        if isinstance(condition, Combination):
            combine = all if condition.operator == "all" else any
            return combine(map(holds, condition.conditions))
        item_id = condition.question
        return (
            item_id in items and is_asked(item_id) and is_met(condition, forms[item_id], answers.get(item_id))
        )

    return {item_id for item_id in items if is_asked(item_id)}


def is_met(comparison: Comparison, form: AnswerSpec, answer: Mapping[str, Any] | None) -> bool:
    """Whether an answer to the question of ``comparison`` meets it."""
    value = answer["value"] if answer else ""
    content = None if value or not answer else answer.get("content")
    if not value and content is None:
        return False
    chosen = [value] if value else content if form.type == "choices" and isinstance(content, list) else []
    size = _size(form, content)
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
    """Whether a text holds more than white space, as the browser sees it."""
    return text.strip(_WHITE) != ""


def is_possible(form: AnswerSpec, content: Any) -> bool:
    """Whether ``content`` is of the kind that the question takes; it may still be incomplete."""
    match form.type:
        case "choice":
            return False
        case "choices":
            return isinstance(content, list) and all(one in form.together for one in content)
        case "rows":
            fields = {field.id: field for field in form.fields}
            return isinstance(content, list) and all(
                isinstance(row, Mapping)
                and all(
                    name in fields and (fields[name].type != "choice" or text in fields[name].choices)
                    for name, text in row["fields"].items()
                )
                for row in content
            )
        case _:
            return isinstance(content, str)


def _standing(item: Question, form: AnswerSpec, answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return "unanswered"
    value, content = answer["value"], answer.get("content")
    role = form.alone.get(value)
    if value and role is None:
        return "unanswered"
    if not value and (content is None or not is_possible(form, content)):
        return "unanswered"
    if answer["rev"] != item.rev:
        return "to-confirm"
    if role == "excluded" and not is_written(answer["justification"]):
        return "reason-missing"
    if value:
        return "open" if role == "open" else "answered"
    return _content_standing(form, content)


def _content_standing(form: AnswerSpec, content: Any) -> str:
    if form.type == "rows":
        if not (form.minimum or 0) <= len(content) <= (form.maximum or len(content)):
            return "incomplete"
        texts = [(field, row["fields"].get(field.id, "")) for row in content for field in form.fields]
        if not all(_fits(field, text) for field, text in texts):
            return "incomplete"
        return "open" if any(field.choices.get(text) == "open" for field, text in texts) else "answered"
    if form.type == "choices":
        return "answered"
    whole = Field("", form.type, True, form.minimum, form.maximum, {})
    return "answered" if _fits(whole, content) else "incomplete"


def _fits(field: Field, text: str) -> bool:
    """Whether a field is filled in as far as it has to be, with something possible."""
    text = text.strip(_WHITE)
    if not text:
        return not field.required
    if field.type == "date":
        return _is_day(text)
    if field.type == "number":
        return _number(text) is not None and _within(field, float(text))
    return True


def _within(field: Field, number: float) -> bool:
    return (field.minimum is None or number >= field.minimum) and (
        field.maximum is None or number <= field.maximum
    )


def _size(form: AnswerSpec, content: Any) -> float | None:
    if form.type == "rows" and isinstance(content, list):
        return len(content)
    return _number(content.strip(_WHITE)) if form.type == "number" and isinstance(content, str) else None


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _is_day(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
