"""Whatever stands in a checklist survives the cells of a table and the YAML file that is made of them."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tebiki.interchange.cell_text import cell_text, cell_value
from tebiki.model.spreadsheet_text import escape_formula, without_formula_escapes
from tebiki.reading.yaml_reader import parse_yaml
from tebiki.writing.yaml_form import yaml_text

_SIGNS = st.text("a',;|= +-@\t\n\u3000＝", max_size=12)


@settings(max_examples=100)
@given(_SIGNS)
def test_escapes_against_formulas_are_taken_out_again(text: str) -> None:
    assert without_formula_escapes(escape_formula(text)) == text


_IDS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
_COMPARISONS = st.one_of(
    st.builds(
        lambda name, answers: {"item": name, "is": answers}, _IDS, st.lists(_IDS, min_size=1, max_size=3)
    ),
    st.builds(
        lambda name, answers: {"item": name, "is_not": answers}, _IDS, st.lists(_IDS, min_size=1, max_size=3)
    ),
    st.builds(lambda name: {"item": name, "answered": True}, _IDS),
    st.builds(lambda name, number: {"item": name, "at_least": number}, _IDS, st.integers(-99, 99)),
    st.builds(lambda name, number: {"item": name, "at_most": number}, _IDS, st.floats(-9, 9, width=16)),
)
_CONDITIONS = st.recursive(
    _COMPARISONS,
    lambda inner: st.builds(
        lambda key, parts: {key: parts},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=25)
@given(_CONDITIONS)
def test_a_condition_survives_its_cell(condition: dict[str, Any]) -> None:
    assert cell_value(cell_text(condition, "condition"), "condition") == condition


@settings(max_examples=25)
@given(
    st.dictionaries(
        _IDS, st.one_of(st.text(), st.sampled_from(["1e3", "0x1f", "yes", "null", "1_0", "2026-01-01"]))
    )
)
def test_yaml_reads_as_it_was_written(texts: dict[str, str]) -> None:
    texts = {
        key: "".join(sign for sign in text if sign.isprintable() or sign == "\n")
        for key, text in texts.items()
    }
    document = parse_yaml(yaml_text({"a": texts, "b": [texts]}, "checklist"), "file")
    assert document is not None
    assert document.data == {"a": texts, "b": [texts]}
