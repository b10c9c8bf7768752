"""A condition of a checklist as a text in one cell: ``(a is yes, no or b answered) and c >= 3``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(\(|\)|,|>=|<=|≥|≤|[A-Za-z0-9._+-]+)", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_LEVELS = {"any": "or", "all": "and"}
_NUMBERS = {">=": "at_least", "≥": "at_least", "<=": "at_most", "≤": "at_most"}
#: How deep parentheses may be nested.
_MAX_DEPTH = 20


class ConditionTextError(ValueError):
    """The text is no condition."""


def condition_text(condition: Mapping[str, Any]) -> str:
    """Return a condition as a text; "" where the text would be read as another one."""
    text = _written(condition)
    try:
        return text if parse_condition_text(text) == condition else ""
    except ConditionTextError:
        return ""


def parse_condition_text(text: str) -> dict[str, Any]:
    """Return the condition that ``text`` states, as ``when`` of a checklist holds it.

    Raises:
        ConditionTextError: It is no condition.
    """
    parser = _Parser(text)
    condition = parser.alternatives(0)
    if parser.rest:
        raise ConditionTextError(text)
    return condition


def _written(condition: Mapping[str, Any]) -> str:
    for key, word in _LEVELS.items():
        if key in condition:
            return f" {word} ".join(
                f"({_written(part)})" if "all" in part or "any" in part else _written(part)
                for part in condition[key]
            )
    question = condition["item"]
    if "answered" in condition:
        return f"{question} answered"
    for key, sign in (("at_least", ">="), ("at_most", "<=")):
        if key in condition:
            return f"{question} {sign} {condition[key]}"
    key, words = ("is", "is") if "is" in condition else ("is_not", "is not")
    return f"{question} {words} {', '.join(condition[key])}"


class _Parser:
    """Reads a condition by recursive descent: "or" binds less than "and"."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.rest = _split(text)

    def alternatives(self, depth: int) -> dict[str, Any]:
        return self._joined("any", depth)

    def _joined(self, key: str, depth: int) -> dict[str, Any]:
        if depth > _MAX_DEPTH:
            raise ConditionTextError(self._text)
        parts = [self._part(key, depth)]
        while self.rest[:1] == [_LEVELS[key]]:
            self.rest.pop(0)
            parts.append(self._part(key, depth))
        return parts[0] if len(parts) == 1 else {key: parts}

    def _part(self, key: str, depth: int) -> dict[str, Any]:
        if key == "any":
            return self._joined("all", depth)
        if self.rest[:1] != ["("]:
            return self._comparison()
        self.rest.pop(0)
        condition = self.alternatives(depth + 1)
        if self._next() != ")":
            raise ConditionTextError(self._text)
        return condition

    def _comparison(self) -> dict[str, Any]:
        question, operator = self._id(), self._next()
        if operator == "answered":
            return {"item": question, "answered": True}
        if operator in _NUMBERS:
            return {"item": question, _NUMBERS[operator]: self._number()}
        if operator != "is":
            raise ConditionTextError(self._text)
        key = "is"
        if self.rest[:1] == ["not"]:
            self.rest.pop(0)
            key = "is_not"
        answers = [self._id()]
        while self.rest[:1] == [","]:
            self.rest.pop(0)
            answers.append(self._id())
        return {"item": question, key: answers}

    def _number(self) -> int | float:
        token = self._next()
        if not _NUMBER.fullmatch(token):
            raise ConditionTextError(self._text)
        number = float(token)
        return int(number) if number.is_integer() else number

    def _id(self) -> str:
        token = self._next()
        if not re.fullmatch(r"[A-Za-z0-9]+([-._][A-Za-z0-9]+)*", token):
            raise ConditionTextError(self._text)
        return token

    def _next(self) -> str:
        if not self.rest:
            raise ConditionTextError(self._text)
        return self.rest.pop(0)


def _split(text: str) -> list[str]:
    tokens, position, text = [], 0, text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise ConditionTextError(text)
        tokens.append(match[1])
        position = match.end()
    return tokens
