"""What differs between two values of plain JSON, field by field, completely enough to be applied."""

from __future__ import annotations

import bisect
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

#: A key of a mapping, a position in a list, or ``(name, value)`` for the entry of a list whose key
#: ``name`` has that value: ``("id", "step-card")``.
PathStep = str | int | tuple[str, str]
FieldPath = tuple[PathStep, ...]

#: Entries of a list are told apart by the first of these keys that all of them have, each its own.
_NAMES = ("id", "dimension", "code")


@dataclass(frozen=True)
class FieldChange:
    """One difference.

    ``op`` is "set" (the value is another one), "add" or "remove" (of a key, or of an entry of a list), or
    "move" (an entry stands elsewhere in its list). ``after`` says behind which entry an added or moved
    one stands, None at the beginning; it only counts where the path ends in an entry of a list.
    """

    op: Literal["set", "add", "remove", "move"]
    path: FieldPath
    old: Any = None
    new: Any = None
    after: str | None = None


def equal_json(old: Any, new: Any) -> bool:
    """Whether two values are the same JSON: 1, 1.0 and true are three values, 0.0 and -0.0 two."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(equal_json(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(equal_json, old, new))
    return type(old) is type(new) and repr(old) == repr(new)


def diff_fields(old: Any, new: Any, path: FieldPath = ()) -> Iterator[FieldChange]:
    """Every difference, in an order in which ``apply_fields`` can take them over."""
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
    elif isinstance(old, list) and isinstance(new, list) and (name := _told_apart_by(old, new)):
        yield from _in_named_list(name, old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from diff_fields(one, other, (*path, index))
    else:
        yield FieldChange("set", path, old=old, new=new)


def apply_fields(old: Any, fields: Sequence[FieldChange]) -> Any:
    """``old`` with the differences taken over; ``old`` itself stays as it is.

    Raises ValueError where ``old`` is not what the differences were made from.
    """
    holder = [copy.deepcopy(old)]
    for field in fields:
        _apply(holder, field)
    return holder[0]


def list_moves(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str | None]]:
    """What has to be put elsewhere to make the order ``new`` of ``old``, each with what it then follows.

    Neither has anything twice. What stays is a longest run that keeps its order, so the fewest move.
    Done one after the other, each directly behind what it follows, the moves give ``new`` exactly.
    """
    before = {key: index for index, key in enumerate(old)}
    stay = _longest_rising([(before[key], key) for key in new if key in before])
    behind: str | None = None
    found = []
    for key in new:
        if key not in stay:
            found.append((key, behind))
        behind = key
    return found


def _in_named_list(name: str, old: list[Any], new: list[Any], path: FieldPath) -> Iterator[FieldChange]:
    before = {entry[name]: entry for entry in old}
    after = {entry[name]: entry for entry in new}
    for key, entry in before.items():
        if key not in after:
            yield FieldChange("remove", (*path, (name, key)), old=entry)
        else:
            yield from diff_fields(entry, after[key], (*path, (name, key)))
    for key, behind in list_moves(list(before), list(after)):
        if key in before:
            yield FieldChange("move", (*path, (name, key)), after=behind)
        else:
            yield FieldChange("add", (*path, (name, key)), new=after[key], after=behind)


def _told_apart_by(old: list[Any], new: list[Any]) -> str | None:
    if not old or not new:
        return None
    for name in _NAMES:
        if all(isinstance(entry, Mapping) and isinstance(entry.get(name), str) for entry in [*old, *new]):
            unique = all(len({entry[name] for entry in entries}) == len(entries) for entries in (old, new))
            return name if unique else None
    return None


def _longest_rising(entries: list[tuple[int, str]]) -> set[str]:
    """The keys of a longest subsequence in which the numbers rise (patience sorting)."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, (number, _key) in enumerate(entries):
        length = bisect.bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [index]
    found = set()
    index = at[-1] if at else -1
    while index >= 0:
        found.add(entries[index][1])
        index = previous[index]
    return found


def _apply(holder: list[Any], field: FieldChange) -> None:
    around: Any = holder
    steps: tuple[PathStep, ...] = (0, *field.path)
    try:
        for step in steps[:-1]:
            around = around[_index(around, step)]
        last = steps[-1]
        if isinstance(last, tuple):
            entry = field.new if field.op == "add" else around.pop(_index(around, last))
            if field.op == "set":
                raise KeyError(last)
            if field.op != "remove":
                behind = 0 if field.after is None else _index(around, (last[0], field.after)) + 1
                around.insert(behind, copy.deepcopy(entry))
        elif field.op == "remove":
            del around[last]
        else:
            around[last] = copy.deepcopy(field.new)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"there is no {format_path(field.path)} to change") from error


def _index(around: Any, step: PathStep) -> Any:
    if not isinstance(step, tuple):
        return step
    name, value = step
    for index, entry in enumerate(around):
        if entry[name] == value:
            return index
    raise KeyError(value)


def format_path(path: FieldPath) -> str:
    """``path`` for people: ``steps[step-card].title.ja``."""
    text = ""
    for step in path:
        if isinstance(step, str):
            text += f".{step}" if text else step
        else:
            text += f"[{step[1] if isinstance(step, tuple) else step + 1}]"
    return text
