"""Whatever a file holds: in the form it is read as before, and formatting it again changes nothing."""

from __future__ import annotations

import contextlib
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st
from random_seeds import examples
from tebiki.reading.yaml_reader import YamlError, parse_yaml
from tebiki.reading.yaml_texts import as_yaml_reads
from tebiki.writing.yaml_comments import read_comments
from tebiki.writing.yaml_form import FormError, format_yaml

_KEYS = st.sampled_from(["id", "title", "text", "items", "ja", "en", "2", "a: b", "本", ""])
_WORDS = st.one_of(
    st.sampled_from(["本", "を\n借りる", "a", " ", "\n", "\n\n", "#", " # x", ":", ": ", "- ", "'", '"', "[[loan]]", "12"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=5),
)  # fmt: skip
_TEXTS = st.lists(_WORDS, max_size=6).map("".join)
_DATA = st.recursive(
    st.one_of(_TEXTS, st.integers(-99, 99), st.floats(-9, 9, width=16), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)


def laid_out(data: Any, style: str | None, flow: bool | None, width: int, comments: list[int]) -> str:
    """``data`` as YAML in another form, with comments at the end of some lines that are not inside texts."""
    text: str = yaml.safe_dump(
        data, allow_unicode=True, default_style=style, default_flow_style=flow, width=width, sort_keys=False
    )
    lines = text.split("\n")
    for number in comments:
        index = number % len(lines)
        with contextlib.suppress(YamlError):
            commented = [*lines[:index], f"{lines[index]} # {number}", *lines[index + 1 :]]
            if _data(commented) == _data(lines):
                lines = commented
    return "\n".join(lines)


def _data(lines: list[str]) -> Any:
    document = parse_yaml("\n".join(lines), "")
    return document and document.marked


@given(
    st.dictionaries(_KEYS, _DATA, min_size=1, max_size=4),
    st.sampled_from([None, ">", "|", '"', "'"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([10, 80]),
    st.lists(st.integers(0, 40), max_size=3),
    st.sampled_from(["checklist", "term"]),
)
@examples(25)
def test_any_file_is_read_as_before(
    data: dict[str, Any], style: str | None, flow: bool | None, width: int, comments: list[int], kind: str
) -> None:
    text = laid_out(data, style, flow, width, comments)
    try:
        before = parse_yaml(text, "")
        formed = format_yaml(text, kind, ("ja", "en"))
    except (YamlError, FormError):
        return
    after = parse_yaml(formed, "")
    assert before is not None
    assert after is not None
    assert after.data == before.data
    assert kind != "checklist" or as_yaml_reads(after.marked) == as_yaml_reads(before.marked)
    assert format_yaml(formed, kind, ("ja", "en")) == formed
    assert _comments(formed) == _comments(text)


def _comments(text: str) -> list[str]:
    """All comments of a file, sorted."""
    entries = read_comments(text).values()
    return sorted(
        comment for entry in entries for comment in (*entry.before, entry.beside, *entry.after) if comment
    )
