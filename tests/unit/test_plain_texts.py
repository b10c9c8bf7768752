"""Texts that Python-Markdown's inline patterns pass over: the result is that of Python-Markdown alone."""

from __future__ import annotations

import markdown
import pytest
from markdown.treeprocessors import InlineProcessor
from tebiki.site.builders import plain_texts

#: Signs and groups of signs that mean something to a pattern, or nearly.
SIGNS = (
    "`code`", "\\*", "\\", "[^1]", "[a](b.md)", "[a][r]", "[r]", "![i](i.png)", "![r]", "<https://a.example>",
    "<a@b.example>", "  \n", " \n", "<b>b</b>", "&copy;", "&", " * ", "*em*", "_em_", "**a _b_**", "a_b", "H2O", "==m==",
    "^2^", "~x~", "++Ctrl++", "日本語", "\u00a0", "!", "]", ">",
)  # fmt: skip
EXTENSIONS = (
    (),
    ("abbr", "attr_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.superfences"),
    ("pymdownx.mark",),
    ("pymdownx.keys", "pymdownx.caret"),
    ("pymdownx.betterem", "pymdownx.tilde"),
    ("nl2br", "smarty"),
    ("wikilinks",),
)


def convert(extensions: tuple[str, ...]) -> list[str]:
    renderer = markdown.Markdown(extensions=list(extensions))
    texts = [f"Words {sign} and\nwords{sign}\n\n- {sign}\n\n# {sign}" for sign in SIGNS]
    return [
        renderer.reset().convert(f"{text}\n\nplain [[x]] -- 'words'\n\n[r]: r.md\n\n[^1]: Note {text}")
        for text in texts
    ]


@pytest.mark.parametrize("extensions", EXTENSIONS, ids=" ".join)
def test_the_result_is_that_of_all_patterns(
    extensions: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_texts.patch_inline_patterns()
    patched = getattr(InlineProcessor, plain_texts._METHOD)

    with monkeypatch.context() as context:
        context.setattr(InlineProcessor, plain_texts._METHOD, patched.__wrapped__)
        expected = convert(extensions)

    assert convert(extensions) == expected


@pytest.mark.parametrize(
    ("extensions", "passed_over"), [((), True), (EXTENSIONS[1], True), (("wikilinks",), False)]
)
def test_words_are_passed_over_where_all_patterns_are_known(
    extensions: tuple[str, ...], passed_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_texts.patch_inline_patterns()
    tried: list[str] = []
    renderer = markdown.Markdown(extensions=list(extensions))
    first = renderer.inlinePatterns[0]
    search = first.getCompiledRegExp
    monkeypatch.setattr(first, "getCompiledRegExp", lambda: tried.append("") or search())

    renderer.convert("Only words (in a line).")

    assert bool(tried) != passed_over
