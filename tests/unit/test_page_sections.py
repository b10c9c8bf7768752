"""How a finished page is cut into sections, held against the parser of Material's own search."""

from __future__ import annotations

import html
import re

import pytest
from material.plugins.search.plugin import Parser
from tebiki.site.page_sections import PageSection, page_sections

AROUND = '<html><body><article class="md-content__inner md-typeset">\n{}\n</article><footer>foot</footer></body></html>'

PAGES = {
    "sections": '<h1 id="t">Title</h1>\n<p>Lead &amp; more</p>\n<h2 id="a">A <code>x</code></h2><p>One</p><h3 id="b">B</h3><p>Two</p>',
    "no heading": "<p>Only text</p>",
    "heading inside": '<h1 id="t">T</h1><p>0</p><div><h2 id="in">In</h2><p>1</p><h3 id="deep">D</h3><p>2</p></div><p>after</p>',
    "a heading further out": '<h1 id="t">T</h1><div><div><h2 id="in">In</h2></div>between<h2 id="out">Out</h2></div><p>after</p>',
    "left out": '<h1 id="t">T</h1><div data-search-exclude><p>no</p><div>no</div></div><p>yes</p><script>no</script><style>no</style>',
    "drawing": '<h1 id="t">T</h1><div data-search-exclude><svg><path d="M0 0"/><rect/></svg></div><p>after</p>',
    "signs": '<h1 id="t">T</h1><p title="a > b">1 &lt; 2 <br> <img src="x.png" alt="no"> 3</p><!-- <p>no</p> --><p>4</p>',
    "lists": '<h1 id="t">T</h1><ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul>',
    "without id": '<h1 id="t">T</h1><h2>No id</h2><p>x</p>',
}  # fmt: skip


def _by_material(inside: str) -> list[tuple[str, str, str]]:
    parser = Parser()
    parser.feed(inside)
    parser.close()
    return [(text.id or "", _plain("".join(text.title)), _plain("".join(text.text))) for text in parser.data]


def _plain(markup: str) -> str:
    return _even(html.unescape(re.sub("<[^>]*>", " ", re.sub("</?(?:code|sub|sup)>", "", markup))))


def _seen(sections: list[PageSection]) -> list[tuple[str, str, str]]:
    return [(section.anchor, section.title, _even(section.text)) for section in sections]


def _even(text: str) -> str:
    return " ".join(text.split())  # how many spaces there are means nothing


@pytest.mark.parametrize("inside", PAGES.values(), ids=PAGES)
def test_sections_are_those_of_material(inside: str) -> None:
    assert _seen(page_sections(AROUND.format(inside).encode())) == _by_material(inside)


def test_code_keeps_its_lines() -> None:
    inside = '<h1 id="t">T</h1><pre><code>a\n  b\n\nc</code></pre><p>x\n  y</p>'
    (section,) = page_sections(AROUND.format(inside).encode())
    assert section.text == "a\nb\nc\nx y"


def test_a_link_to_the_heading_is_no_part_of_it() -> None:
    inside = '<h1 id="t">T</h1><h2 id="a">A<a class="headerlink" href="#a">¶</a></h2><p>x</p>'
    assert _seen(page_sections(AROUND.format(inside).encode()))[1] == ("a", "A", "x")


def test_what_is_no_page_has_no_sections() -> None:
    assert page_sections(b"<html><body>404</body></html>") == []


def test_marked_elements_are_notes() -> None:
    inside = (
        '<h1 id="t">T</h1><p data-search-note><span>Status: </span>Adopted</p><p>Text</p>'
        '<div class="x" data-search-note><div>Sources</div><ul><li>Law</li></ul></div><p>more</p>'
    )
    (section,) = page_sections(AROUND.format(inside).encode())
    assert section.text == "Text\nmore"
    assert section.notes == "Status: Adopted\nSources\nLaw"


def test_a_marked_element_divides_the_text_around_it() -> None:
    (section,) = page_sections(
        AROUND.format("<div>a<span data-search-note>n</span>b <i>c</i>&nbsp;&lt;d</div>").encode()
    )
    assert (section.text, section.notes) == ("a\nb c <d", "n")


def test_notes_belong_to_the_section_that_they_stand_in() -> None:
    inside = '<h2 id="a">A</h2><p data-search-note>1</p><h2 id="b">B</h2><div><p data-search-note>2</p></div><p>x</p>'
    _page, first, second = page_sections(AROUND.format(inside).encode())
    assert (first.text, first.notes) == ("", "1")
    assert (second.text, second.notes) == ("x", "2")


def test_excluded_elements_are_not_notes_either() -> None:
    inside = '<h1 id="t">T</h1><div data-search-note>a<i data-search-exclude>b</i>c</div>'
    (section,) = page_sections(AROUND.format(inside).encode())
    assert section.notes == "ac"
