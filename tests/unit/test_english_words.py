"""Words of the generator that a language lacks are English, and marked so in its pages."""

from __future__ import annotations

import pytest
from tebiki.locales import english_words, fallback_words
from tebiki.site.english_words import with_english_marked

WORDS = frozenset(
    {
        "Sources",
        "Skip to the text",
        'Say "yes" & go on',
        "Version {version}",
        "“{a}” means {b} & more",
        "{a}: {b}",
    }
)


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<h2>Sources</h2>", '<h2><span lang="en">Sources</span></h2>'),
        ("<a>\n Skip to the text\n</a>", '<a>\n <span lang="en">Skip to the text</span>\n</a>'),
        (
            "<p>Say &#34;yes&#34; &amp; go on</p>",
            '<p><span lang="en">Say &#34;yes&#34; &amp; go on</span></p>',
        ),
        ("</b>Sources<br>", '</b><span lang="en">Sources</span><br>'),
        ("<p>Sources: 资料</p>", "<p>Sources: 资料</p>"),
        ("<h2>Version 1.2.0</h2>", '<h2><span lang="en">Version </span>1.2.0</h2>'),
        (
            "<p>“A&lt;B” means 资料 &amp; more</p>",
            '<p>“A&lt;B<span lang="en">” means </span>资料<span lang="en"> &amp; more</span></p>',
        ),
        ('<b title="Sources" lang="en">Sources</b>', '<b title="Sources" lang="en">Sources</b>'),
        ("<title>Sources</title><option>Sources</option>", "<title>Sources</title><option>Sources</option>"),
        ("<script>a='<b>Sources</b>'</script>", "<script>a='<b>Sources</b>'</script>"),
    ],
)
def test_a_text_that_is_an_english_word_as_a_whole_is_marked(page: str, marked: str) -> None:
    assert with_english_marked(page.encode(), WORDS) == marked.encode()


def test_a_language_lacks_what_is_not_written_in_it() -> None:
    assert fallback_words("en") == fallback_words("ja") == frozenset()
    lacking = fallback_words("xx")
    assert english_words("site")["sources"] in lacking
    assert english_words("site")["version_title"] in lacking
