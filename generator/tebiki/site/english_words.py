"""Marks words of the generator that are English in a page of another language, for voices (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import html
import re

# a tag with the text after it; what may hold no element is passed over
_TEXT = re.compile(
    r"<(?P<whole>script|style|textarea|title|option|svg)\b.*?</(?P=whole)>"
    r'|(?P<tag></?[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>)(?P<before>\s*)(?P<text>[^<\s][^<]*?)(?P<after>\s*)(?=<)',
    re.DOTALL,
)


def with_english_marked(page: bytes, english: frozenset[str]) -> bytes:
    """Mark each text of a page that is one of the ``english`` words as a whole.

    Words inside a sentence, in attributes and in the data of scripts stay as they are.
    """
    if not english:
        return page

    def mark(match: re.Match[str]) -> str:
        if match["whole"] or ' lang="' in match["tag"] or html.unescape(match["text"]) not in english:
            return match[0]
        return f'{match["tag"]}{match["before"]}<span lang="en">{match["text"]}</span>{match["after"]}'

    return _TEXT.sub(mark, page.decode()).encode()
