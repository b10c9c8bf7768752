"""Which HTML a text may hold."""

from __future__ import annotations

import markdown
import pytest
from english import english
from tebiki.model.safe_html import unsafe_html

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "sane_lists",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.keys", "pymdownx.mark",
    "pymdownx.tilde", "pymdownx.caret", "pymdownx.betterem",
]  # fmt: skip


def whats(html: str) -> list[str]:
    return [english(unsafe.message).partition(" may not stand in a text")[0] for unsafe in unsafe_html(html)]


@pytest.mark.parametrize(
    "html",
    [
        "plain & <b>bold</b>",
        '<p>a <a href="https://example.org/?a=1&amp;b=2" title="t">b</a> <a href="../x.html#y">c</a></p>',
        '<a href="mailto:a@example.org">a</a> <a href="tel:+81-3">b</a> <a href="#fn:1">1</a>',
        '<details class="note" open><summary>s</summary><p>x</p></details>',
        '<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby> <span lang="en">word</span>',
        '<img src="a.png" alt="x"> <img src="data:image/png;base64,AAAA" alt="">',
        '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
        "<!-- a note for editors --><p>x</p>",
        "a &lt;script&gt; in words",
    ],
)
def test_what_a_text_needs_is_allowed(html: str) -> None:
    assert whats(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>", "<SCRIPT/x>1</SCRIPT>", "<svg onload=alert(1)></svg>", "<svg><script>1</script></svg>",
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">', '<base href="https://evil.example/">',
        '<iframe src="x"></iframe>', '<object data="x"></object>', '<embed src="x">', "<form><input></form>",
        "<p onclick=alert(1)>x</p>", "<img src=x onerror=alert(1)>", '<p style="background:url(https://evil.example)">x</p>',
        "<style>body{}</style>", '<link rel="stylesheet" href="x">', '<a href="javascript:alert(1)">x</a>',
        '<a href="java&#10;script:alert(1)">x</a>', '<a href=" &#x6A;avascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>', '<a href="vbscript:x">x</a>', '<img src="https://evil.example/t.gif">',
        '<img src="//evil.example/t.gif">', '<img src="data:image/svg+xml,x">', '<div class="md-dialog">x</div>',
        '<div id="__drawer">x</div>', "<tebiki-checklist></tebiki-checklist>", "<math><mi>x</mi></math>",
        '<input type="password">', "<button>x</button>", "<template><script>1</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "</div></article>", "<div>",
        "<b>x", "<plaintext>x", "<textarea></textarea>", "<video src=x></video>", "<a href=x ping=y>z</a>",
        '<a href="x" target="_top">z</a>', "<marquee>x</marquee>", "<isindex>", '<img src="\\\\evil.example/t.gif">', "<x-y>z</x-y>", "<div/>x",
    ],
)  # fmt: skip
def test_all_else_is_named(html: str) -> None:
    assert whats(html)


def test_markdown_itself_writes_nothing_that_is_named() -> None:
    text = """\
# Heading {#own-id}

Text[^1] with **strong**, `<script>` in code, ==mark==, ~~del~~, H~2~O, ++ctrl+c++ and a [link](a.md "t").

[^1]: A note.

- [x] done
- [ ] open

| a | b |
|:--|--:|
| 1 | 2 |

!!! note "Title"
    Words

??? tip
    Hidden words

```html
<script>shown, not run</script>
```

Term
:   What it means

<div class="grid cards" markdown>
- one
</div>

*[HTML]: Hypertext
"""
    assert whats(markdown.markdown(text, extensions=EXTENSIONS)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[a](javascript:alert(1))", "an address in javascript:"),
        ("[a][r]\n\n[r]: javascript:alert(1)", "an address in javascript:"),
        ("<javascript:alert(1)>", "<javascript:alert(1)>"),
        ("A paragraph\n{: onclick=\"alert(1)\" }", "onclick of <p>"),
        ("![x](y.gif){ onerror=\"alert(1)\" }", "onerror of <img>"),
        ("text <script>1</script>", "<script>"),
        ("<div markdown><script>1</script></div>", "<script>"),
        ("- a\n\n    <iframe src='x'></iframe>", "<iframe>"),
    ],
)  # fmt: skip
def test_however_it_was_written(text: str, what: str) -> None:
    assert what in whats(markdown.markdown(text, extensions=EXTENSIONS))
