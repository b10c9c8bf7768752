"""Plain data in which every value remembers the line and column that it was read from."""

from __future__ import annotations

from typing import Any

from tebiki.model.diagnostics import Place

Position = tuple[int, int]
#: The keys and the numbers that lead to a value in a document.
DataPath = tuple[str | int, ...]


class YamlMap(dict[str, Any]):
    """A mapping; ``positions`` gives (line, column) of each key, from 1."""

    __slots__ = ("positions",)

    def __init__(self) -> None:
        super().__init__()
        self.positions: dict[str, Position] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        # only the process that reads the files reports places
        return dict, (), None, None, iter(self.items())


class YamlList(list[Any]):
    """A sequence; ``positions`` gives (line, column) of each entry, from 1."""

    __slots__ = ("positions",)

    def __init__(self) -> None:
        super().__init__()
        self.positions: list[Position] = []

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (), None, iter(self)


def place_of(data: Any, key: str, file: str) -> Place:
    """Return the place of ``key`` in ``data``, a mapping that was read from ``file``."""
    return Place(file, *data.positions[key])
