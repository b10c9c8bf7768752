"""Whatever stands in a result file: findings or none, never an exception; and no result is lost in writing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from examples.make_results import answer, complete_result, handbook, json_bytes, seal
from hypothesis import given, settings
from hypothesis import strategies as st
from random_yaml import changed, trees
from tebiki.locales import words
from tebiki.model.digest import digest
from tebiki.results.check import check_result

CODES = frozenset(words("ja", "form")["errors"])
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

texts = st.text(max_size=50)
json_trees: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=20,
)


def judge(raw: bytes) -> list[str]:
    """The codes of what is found, each with a message that can be printed."""
    findings = check_result(raw, handbook())
    for finding in findings:
        assert finding.code in CODES
        for language in ("ja", "en"):
            message = finding.message(words(language, "form"))
            message.encode()
            assert not CONTROL.search(message)
    return [finding.code for finding in findings]


@given(raw=st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes(raw: bytes) -> None:
    assert judge(raw)


@given(data=st.data(), put_in=st.binary(max_size=4))
@settings(max_examples=150)
def test_any_bytes_inside_a_good_result(data: st.DataObject, put_in: bytes) -> None:
    raw = json_bytes(complete_result())
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 20)))
    judge(raw[:start] + put_in + raw[end:])


@given(tree=trees)
@settings(max_examples=100)
def test_any_tree(tree: Any) -> None:
    judge(json.dumps(tree, default=str, skipkeys=True).encode())


@pytest.mark.parametrize("sealed", [False, True])
@given(data=st.data())
@settings(max_examples=200)
def test_any_change_of_a_good_result(sealed: bool, data: st.DataObject) -> None:
    record = data.draw(changed(complete_result()))
    if sealed and isinstance(record, dict):
        try:
            record = seal(json.loads(json.dumps(record, default=str, skipkeys=True)))
        except (ValueError, OverflowError):
            return  # it holds what RFC 8785 has no form for
    judge(json.dumps(record, default=str, skipkeys=True).encode())


@given(note=texts, evidence=texts, reason=texts, label=texts)
@settings(max_examples=150)
def test_whatever_a_person_writes_is_in_order(note: str, evidence: str, reason: str, label: str) -> None:
    record = complete_result()
    record["subject"]["label"] = label
    record["answers"]["returns-in-time"] = answer("not-applicable", 1, note, evidence, reason)
    assert judge(json_bytes(seal(record))) == []


@given(data=st.data(), indent=st.sampled_from([None, 1, 4]), ascii_only=st.booleans())
@settings(max_examples=100)
def test_writing_and_reading_keeps_the_digest(
    data: st.DataObject, indent: int | None, ascii_only: bool
) -> None:
    finite = json_trees.filter(
        lambda tree: "Infinity" not in json.dumps(tree) and "NaN" not in json.dumps(tree)
    )
    tree = data.draw(finite)
    again = json.loads(json.dumps(tree, indent=indent, ensure_ascii=ascii_only))
    assert digest(again) == digest(tree)


@given(data=st.data())
@settings(max_examples=100)
def test_no_change_of_an_answer_goes_unnoticed(data: st.DataObject) -> None:
    record = complete_result()
    item = data.draw(st.sampled_from(sorted(record["answers"])))
    key = data.draw(st.sampled_from(["note", "evidence", "justification"]))
    new = data.draw(texts)
    if new != record["answers"][item][key]:
        record["answers"][item][key] = new
        assert judge(json_bytes(record)) == ["wrong-digest"]
