"""Messages to people as values, which become text where they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias, Union

#: A value in a message: a name, a number, a message of its own, or several of them, which are listed.
Argument: TypeAlias = Union[str, int, float, "Message", tuple["Argument", ...]]


@dataclass(frozen=True, init=False)
class Message:
    """What a person is told, in no language yet.

    Attributes:
        key: Where its words are in ``locales/LANGUAGE/messages/``: the file, and the keys in it, with dots between.
        arguments: The values of the placeholders in these words, by name, sorted.
    """

    key: str
    arguments: tuple[tuple[str, Argument], ...]

    def __init__(self, key: str, /, **arguments: Argument) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "arguments", tuple(sorted(arguments.items())))

    def __lt__(self, other: Message) -> bool:
        return str(self) < str(other)

    def __str__(self) -> str:
        """Return the message for a traceback; ``locales.messages.message_text`` makes text for people."""
        return f"{self.key}({', '.join(f'{name}={value!s}' for name, value in self.arguments)})"

    def as_data(self) -> dict[str, object]:
        """Return key and arguments as values of JSON."""
        return {"key": self.key, "arguments": {name: _as_data(value) for name, value in self.arguments}}


def any_of(parts: Sequence[Argument]) -> Argument:
    """Return one or more ``parts`` as a choice: "this or that"."""
    return reduce(lambda first, second: Message("common.or", first=first, second=second), parts)


class MessageError(Exception):
    """An error that a person can do something about.

    Attributes:
        message: What is wrong, and what to do.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def _as_data(value: Argument) -> object:
    if isinstance(value, Message):
        return value.as_data()
    return list(map(_as_data, value)) if isinstance(value, tuple) else value
