"""The differences between two values of plain JSON data, field by field, which can be applied."""

from __future__ import annotations

import bisect
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

#: A key of a mapping, an index of a list, or ``(name, value)`` for the element of a list whose member ``name`` has
#: that value, such as ``("id", "step-card")``.
PathStep = str | int | tuple[str, str]
FieldPath = tuple[PathStep, ...]

# the elements of a list are identified by the first of these keys that all of them have, with different values
_IDENTIFYING_KEYS = ("id", "dimension", "code")


@dataclass(frozen=True)
class FieldChange:
    """A difference between two values.

    Attributes:
        op: "set" (another value), "add" or "remove" (a key, or an element of a list), or "move" (an element has
            another position in its list).
        path: Where the difference is.
        old: The older value.
        new: The newer value.
        after: The element that an added or moved element follows; None at the beginning. It has a meaning only if
            the path ends in an element of a list.
    """

    op: Literal["set", "add", "remove", "move"]
    path: FieldPath
    old: Any = None
    new: Any = None
    after: str | None = None


def equal_json(old: Any, new: Any) -> bool:
    """Return whether two values are the same JSON: 1, 1.0 and true are three values, 0.0 and -0.0 two."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(equal_json(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(equal_json, old, new))
    return type(old) is type(new) and repr(old) == repr(new)


def diff_fields(old: Any, new: Any, path: FieldPath = ()) -> Iterator[FieldChange]:
    """Yield all differences from ``old`` to ``new``, in an order that ``apply_fields`` accepts."""
    if equal_json(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new:
                yield FieldChange("remove", (*path, key), old=old[key])
            elif key not in old:
                yield FieldChange("add", (*path, key), new=new[key])
            else:
                yield from diff_fields(old[key], new[key], (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and (name := _identifying_key(old, new)):
        yield from _in_named_list(name, old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (old_element, new_element) in enumerate(zip(old, new, strict=True)):
            yield from diff_fields(old_element, new_element, (*path, index))
    else:
        yield FieldChange("set", path, old=old, new=new)


def apply_fields(old: Any, fields: Sequence[FieldChange]) -> Any:
    """Apply differences to a value.

    Args:
        old: The older value; it is not changed.
        fields: The differences, as ``diff_fields`` yields them.

    Returns:
        The newer value.

    Raises:
        ValueError: ``old`` is not the value that the differences start from.
    """
    holder = [copy.deepcopy(old)]
    for field in fields:
        _apply(holder, field)
    return holder[0]


def list_moves(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the fewest moves and insertions that turn one order into another.

    Args:
        old: The older order of keys; no key occurs twice.
        new: The newer order; no key occurs twice.

    Returns:
        Each key to move or insert with the key that it then follows directly, None at the beginning. Done in this
        order, they give ``new`` except for keys that are only in ``old``.
    """
    before = {key: index for index, key in enumerate(old)}
    staying = _longest_increasing([(before[key], key) for key in new if key in before])
    previous: str | None = None
    moves = []
    for key in new:
        if key not in staying:
            moves.append((key, previous))
        previous = key
    return moves


def _in_named_list(name: str, old: list[Any], new: list[Any], path: FieldPath) -> Iterator[FieldChange]:
    before = {entry[name]: entry for entry in old}
    after = {entry[name]: entry for entry in new}
    for key, entry in before.items():
        if key not in after:
            yield FieldChange("remove", (*path, (name, key)), old=entry)
        else:
            yield from diff_fields(entry, after[key], (*path, (name, key)))
    for key, previous in list_moves(list(before), list(after)):
        if key in before:
            yield FieldChange("move", (*path, (name, key)), after=previous)
        else:
            yield FieldChange("add", (*path, (name, key)), new=after[key], after=previous)


def _identifying_key(old: list[Any], new: list[Any]) -> str | None:
    if not old or not new:
        return None
    for name in _IDENTIFYING_KEYS:
        if all(isinstance(entry, Mapping) and isinstance(entry.get(name), str) for entry in [*old, *new]):
            unique = all(len({entry[name] for entry in entries}) == len(entries) for entries in (old, new))
            return name if unique else None
    return None


def _longest_increasing(entries: list[tuple[int, str]]) -> set[str]:
    """The keys of a longest increasing subsequence of the numbers (patience sorting)."""
    ends: list[int] = []  # by length, the smallest last number of a subsequence
    indices: list[int] = []  # by length, the index of that number
    previous: list[int] = []
    for index, (number, _key) in enumerate(entries):
        length = bisect.bisect_left(ends, number)
        previous.append(indices[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        indices[length : length + 1] = [index]
    keys = set()
    index = indices[-1] if indices else -1
    while index >= 0:
        keys.add(entries[index][1])
        index = previous[index]
    return keys


def _apply(holder: list[Any], field: FieldChange) -> None:
    container: Any = holder
    steps: tuple[PathStep, ...] = (0, *field.path)
    try:
        for step in steps[:-1]:
            container = container[_index(container, step)]
        last = steps[-1]
        if isinstance(last, tuple):
            entry = field.new if field.op == "add" else container.pop(_index(container, last))
            if field.op == "set":
                raise KeyError(last)
            if field.op != "remove":
                index = 0 if field.after is None else _index(container, (last[0], field.after)) + 1
                container.insert(index, copy.deepcopy(entry))
        elif field.op == "remove":
            del container[last]
        else:
            container[last] = copy.deepcopy(field.new)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"there is no {format_path(field.path)} to change") from error


def _index(container: Any, step: PathStep) -> Any:
    if not isinstance(step, tuple):
        return step
    name, value = step
    for index, entry in enumerate(container):
        if entry[name] == value:
            return index
    raise KeyError(value)


def format_path(path: FieldPath) -> str:
    """Return a path as text, such as ``steps[step-card].title.ja``."""
    text = ""
    for step in path:
        if isinstance(step, str):
            text += f".{step}" if text else step
        else:
            text += f"[{step[1] if isinstance(step, tuple) else step + 1}]"
    return text
