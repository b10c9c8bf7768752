"""Random edits: no change is missed and none invented."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from edits import Edit, checklist_edits, edits
from example_handbook import MINIMAL, copy_minimal
from hypothesis import given
from hypothesis import strategies as st
from random_seeds import examples
from tebiki.history.change_rules import CLASSES
from tebiki.history.compare import Diff, apply_changes, compare, diff_as_json, plain_state
from tebiki.history.field_diff import apply_fields, diff_fields, equal_json, list_moves
from tebiki.history.state import State, read_state
from tebiki.history.word_diff import word_diff

words = st.sampled_from(["id", "code", "ja", "en", "text", "", "手引き"])
json_trees: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.floats(-1, 1), words),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)),
    max_leaves=12,
)
lists_with_ids = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcdef")}, optional={"x": json_trees}),
    unique_by=lambda entry: entry["id"],
    max_size=6,
)
values = st.one_of(
    json_trees, lists_with_ids, st.fixed_dictionaries({"list": lists_with_ids, "other": json_trees})
)


OLD = read_state(MINIMAL, "old")
# each example reads a handbook
few = examples(10)


def written(data: Any) -> str:
    """Two values are equal when this is: a second opinion beside ``same``."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def edited(changes: list[Edit]) -> tuple[State, State]:
    """The example handbook before and after ``changes``."""
    with tempfile.TemporaryDirectory() as folder:
        new = copy_minimal(Path(folder, "new"))
        for change in changes:
            change(new)
        return OLD, read_state(new, "new")


@given(values, values)
def test_differences_of_any_two_values_lead_from_one_to_the_other(old: Any, new: Any) -> None:
    differences = list(diff_fields(old, new))
    assert (not differences) == equal_json(old, new) == (written(old) == written(new))
    assert equal_json(apply_fields(old, differences), new)


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_as_few_as_possible_are_moved(old: list[str], new: list[str]) -> None:
    moved = list_moves(old, new)
    order = [key for key in old if key not in dict(moved)]
    assert order == [key for key in new if key not in dict(moved)]
    longest = [1] * len(new)
    for i, key in enumerate(new):
        for j in range(i):
            if old.index(new[j]) < old.index(key):
                longest[i] = max(longest[i], longest[j] + 1)
    assert len(moved) == len(new) - max(longest)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_diff_loses_no_sign(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(text for sign, text in pieces if sign != "+") == old
    assert "".join(text for sign, text in pieces if sign != "-") == new
    assert (old == new) == all(sign == "=" for sign, _text in pieces)
    assert all(text for _sign, text in pieces)


@few
@given(st.lists(edits(), max_size=4))
def test_a_diff_is_empty_exactly_when_the_trees_are_equal(changes: list[Edit]) -> None:
    old, new = edited(changes)
    equal = written(plain_state(old)) == written(plain_state(new))
    assert bool(compare(old, new)) != equal
    assert bool(compare(new, old)) != equal
    assert not compare(new, new)


@few
@given(st.lists(edits(), min_size=1, max_size=5))
def test_the_reported_changes_make_the_new_tree_of_the_old(changes: list[Edit]) -> None:
    old, new = edited(changes)
    for before, after in ((old, new), (new, old)):
        diff = json.loads(json.dumps(diff_as_json(compare(before, after))))
        made = apply_changes(plain_state(before), diff["changes"])
        assert written(made) == written(plain_state(after))


@few
@given(st.lists(edits(), min_size=1, max_size=4))
def test_nothing_is_told_of_what_stayed(changes: list[Edit]) -> None:
    old, new = edited(changes)
    diff = compare(old, new)
    changed = {change.key for change in diff.changes}
    for key in old.entries.keys() & new.entries.keys() - changed:
        assert written(old.entries[key].data) == written(new.entries[key].data)
        assert old.entries[key].place == new.entries[key].place
    for change in diff.changes:
        assert len({written([field.path, field.op]) for field in change.fields}) == len(change.fields)


@few
@given(st.lists(checklist_edits(), min_size=1, max_size=5, unique_by=lambda pair: pair[0]))
def test_the_class_never_falls_when_an_edit_is_added(changes: list[tuple[str, Edit]]) -> None:
    sizes = [size(edited([edit for _name, edit in changes[:count]])) for count in range(len(changes) + 1)]
    assert sizes[0] == -1
    assert sizes == sorted(sizes)
    assert sizes[1] >= 0, "each of these edits is a change"


def size(trees: tuple[State, State]) -> int:
    diff: Diff = compare(*trees)
    # an answer set may be that of several checklists
    return max((CLASSES.index(checklist.size) for checklist in diff.checklists if checklist.size), default=-1)
