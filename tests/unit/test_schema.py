"""The check of a file against its schema: formats, suggestions, messages in plain words."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from english import english
from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.schema import suggestion
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document, read_yaml

EVENT = """\
kind: event
items:
  - id: opening
    title: {ja: 開館, en: Opening}
    text: {ja: 開きます。, en: It opens.}
    date: "2027-03"
    planned: true
    sources: [{source: doc, place: p. 1}]
"""


def problems(text: str, schema: str = "event") -> list[Diagnostic]:
    document = read_yaml(text, "a.yml")
    assert isinstance(document, Document)
    return [diagnostic for _path, diagnostic in validate(document, schema)]


def the_problem(old: str, new: str) -> Diagnostic:
    assert problems(EVENT) == []
    (diagnostic,) = problems(EVENT.replace(old, new))
    return diagnostic


@pytest.mark.parametrize("date", ["2027", "2027-03", "2027-03-31", "2024-02-29", "0001"])
def test_a_date_is_a_day_a_month_or_a_year(date: str) -> None:
    assert problems(EVENT.replace("2027-03", date)) == []


@pytest.mark.parametrize(
    "date",
    [
        "2023-02-29",
        "2027-13",
        "2027-3",
        "27",
        "0000",
        "2027-03-31T00:00",
        "",
        "２０２７",
        "2027\\n",
        "令和9年",
    ],
)
def test_a_date_has_to_exist(date: str) -> None:
    assert the_problem("2027-03", date).rule == "date"


@pytest.mark.parametrize(
    "address",
    ["https://例え.jp/", "http://a.example:8080/b?c=d#e", "https://a.example/%E3%81%82", "https://[::1]/"],
)
def test_a_web_address_is_complete(address: str) -> None:
    text = (
        EVENT.replace("kind: event", "kind: programme")
        .replace('date: "2027-03"', f"address: {address!r}")
        .replace("    planned: true\n", "")
    )
    assert problems(text, "programme") == []


@pytest.mark.parametrize(
    "address",
    [
        "a.example", "//a.example", "https://", "https:///x", "ftp://a.example", "javascript:alert(1)",
        "https://a b", "https://a:99999/", "https://a:b/", "https://[", 'https://a/"onclick="', "https://a\n",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address: str) -> None:
    text = (
        EVENT.replace("kind: event", "kind: programme")
        .replace('date: "2027-03"', f"address: {address!r}")
        .replace("    planned: true\n", "")
    )
    assert {diagnostic.rule for diagnostic in problems(text, "programme")} == {"url"}


def test_the_nearest_key_is_suggested() -> None:
    diagnostics = problems(EVENT.replace("planned:", "planed:"))
    assert [
        english(diagnostic.message) for diagnostic in diagnostics if diagnostic.rule == "unknown-key"
    ] == ["unknown key planed; did you mean planned?"]


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert suggestion("xyz", ["title", "text"]) == ""
    assert english(suggestion("titel", ["title", "text"])) == "; did you mean title?"


def test_a_missing_key_is_explained() -> None:
    diagnostic = the_problem("    planned: true\n", "")
    assert english(diagnostic.message).startswith(
        "the key planned is missing here: true where the source announces it"
    )


def test_a_missing_source_says_how_to_mend_it() -> None:
    diagnostic = the_problem("    sources: [{source: doc, place: p. 1}]\n", "")
    assert (diagnostic.rule, english(diagnostic.message)) == (
        "missing-source",
        "no source: add sources with a document id and the place in it",
    )


def test_a_wrong_type_is_said_in_the_words_of_yaml() -> None:
    assert english(the_problem("{ja: 開館, en: Opening}", "開館").message) == (
        "title: write the text for each language, in braces: {CODE: text, CODE: text}"
    )
    assert english(the_problem("[{source: doc, place: p. 1}]", "doc").message) == (
        "sources: a list is needed here, also for a single entry: write it in brackets"
    )
    assert english(the_problem('"2027-03"', "2027").message) == (
        "2027 is read as a number or a switch, and text is needed: put it into quotation marks"
    )


def test_an_empty_entry_of_a_list_is_no_text() -> None:
    term = "kind: term\nitems:\n  - id: a\n    title: {ja: 貸出}\n    text: {ja: 貸す}\n    readings: [null]\n    sources: [{source: doc, place: p. 1}]\n"
    assert [english(problem.message) for problem in problems(term, "term")] == ["null should be text"]


def test_a_long_value_is_cut_in_the_message() -> None:
    assert len(english(the_problem('"2027-03"', "[" + "あ, " * 5000 + "い]").message)) < 100


def test_a_pattern_ends_where_the_text_ends() -> None:
    """$ in a JSON Schema is the end of the text; in Python also the place before a last line break."""
    assert the_problem("id: opening", 'id: "opening\\n"').rule == "schema"


def test_a_version_has_a_length_that_can_be_computed_with() -> None:
    text = "kind: checklist\nversion: 1.0." + "9" * 5000 + "\n"
    assert any("version: " in english(diagnostic.message) for diagnostic in problems(text, "checklist"))


def test_a_page_has_sources_or_says_why_not() -> None:
    head = "id: home\ntitle: t\ndescription: d\naudience: [visitor]\n"
    both = "editorial: why\nsources: [{source: doc, place: p. 1}]\n"
    assert [diagnostic.rule for diagnostic in problems(head, "page")] == ["missing-source"]
    assert [english(diagnostic.message) for diagnostic in problems(head + both, "page")] == [
        "exactly one of these is needed here: sources or editorial"
    ]


@pytest.mark.parametrize(("word", "known"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_the_same_word_composed_differently_is_explained(
    word: Literal["NFC", "NFD"], known: Literal["NFC", "NFD"]
) -> None:
    known_words = ["カイド", unicodedata.normalize(known, "ガイド")]
    hint = english(suggestion(unicodedata.normalize(word, "ガイド"), known_words))
    assert "did you mean" not in hint
    assert f"{known_words[1]} looks the same, but its signs are composed differently" in hint
    assert hint.endswith("copy it from there, or type it again")
