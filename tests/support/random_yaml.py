"""Hypothesis strategies for arbitrary YAML data and for mutations of valid data."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from hypothesis import strategies as st

#: Words that the loader knows, so that random data resembles real data.
WORDS = (
    "kind", "items", "id", "title", "text", "sources", "source", "place", "status", "superseded_by", "ja",
    "en", "fr", "loan", "doc-ordinance", "term", "source", "comparison-row", "event", "checklist", "handbook",
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


def paths(data: Any) -> list[tuple[Any, ...]]:
    """Return the path of every value in ``data``, starting with the empty path of the root."""
    reached: list[tuple[Any, ...]] = [()]
    for path in reached:
        value = value_at(data, path)
        keys = (
            list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        )
        reached += [(*path, key) for key in keys]
    return reached


def value_at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


@st.composite
def changed(draw: st.DrawFn, valid: Any) -> Any:
    """Copy ``valid`` with one to three values replaced, deleted, inserted or copied elsewhere."""
    data = copy.deepcopy(valid)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths(data)))
        new = draw(
            st.one_of(trees, st.sampled_from(paths(data)).map(lambda at, root=data: value_at(root, at)))
        )
        new = copy.deepcopy(new)
        if not path:
            return new
        around, last = value_at(data, path[:-1]), path[-1]
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
