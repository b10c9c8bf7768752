"""Strategies for Hypothesis: data of every shape, and valid data with something changed in it."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from hypothesis import strategies as st

#: Words that mean something to the loader, so that random data comes close to real data.
WORDS = (
    "kind", "items", "id", "title", "text", "sources", "source", "place", "status", "superseded_by", "ja",
    "en", "fr", "loan", "doc-ordinance", "term", "source", "country", "event", "checklist", "handbook",
    "when", "item", "is", "all", "any", "has-card", "done", "not-applicable", "retired", "sections", "units",
    "nav", "theme", "languages", "code", "2026-02-30", "https://", "[[loan]]", "[[", "![[loan]]", "1.0.0",
)  # fmt: skip

words = st.sampled_from(WORDS)
texts = st.one_of(words, st.text(max_size=20))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    texts,
    st.dates(min_value=datetime.date(1, 1, 1)),
)
trees: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(texts, scalars), inner, max_size=5)
    ),
    max_leaves=20,
)


def places(data: Any) -> list[tuple[Any, ...]]:
    """The path of every value in ``data``, the empty path of the whole included."""
    found: list[tuple[Any, ...]] = [()]
    for path in found:
        here = inside(data, path)
        keys = list(here) if isinstance(here, dict) else range(len(here)) if isinstance(here, list) else ()
        found += [(*path, key) for key in keys]
    return found


def inside(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


@st.composite
def changed(draw: st.DrawFn, valid: Any) -> Any:
    """``valid`` with one to three values replaced, deleted, copied elsewhere or put in."""
    data = copy.deepcopy(valid)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(data)))
        new = draw(st.one_of(trees, st.sampled_from(places(data)).map(lambda at, d=data: inside(d, at))))
        new = copy.deepcopy(new)
        if not path:
            return new
        around, last = inside(data, path[:-1]), path[-1]
        match draw(st.sampled_from(["replace", "replace", "delete", "insert"])):
            case "replace":
                around[last] = new
            case "delete":
                del around[last]
            case _ if isinstance(around, list):
                around.insert(last, new)
            case _:
                around[draw(words)] = new
        if not isinstance(data, (dict, list)) or not data:
            break
    return data
