"""Blocks of plain HTML that MkDocs passes over: the result is that of MkDocs alone, whatever stands around them."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import markdown
import pytest
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from mkdocs.structure.pages import _RawHTMLPreprocessor
from tebiki.site.builders import raw_html

EXTENSIONS = [
    "abbr",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
]
FORM = (
    '<div class="x">\n<my-form id="f" data-on>\n<script type="application/json">{"a": "1 > 0 & more", "b": "a markdown"}</script>\n'
    '<label for="t">T</label><textarea id="t"></textarea>\n</my-form>\n</div>'
)
PLAIN = '<div class="tb-item" id="a&amp;b">\n<p>x &amp; y<br>z</p><hr><a name="here">q</a>\n</div>'
FRAGMENTS = [
    PLAIN,
    FORM,
    "Words with <b>an element\n\nand `code`.",
    "<div>",
    "</div>",
    '<div markdown="1">\n\n**bold**',
    '<div MARKDOWN="1">**bold**</div>',
    '<div/>text</div id="slash">',
    "<!-- from here",
    "to here -->",
    '<p id="n"',
    "```\n" + PLAIN + "\n\n" + PLAIN,
    "```",
    '<svg><title id="t">a</title><path d="M0 0"/></svg>',
    "<section><title>a<b>c</b></title>&copy d</section>",
    '<script id="s">a && b > c</script>',
    '<textarea id="t">a &amp; b</textarea>',
    '<section><script>a < b</script id="no"></script></section>',
    '<section><script a="x>y">&z</script></section>',
    '<section><script src="x"/><p id="p">1</p></script></section>',
    '<section><textarea>a<b id="b">c</b></textarea></section>',
    "<script>\nif (a < b) {}",
    "<table><tr><td id=x>1</table>",
    "<section><p>1</p></section>\n<section id='two'>2</section>",
    "    " + PLAIN,
    "- a list\n\n    " + PLAIN.replace("\n", "\n    "),
    '<div id="tebiki-html-block-1"></div>',
    "<?php",
    "<h2 id='second'>Title</h2>",
]


def build(text: str) -> tuple[str, set[str]]:
    """Return the HTML of ``text``, and the ids that MkDocs collects."""
    renderer = markdown.Markdown(extensions=EXTENSIONS)
    anchors = _RawHTMLPreprocessor()
    anchors._register(renderer)
    return renderer.convert(text), anchors.present_anchor_ids


@pytest.fixture
def build_plainly(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, set[str]]]:
    """``build`` as Python-Markdown and MkDocs do it by themselves."""
    raw_html.patch_markdown()

    def build_unpatched(text: str) -> tuple[str, set[str]]:
        with monkeypatch.context() as context:
            for preprocessor in (HtmlBlockPreprocessor, _RawHTMLPreprocessor):
                context.setattr(preprocessor, "run", preprocessor.run.__wrapped__)
            return build(text)

    return build_unpatched


def test_the_result_is_that_of_the_parsers(build_plainly: Callable[[str], tuple[str, set[str]]]) -> None:
    pairs = [*itertools.product(FRAGMENTS, repeat=2), ("<div>", "text"), ("to here -->", "<div>")]
    for before, after in pairs:
        text = f"Begin\n\n{before}\n\n{PLAIN}\n\n{after}\n\n{PLAIN}\n\nEnd"
        assert build(text) == build_plainly(text), text


@pytest.mark.parametrize(
    ("chunk", "is_plain"),
    [
        (PLAIN, True),
        ('<svg viewBox="0 0 1 1"><title>a</title></svg>', False),  # no block for Python-Markdown
        ("<ul>\n<li>1</li><li><img src='x'></li>\n</ul>", False),
        ("<ul>\n<li>1</li>\n<li>2 &lt; 3</li>\n</ul>", True),
        ("<ul><li>1</ul>", False),
        ("<p>AT&T</p>", False),
        ("<p>1</p><p>2</p>", False),
        ('<div markdown="1">1</div>', False),
        ('<div MARKDOWN="1">1</div>', False),
        ("<p>a markdown text</p>", True),
        ("<div/>1</div>", False),
        ("<p>1</p>2", False),
        (FORM, True),
        ("<div><script>a && b > c</script></div>", True),
        ("<div><script>a < b</script></div>", False),
        ("<div><script>a</div>", False),
        ('<div><script a="b>c">d</script></div>', False),
        ("<div><script/>a</script></div>", False),
        ("<div><textarea>a</textarea></div>", True),
        ("<div><textarea><b>a</b></textarea></div>", False),
        ("<div><style>a</style></div>", False),
    ],
)
def test_only_plain_html_is_passed_over(chunk: str, is_plain: bool) -> None:
    text, blocks = raw_html._without_blocks(f"Begin\n\n{chunk}\n\nEnd")

    assert [block.html for block in blocks.values()] == [chunk] * is_plain
    assert (chunk in text) != is_plain
