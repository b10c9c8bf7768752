"""The corrections of the markup that Markdown and the theme write."""

from __future__ import annotations

import pytest
from tebiki.site.valid_markup import standard_markup


def corrected(page: str, language: str = "en") -> str:
    return standard_markup(page.encode(), language).decode()


def test_a_markdown_table_is_named_by_the_heading_above_and_its_head_has_a_direction() -> None:
    page = corrected('<h2 id="rates">Rates</h2><table><thead><tr><th>A</th></tr></thead></table>')
    assert '<table class="tb-plain-table" aria-labelledby="rates">' in page
    assert '<th scope="col">A</th><' in page
    assert "<thead>" in page


def test_the_sign_of_a_heading_is_for_the_pointer_alone() -> None:
    page = corrected('<h2 id="a">A<a class="headerlink" href="#a" title="Address">¶</a></h2>')
    assert '<a class="headerlink" aria-hidden="true" tabindex="-1" href="#a"' in page


def test_the_link_back_from_a_footnote_has_a_name() -> None:
    link = '<a class="footnote-backref" href="#fnref:1" title="Back to note 1">↩</a>'
    assert 'title="Back to note 1" aria-label="Back to note 1">' in corrected(link)


def test_the_menu_of_a_section_is_named_by_its_title() -> None:
    menu = (
        '<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_label" aria-expanded="true">\n'
        '<label class="md-nav__title" for="__nav_2">Rules</label></nav>'
    )
    assert corrected(menu) == (
        '<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_title">\n'
        '<label class="md-nav__title" id="__nav_2_title" tabindex="0" for="__nav_2">Rules</label></nav>'
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<p>Notice 7文科科第671号, of May</p>", '<p>Notice <span lang="ja">7文科科第671号</span>, of May</p>'),
        ("<p>for “universities” (大学等).</p>", '<p>for “universities” (<span lang="ja">大学等</span>).</p>'),
        ("<p>say 「対象」 or <b>国研協</b></p>", '<p>say <span lang="ja">「対象」</span> or <b><span lang="ja">国研協</span></b></p>'),
        ("<b>x</b>、大学（国）の", '<b>x</b>、<span lang="ja">大学（国）の</span>'),
        ('<p><a title="x > 大学">x</a></p>', '<p><a title="x > 大学">x</a></p>'),
        ('<span lang="ja">大学</span>', '<span lang="ja">大学</span>'),
        ("<script>大学</script><option>大学</option>", "<script>大学</script><option>大学</option>"),
        ("<svg><text>大学</text></svg>", "<svg><text>大学</text></svg>"),
    ],
)  # fmt: skip
def test_japanese_words_are_marked_on_a_page_in_another_language(text: str, marked: str) -> None:
    assert corrected(text) == marked
    assert corrected(text, "ja") == text


def test_no_browser_is_asked_to_fetch_the_next_page_ahead() -> None:
    head = (
        '<link rel="prev" href="a.html">\n  <link rel="next" href="c.html">\n  <link rel="icon" href="i.png">'
    )
    assert corrected(head) == '<link rel="prev" href="a.html">\n  <link rel="icon" href="i.png">'


def test_a_page_without_a_fragment_looks_for_no_element() -> None:
    script = "var target=document.getElementById(location.hash.slice(1));target&&target.name"
    assert (
        corrected(script)
        == "var target=location.hash&&document.getElementById(location.hash.slice(1));target&&target.name"
    )
