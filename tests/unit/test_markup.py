"""The marks that this handbook adds to Markdown."""

from __future__ import annotations

import pytest
from tebiki.model.markup import LINK, Embed, embeds, headings, quotations, stray_embeds


@pytest.mark.parametrize(
    ("text", "id_", "words"),
    [
        ("[[loan]]", "loan", None),
        ("前[[loan|貸出]]後", "loan", "貸出"),
        ("[[loan|[x] y]]", None, None),
        ("![[loan]]", None, None),
        ("[loan](loan.md)", None, None),
        ("[[loan\n]]", None, None),
        ("[[]]", None, None),
    ],
)
def test_a_link_names_an_id_and_perhaps_words(text: str, id_: str | None, words: str | None) -> None:
    match = LINK.search(text)
    assert (match and match["id"], match and match["words"]) == (id_, words)


def test_an_item_is_embedded_by_a_line_of_its_own() -> None:
    text = "Text\n\n![[loan]]\n![[list term]]  \n![[compare a b c]]\n"
    assert list(embeds(text)) == [
        Embed("item", ("loan",), 6, 15),
        Embed("list", ("term",), 16, 32),
        Embed("compare", ("a", "b", "c"), 33, 51),
    ]


def test_an_embed_inside_a_line_is_a_stray() -> None:
    text = "![[a]]\nsee ![[b]]\n  ![[c]]\n![[d]] too\n"
    assert [embed.arguments for embed in embeds(text)] == [("a",)]
    assert [text[at : at + 6] for at in stray_embeds(text)] == ["![[b]]", "![[c]]", "![[d]]"]


def test_an_embed_of_nothing_is_one_of_the_item_with_no_name() -> None:
    assert [embed.arguments for embed in embeds("![[ ]]\n")] == [("",)]


def test_a_heading_has_a_level_a_title_and_perhaps_an_id() -> None:
    text = "## 流れ {#flow}\n\n### No id\n#### Both {: #x .wide }\n#no heading\n##### { #spaced }\n"
    assert [(heading.level, heading.title, heading.id) for heading in headings(text)] == [
        (2, "流れ", "flow"),
        (3, "No id", None),
        (4, "Both {: #x .wide }", None),
        (5, "", "spaced"),
    ]


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_code_holds_no_marks(fence: str) -> None:
    text = f"{fence}\n# comment\n![[loan]]\nsee ![[loan]]\n{fence}\n\n## After {{#after}}\n"
    assert list(embeds(text)) == []
    assert list(stray_embeds(text)) == []
    (only,) = headings(text)
    assert text[only.start :].startswith("## After")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("条例は「貸出の『期間』を定める」と言います。", [("貸出の『期間』を定める", 11)]),
        ("「外の「中」の言葉」", [("外の「中」の言葉", 8)]),
        ("“one  **two**\nthree”", [("one  **two**\nthree", 13)]),
        ("「[[loan|貸出]]」", [("[[loan|貸出]]", 2)]),
        ("> 一行目\n> 二行目\n\nあと", [("> 一行目\n> 二行目", 7)]),
        ('"plain" and `code`', []),
        ("```\n「code」\n```", []),
    ],
)
def test_quotations(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(quotation.words, quotation.length) for quotation in quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "names_source"), [("「[[loan|貸出]]」", True), ("「[[loan]]の期間」", False)]
)
def test_a_quotation_that_is_a_link_names_its_source(text: str, names_source: bool) -> None:
    assert [quotation.names_its_source for quotation in quotations(text)] == [names_source]
