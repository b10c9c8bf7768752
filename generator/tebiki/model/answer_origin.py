"""Where a question takes answers over from: questions of other checklists, and how their answers are converted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Types of answers that hold any text.
TEXT_TYPES = ("text", "long-text")


@dataclass(frozen=True)
class AnswerOrigin:
    """A question of another checklist, whose answers are offered again.

    Attributes:
        checklist: The id of the other checklist.
        question: The id of the question in it.
        answers: Answers there → answers here, where their ids differ; the others keep their ids.
        fields: Fields of a row here → the fields there that they are made of; None: fields of equal ids.
        choices: Fields of a row here → the answer that they get in any case.
    """

    checklist: str
    question: str
    answers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The reference as it is written: ``CHECKLIST#QUESTION``."""
        return f"{self.checklist}#{self.question}"


def answer_origin(entry: str | Mapping[str, Any]) -> AnswerOrigin:
    """Return the origin in an entry of ``takes_from``: a reference, or a mapping with one and the conversion."""
    if isinstance(entry, str):
        checklist, _, question = entry.partition("#")
        return AnswerOrigin(checklist, question)
    checklist, _, question = entry["question"].partition("#")
    fields = entry.get("fields")
    return AnswerOrigin(
        checklist,
        question,
        answers={answer["from"]: answer["to"] for answer in entry.get("answers", ())},
        fields=None
        if fields is None
        else {field["id"]: tuple(field["from"]) for field in fields if "from" in field},
        choices={field["id"]: field["answer"] for field in fields or () if "answer" in field},
    )


def can_take(type_here: str, type_there: str, in_row: bool = False) -> bool:
    """Whether an answer of one type can become one of another, with the same or fewer words.

    Args:
        type_here: The type of the question or field that takes the answer over.
        type_there: The type that the answer has.
        in_row: Whether they are fields of rows, where the text of a choice can become a text.
    """
    if type_here in TEXT_TYPES:
        return type_there not in (("rows", "choices") if in_row else ("rows", "choices", "choice"))
    return type_here == type_there or (type_here, type_there) == ("choices", "choice")
