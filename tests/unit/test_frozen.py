"""``frozen`` makes what ``dataclasses.dataclass(frozen=True)`` makes: each fact is asked of both."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tebiki.model.frozen import frozen


class Plain:
    """A value.

    Attributes:
        name: What it is called.
    """

    name: str
    count: int = 2
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Single:
    name: str


class Empty:
    pass


class OwnInit:
    name: str
    parts: tuple[str, ...]

    def __init__(self, name: str, *parts: str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "parts", parts)


class OwnMethods:  # noqa: PLW1641 - the decorator makes it
    name: str

    def __eq__(self, other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "its own"


class OwnHash:
    names: list[str]

    def __hash__(self) -> int:
        return 7


def copy_of(cls: type) -> type:
    return type(
        cls.__name__,
        (),
        {key: value for key, value in vars(cls).items() if key[:6] not in ("__dict", "__weak")},
    )


STANDARD: Callable[..., Any] = dataclasses.dataclass(frozen=True)
ORDERED: Callable[..., Any] = dataclasses.dataclass(frozen=True, order=True)
BOTH = pytest.mark.parametrize("decorate", [STANDARD, frozen], ids=["dataclass", "frozen"])
BOTH_ORDERED = pytest.mark.parametrize("decorate", [ORDERED, frozen(order=True)], ids=["dataclass", "frozen"])
frozen_plain = frozen(copy_of(Plain))
Kept = frozen_plain
Kept.__qualname__ = "Kept"  # where pickle finds it
Kept.__name__ = "Kept"


@BOTH
def test_values_are_equal_by_their_fields(decorate: Callable[[type], Any]) -> None:
    plain, other = decorate(copy_of(Plain)), decorate(copy_of(Plain))
    assert plain("a") == plain("a", 2, {}) == plain(name="a", words={})
    assert plain("a") != plain("b")
    assert plain("a") != other("a")
    assert decorate(copy_of(Empty))() != decorate(copy_of(Empty))()
    single = decorate(copy_of(Single))
    assert {single("a"), single("a"), single("b")} == {single("a"), single("b")}
    assert hash(single("a")) == hash(("a",))


@BOTH
def test_a_value_does_not_change(decorate: Callable[[type], Any]) -> None:
    value = decorate(copy_of(Plain))("a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'count'"):
        value.count = 3
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'count'"):
        del value.count
    assert value.count == 2


@BOTH
def test_a_default_is_made_for_each_value(decorate: Callable[[type], Any]) -> None:
    plain = decorate(copy_of(Plain))
    assert plain("a").words is not plain("b").words
    assert plain.count == 2


@BOTH
def test_wrong_arguments_are_refused(decorate: Callable[[type], Any]) -> None:
    plain = decorate(copy_of(Plain))
    for arguments, options in (
        ((), {}),
        (("a", 1, {}, 4), {}),
        (("a",), {"name": "b"}),
        (("a",), {"size": 1}),
    ):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            plain(*arguments, **options)
    assert list(inspect.signature(plain).parameters) == ["name", "count", "words"]


@BOTH
def test_what_dataclasses_offers_works(decorate: Callable[[type], Any]) -> None:
    plain = decorate(copy_of(Plain))
    value = plain("a", words={"one": "1"})
    assert dataclasses.is_dataclass(value)
    assert [field.name for field in dataclasses.fields(plain)] == ["name", "count", "words"]
    assert dataclasses.replace(value, count=3) == plain("a", 3, {"one": "1"})
    assert dataclasses.asdict(value) == {"name": "a", "count": 2, "words": {"one": "1"}}
    assert dataclasses.astuple(decorate(copy_of(Single))("a")) == ("a",)
    assert repr(value) == "Plain(name='a', count=2, words={'one': '1'})"
    assert plain.__match_args__ == ("name", "count", "words")
    assert plain.__doc__ == Plain.__doc__


@BOTH_ORDERED
def test_ordered_values_are_ordered_by_their_fields(decorate: Callable[[type], Any]) -> None:
    plain = decorate(copy_of(Plain))
    first, second = plain("a", 2), plain("a", 10)
    assert sorted([second, first]) == [first, second]
    assert first < second
    assert first <= plain("a", 2)
    assert second > first
    assert second >= plain("a", 10)
    with pytest.raises(TypeError):
        assert first < decorate(copy_of(Plain))("b")


@BOTH
def test_others_have_no_order(decorate: Callable[[type], Any]) -> None:
    plain = decorate(copy_of(Plain))
    with pytest.raises(TypeError):
        assert plain("a") < plain("b")


def test_a_class_keeps_an_init_of_its_own() -> None:
    own = frozen(copy_of(OwnInit))
    assert own("a", "b", "c") == own("a", *"bc")
    assert own("a", "b").parts == ("b",)


@BOTH
def test_a_class_keeps_its_methods(decorate: Callable[[type], Any]) -> None:
    own = decorate(copy_of(OwnMethods))
    assert own("a") == own("b")
    assert repr(own("a")) == "its own"
    assert hash(own("a")) == hash(("a",))
    assert hash(decorate(copy_of(OwnHash))(["a"])) == 7


def test_a_value_survives_pickling() -> None:
    value = Kept("a", words={"one": "1"})
    assert pickle.loads(pickle.dumps(value)) == value
