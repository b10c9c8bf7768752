"""Problems in the handbook's files as values, which are collected instead of raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from tebiki.model.message import Message

#: Prefix of the files of the handbook that an overlay is made from: ``upstream:content/terms.yml``.
UPSTREAM = "upstream:"

Severity = Literal["error", "warning"]
Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file of the handbook.

    ``file`` is relative to the project with ``/`` between its parts; ``line`` and ``column``
    count from 1, the column in characters.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def upstream(self) -> bool:
        """Whether the file is one of the handbook that an institution's own is made from."""
        return self.file.startswith(UPSTREAM)


@dataclass(frozen=True, order=True)
class Diagnostic:
    """A problem: where it is, which rule reports it, and what to do.

    An ``error`` stops a build; a ``warning`` is shown on the page instead (a stale translation).
    ``tebiki check`` fails on both. ``source`` is the line of the file at the place, where it helps to see it, and
    ``correction`` that line as it should be; ``is_certain`` says that a program may write it.
    """

    place: Place
    rule: str
    message: Message
    severity: Severity = "error"
    source: str = ""
    correction: str = ""
    is_certain: bool = False

    @property
    def line(self) -> Message:
        """The diagnostic in one line, as a part of another message."""
        return Message("common.diagnostic", place=str(self.place), rule=self.rule, message=self.message)


#: Every rule by its id, with the text that ``docs/rules.md`` prints: the docstring of its function.
RULES: dict[str, str] = {}


def rule(rule_id: str) -> Callable[[Function], Function]:
    """Return a decorator that registers a function as the one that reports ``rule_id``.

    The docstring of the function documents the rule: what is wrong, and how to correct it.

    Raises:
        ValueError: The rule is registered already, or the function has no docstring.
    """

    def register(function: Function) -> Function:
        if rule_id in RULES:
            raise ValueError(f"two rules are called {rule_id}")
        if not function.__doc__:
            raise ValueError(f"the rule {rule_id} has no docstring")
        RULES[rule_id] = function.__doc__
        return function

    return register
