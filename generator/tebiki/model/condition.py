"""The condition under which a question of a checklist is asked, as ``when`` in a checklist states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Operator = Literal["is", "is_not", "answered", "at_least", "at_most"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)


@dataclass(frozen=True)
class Comparison:
    """Compares the answer to ``question``, the id of a question of the same checklist.

    ``is`` and ``is_not`` compare with ``answers``; ``at_least`` and ``at_most`` compare a number, or the
    number of rows, with ``number``. ``answered`` compares with nothing.
    """

    question: str
    operator: Operator
    answers: tuple[str, ...] = ()
    number: float = 0


@dataclass(frozen=True)
class Combination:
    """Holds when all or any of ``conditions`` hold."""

    operator: Literal["all", "any"]
    conditions: tuple[Condition, ...]


Condition = Comparison | Combination


def parse_condition(data: Mapping[str, Any]) -> Condition:
    """Return the condition that ``data`` states, which satisfies ``condition`` of checklist.schema.json."""
    if "all" in data:
        return Combination("all", tuple(map(parse_condition, data["all"])))
    if "any" in data:
        return Combination("any", tuple(map(parse_condition, data["any"])))
    operator = next(operator for operator in OPERATORS if operator in data)
    value = data[operator]
    match operator:
        case "is" | "is_not":
            return Comparison(data["item"], operator, answers=tuple(value))
        case "answered":
            return Comparison(data["item"], operator)
        case "at_least" | "at_most":
            return Comparison(data["item"], operator, number=value)


def comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """Yield every comparison inside ``condition``, in the order of the file."""
    if isinstance(condition, Comparison):
        yield condition
    elif condition is not None:
        for part in condition.conditions:
            yield from comparisons(part)
