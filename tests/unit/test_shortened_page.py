"""What rules look for in a page is the same in its shortened form."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
from example_handbook import PROJECT
from tebiki.model.markdown_blocks import markdown_blocks
from tebiki.model.markup import LINK
from tebiki.model.page_markdown import page_markdown
from tebiki.model.safe_html import unsafe_html
from tebiki.rules.shortened_page import shortened_page

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.details", "pymdownx.superfences",
]  # fmt: skip
RENDERER = page_markdown({"markdown_extensions": EXTENSIONS})
FRAGMENTS = [
    "\n\n", "\n\n", "\n\n", "\n", "Words. ", "日本語の文。", "「引用」", "**b** ", "2 of them ", "- a\n", "- b\n", "  - c\n", "    ",
    "* a\n", "1. a\n", "10. b\n", "（1）c\n", "・ d\n", "| a | b |\n", "|---|---|\n", "a\tb\n", "# H\n", "## H {#h}\n", "H\n===\n",
    "{#z}", "{onclick=alert(1)}", "{: .md-x }", "[l](#h)", "[m](a.md) ", "[a][b]", "[b]: http://x.example\n", "[^1]", "[^1]: n\n",
    "![p](p.png)", "`", "```\n", "~~~\n", "> q\n", "> [q](z.md)\n", '!!! note "x"\n', "    [i](b.md)\n", "*[AB]: c\n", "AB ",
    "Term\n", ": [d](c.md)\n", "---\n", "&lt;", "&#91;", "\\[[", "(c) ", "<b>", "</b>", '<a title="', '" onclick=x>', "<!--", "-->",
]  # fmt: skip


class Reader(HTMLParser):
    """Collects what rules judge of a rendered page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str | None]] = []
        self.brackets: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value) for name, value in attrs if name in ("href", "id", "src", "alt")]

    def handle_data(self, data: str) -> None:
        self.brackets += re.findall(r"!?\[\[|\[\^[^\[\]\s]+\]|\]\[", data)


def markup(text: str) -> tuple[object, ...]:
    RENDERER.reset()
    html = RENDERER.convert("\n".join(block.text for block in markdown_blocks(text)))
    reader = Reader(html)
    return reader.attributes, reader.brackets, unsafe_html(html)


@pytest.mark.parametrize("seed", range(4))
def test_the_markup_of_a_shortened_page_is_that_of_the_page(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        fragments = FRAGMENTS if chance.random() < 0.2 else [part for part in FRAGMENTS if "<" not in part]
        text = "".join(chance.choices(fragments, k=chance.randint(1, 24)))
        assert markup(shortened_page(text)) == markup(text), text


def test_the_pages_of_the_handbook_become_far_shorter() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (PROJECT / "content/pages").rglob("*.md")]
    bodies = [LINK.sub("words", page.split("\n---\n", 1)[1]) for page in pages]
    shortened = list(map(shortened_page, bodies))
    assert sum(map(len, shortened)) < sum(map(len, bodies)) / 2
    assert [markup(body) for body in bodies[::20]] == [markup(body) for body in shortened[::20]]


def test_a_tag_may_reach_over_blocks_that_look_like_words() -> None:
    text = '<a title="\n\nwords" onclick=alert(1) x="\n\n">'
    assert shortened_page(text) == text


@pytest.mark.parametrize("sign", ["・", "●", "－", "①", "⑳", "２．", "3）", "(4)", "（５）", "-", "6.", "｜"])
def test_what_people_write_for_a_list_is_no_word(sign: str) -> None:
    text = f"{sign}first\n{sign}second"
    assert shortened_page(text) == text
