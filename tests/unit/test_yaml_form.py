"""The one form of YAML: what it looks like, and that nothing is lost or read differently."""

from __future__ import annotations

import pytest
from tebiki.writing.yaml_comments import Comments, read_comments
from tebiki.writing.yaml_form import FormError, format_yaml, yaml_text
from tebiki.writing.yaml_scalars import scalar_lines

LANGUAGES = ("ja", "en")
TERM = """\
# yaml-language-server: $schema=../schemas/term.schema.json
items:

  # Words of the counter.
  - title: {en: "Loan", ja: '貸出'}   # a comment on the title
    id: loan # the first one
    readings: [かしだし, "1"]

    text:
      en: >-
        A book that is
        lent.
      ja: "本を
        貸すこと。"
    official: {}
kind: term
# The end.
"""
FORMED = """\
# yaml-language-server: $schema=../schemas/term.schema.json
kind: term
items:
  # Words of the counter.
  - id: loan # the first one
    title: # a comment on the title
      ja: 貸出
      en: Loan
    text:
      ja: 本を貸すこと。
      en: A book that is lent.
    readings:
      - かしだし
      - '1'
    official: {}
# The end.
"""


def test_the_form() -> None:
    assert format_yaml(TERM, "term", LANGUAGES) == FORMED
    assert format_yaml(FORMED, "term", LANGUAGES) == FORMED


@pytest.mark.parametrize(
    "text",
    ["本", "a#b", "a:b", "x]", "-1x", "2026-04-01", "1.0.0", "yes", "a-", "「x」", "?x", "=", "~x", "No", "0x"],
)  # fmt: skip
def test_a_text_that_needs_no_quotation_marks(text: str) -> None:
    assert scalar_lines(text, "") == [text]


@pytest.mark.parametrize(
    "text",
    ["", "12", "1.5", "1e3", ".5", "0o7", "0x1F", ".inf", "null", "~", "True", "a: b", "a #b", "a:", " a", "a ",
     "- a", "-", "?", "? a", "[[loan]]", "{a", "#a", "&a", "*a", "!a", "|", ">a", "%a", "@a", "`a", ",a", '"a'],
)  # fmt: skip
def test_a_text_that_needs_quotation_marks(text: str) -> None:
    assert scalar_lines(text, "") == [f"'{text}'"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("it's: so", ['"it\'s: so"']),
        ("'a' \"b\"", ["'''a'' \"b\"'"]),
        ("a\nb\n", ["|", "  a", "  b"]),
        ("a\n\nb", ["|-", "  a", "", "  b"]),
        ("a\n\n", ["|+", "  a", ""]),
        (" a\nb", ["|2-", "   a", "  b"]),
        ("a\n  ", ['"a\\n  "']),
    ],
)
def test_quotation_marks_and_blocks(text: str, lines: list[str]) -> None:
    assert scalar_lines(text, "  ") == lines


@pytest.mark.parametrize(
    ("value", "line"), [(None, "null"), (True, "true"), (-3, "-3"), (1.0, "1"), (1e21, "1e+21")]
)
def test_values_that_are_no_texts(value: float | None, line: str) -> None:
    assert scalar_lines(value, "") == [line]


def test_what_is_read_of_a_checklist_stays_for_its_digest() -> None:
    text = "kind: checklist\ntext: >\n  本を\n  貸す。\n\n  次の段落\n  です。\ntitle: '本を\n  読む'\n"
    formed = format_yaml(text, "checklist", LANGUAGES)
    assert (
        formed
        == "kind: checklist\ntitle: >-\n  本を\n  読む\ntext: >\n  本を\n  貸す。\n\n  次の段落\n  です。\n"
    )
    assert format_yaml(formed, "checklist", LANGUAGES) == formed
    assert "text: |\n  本を貸す。\n\n  次の段落です。\n" in format_yaml(text, "term", LANGUAGES)


def test_what_would_be_read_differently_is_refused() -> None:
    with pytest.raises(FormError):
        format_yaml("kind: checklist\ntext: >\n  本を\n  貸す。\n\n    行\n", "checklist", LANGUAGES)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: '#1' # x\n", {("a",): Comments(beside="# x")}),
        ("a: b#c\n", {}),
        ("a: |\n  # no comment\n", {}),
        ("a: | # x\n  b\n", {("a",): Comments(beside="# x")}),
        ("a: >-\n  b\n# x\nc: d\n", {("c",): Comments(before=["# x"])}),
        ("a: '1\n  # 2' # x\n", {("a",): Comments(beside="# x")}),
        ("a: # x\n  - b # y\n", {("a",): Comments(beside="# x"), ("a", 0): Comments(beside="# y")}),
        ("a:\n  - # x\n    b: c\n", {("a", 0): Comments(before=["# x"])}),
        ("a: [b, # x\n  c]\n", {("a",): Comments(beside="# x")}),
        ("a: [b, c] # x\n", {("a",): Comments(beside="# x")}),
        ("# x\na: b\n# y\n", {(): Comments(before=["# x"], after=["# y"])}),
    ],
)
def test_comments_belong_to_values(text: str, comments: dict[tuple[str | int, ...], Comments]) -> None:
    assert read_comments(text) == comments
    formed = format_yaml(text, None, LANGUAGES)
    assert format_yaml(formed, None, LANGUAGES) == formed
    assert formed.count("# ") == text.count("# ")


def test_new_data_is_written_in_the_form() -> None:
    data = {"items": [{"text": {"en": "A"}, "id": "a"}], "kind": "term", "other": [[], {}, ["b"]]}
    text = "kind: term\nitems:\n  - id: a\n    text:\n      en: A\nother:\n  - []\n  - {}\n  - - b\n"
    assert yaml_text(data, "term") == text
