"""The renderer of pages: its extensions are those that MkDocs takes for the same names."""

from __future__ import annotations

import markdown
import pytest
from tebiki.model.page_markdown import LIST_EXTENSION, OF_MKDOCS, has_fences, page_markdown
from tebiki.reading.schema import read_schema

ALLOWED = read_schema("mkdocs")["properties"]["markdown_extensions"]["items"]["then"]["enum"]


def processors(renderer: markdown.Markdown) -> list[list[str]]:
    """The names and classes of all that takes part in rendering, in order."""
    registries = (
        renderer.preprocessors,
        renderer.parser.blockprocessors,
        renderer.inlinePatterns,
        renderer.treeprocessors,
        renderer.postprocessors,
    )
    return [[type(processor).__qualname__ for processor in registry] for registry in registries]


@pytest.mark.parametrize("name", ALLOWED)
def test_an_extension_is_that_of_its_name(name: str) -> None:
    extensions = list(dict.fromkeys([*OF_MKDOCS, name, LIST_EXTENSION]))
    expected = markdown.Markdown(extensions=extensions)
    assert processors(page_markdown({"markdown_extensions": [name]})) == processors(expected)


def test_extensions_have_their_options() -> None:
    html = page_markdown({"markdown_extensions": [{"toc": {"permalink": True}}]}).convert("# Loans")
    assert '<a class="headerlink" href="#loans"' in html


@pytest.mark.parametrize("text", ["A `word`.\n", "# Loans\n\nTen books.\n", "~~gone~~\n"])
def test_a_text_without_fences_reads_the_same_without_their_extension(text: str) -> None:
    assert not has_fences(text)
    assert page_markdown({}, fences=False).convert(text) == page_markdown({}).convert(text)


@pytest.mark.parametrize("text", ["```\ncode\n```\n", "~~~\ncode\n~~~\n", "> ```sh\n> ls\n> ```\n"])
def test_fences_are_seen(text: str) -> None:
    assert has_fences(text)
