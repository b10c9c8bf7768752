"""Marks words of the generator that are English in a page of another language, for voices (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import functools
import html
import re
import string
from collections.abc import Iterator

# a tag with the text after it; what may hold no element is passed over
_TEXT = re.compile(
    r"<(?P<whole>script|style|textarea|title|option|svg)\b.*?</(?P=whole)>"
    r'|(?P<tag></?[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>)(?P<before>\s*)(?P<text>[^<\s][^<]*?)(?P<after>\s*)(?=<)',
    re.DOTALL,
)


def with_english_marked(page: bytes, english: frozenset[str]) -> bytes:
    """Mark each text of a page that is one of the ``english`` words as a whole.

    Of words with placeholders all but the values are marked, which are in the language of the page. Words inside a
    sentence, in attributes and in the data of scripts stay as they are.
    """
    if not english:
        return page

    def mark(match: re.Match[str]) -> str:
        if match["whole"] or ' lang="' in match["tag"]:
            return match[0]
        return f"{match['tag']}{match['before']}{_marked(match['text'], english)}{match['after']}"

    return _TEXT.sub(mark, page.decode()).encode()


def _marked(escaped: str, english: frozenset[str]) -> str:
    text = html.unescape(escaped)
    if text in english:
        return f'<span lang="en">{escaped}</span>'
    for template in _templates(english):
        if match := template.fullmatch(text):
            return "".join(_parts(match))
    return escaped


def _parts(match: re.Match[str]) -> Iterator[str]:
    """Yield the HTML of a text: its groups are in turns words of the template and values."""
    for number, part in enumerate(match.groups()):
        is_english = number % 2 == 0 and any(map(str.isalpha, part))
        escaped = html.escape(part, quote=False)
        yield f'<span lang="en">{escaped}</span>' if is_english else escaped


@functools.cache
def _templates(english: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each word with placeholders, those with the most signs of their own first."""
    parsed = [list(string.Formatter().parse(text)) for text in english if "{" in text]
    words = [parts for parts in parsed if any(map(str.isalpha, "".join(literal for literal, *_ in parts)))]
    words.sort(key=lambda parts: (-sum(len(literal) for literal, *_ in parts), parts))
    return tuple(
        re.compile(
            "".join(
                f"({re.escape(literal)})" + ("(.+?)" if name is not None else "")
                for literal, name, *_ in parts
            ),
            re.DOTALL,
        )
        for parts in words
    )
