"""A language is cut out of the text of a file, or copied into it, and every other character stays."""

from __future__ import annotations

import pytest
from tebiki.upkeep.language_texts import (
    add_to_languages,
    copy_in_yaml,
    edit_head,
    exchange_heads,
    remove_from_yaml,
    short_head,
)

LANGUAGES = ("ja", "en", "fr")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("t: {ja: 本, en: Book}\n", "t: {ja: 本}\n"),
        ("t: {en: Book, ja: 本}  # note\n", "t: {ja: 本}  # note\n"),
        ('t: {ja: 本, en: "a, b", fr: Livre}\n', "t: {ja: 本, fr: Livre}\n"),
        ("t: {ja: 本,\n    en: Book,\n    fr: Livre}\n", "t: {ja: 本,\n    fr: Livre}\n"),
        ("t:\n  ja: 本\n  en: Book\nu: x\n", "t:\n  ja: 本\nu: x\n"),
        ("t:\n  en: Book # x\n  ja: 本 # y\n", "t:\n  ja: 本 # y\n"),
        ("t:\n  en: Book\n  # 日本語\n  ja: 本\n", "t:\n  # 日本語\n  ja: 本\n"),
        ("t:\n  en: |\n    A\n\n    B\n  ja: |\n    本\n", "t:\n  ja: |\n    本\n"),
        ("t:\n  ja: |\n    本\n  en: |\n    A\n\n    B\nu: x\n", "t:\n  ja: |\n    本\nu: x\n"),
        ("t:\n  - en: A\n    ja: 本\n  - {en: B, ja: 紙}\n", "t:\n  - ja: 本\n  - {ja: 紙}\n"),
        ("t:\n  ja: [本]\n  en:\n    - A\n    - B\nu: x\n", "t:\n  ja: [本]\nu: x\n"),
        ("t:\n  ja: 本\n  en: A", "t:\n  ja: 本\n"),
        ("u: x\nofficial: {en: true}\nv: y\n", "u: x\nv: y\n"),
        ("quoted: [ja, en]\n", "quoted: [ja]\n"),
        ("quoted: [en]\n", "quoted: []\n"),
        (
            "languages:\n  - {code: ja}\n  - code: en\n    name: English\nx: y\n",
            "languages:\n  - {code: ja}\nx: y\n",
        ),
        ("t: {en: only}\n", "t: {en: only}\n"),
        ("t: {en: A, other: B}\n", "t: {en: A, other: B}\n"),
    ],
)
def test_a_language_is_cut_out(before: str, after: str) -> None:
    assert remove_from_yaml(before, "en", LANGUAGES) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("t: {ja: 本, en: Book} # x\n", "t: {ja: 本, en: Book, zh: 本} # x\n"),
        ("t:\n  ja: 本 # x\n  en: Book\n", "t:\n  ja: 本 # x\n  zh: 本\n  en: Book\n"),
        (
            "t:\n  en: Book\n  ja: |\n    本\n\n    紙\nu: x\n",
            "t:\n  en: Book\n  ja: |\n    本\n\n    紙\n  zh: |\n    本\n\n    紙\nu: x\n",
        ),
        ("- ja: 本\n  en: A", "- ja: 本\n  zh: 本\n  en: A"),
        ("t: {ja: 本, zh: 书}\n", "t: {ja: 本, zh: 书}\n"),
        ("t: {en: A}\n", "t: {en: A}\n"),
    ],
)
def test_a_language_is_copied(before: str, after: str) -> None:
    assert copy_in_yaml(before, "zh", "ja", (*LANGUAGES, "zh")) == after


def test_a_language_is_added_to_the_list() -> None:
    assert add_to_languages("languages: [{code: ja, name: x}]\n", "zh", "中文") == (
        "languages: [{code: ja, name: x}, {code: zh, name: 中文}]\n"
    )
    assert add_to_languages("languages:\n- code: ja\n  name: x\na: b\n", "zh", "中文") == (
        "languages:\n- code: ja\n  name: x\n- {code: zh, name: 中文}\na: b\n"
    )


def test_heads_of_pages_keep_their_order() -> None:
    original = "---\n# note\nid: home\ntitle: 本\ndescription: 一\naudience: [x]\n---\n\n本文\n"
    translation = "---\ndescription: One\ntitle: >\n  A\n  book\n---\n\nText\n"
    assert exchange_heads(original, translation) == (
        "---\n# note\nid: home\ntitle: >\n  A\n  book\ndescription: One\naudience: [x]\n---\n\nText\n"
    )
    assert short_head(original) == "---\ntitle: 本\ndescription: 一\n---\n\n本文\n"
    assert edit_head(original, str.upper).startswith("---\n# NOTE\n")
