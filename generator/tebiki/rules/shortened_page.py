"""Pages with their plain blocks cut to a word, for rules that only look for markup.

Rendering Markdown takes most of a check, and most blocks are words. The structure around them stays as it is.
"""

from __future__ import annotations

import functools
import re

from tebiki.model.markup import LINK

#: What can begin code, an address, an attribute, a reference to a character, or a column.
_MARKUP = re.compile(r"[\[\]{}`~\\\t]|&#?\w+;")
_FIRST_WORD = r"(?:(?![\d\u2460-\u24ff])\w|[「『“]|\*\*)"
#: Kinds of blocks, each with what is left of it where it holds no markup.
_BLOCKS = (
    (re.compile(rf"{_FIRST_WORD}.*(?:\n{_FIRST_WORD}.*)*"), "x"),
    (re.compile(r"- .*(?:\n- .*)*"), "- x"),
    (re.compile(r"[0-9]+\. .*(?:\n[0-9]+\. .*)*"), "1. x"),
    (re.compile(r"\|.*\|\n\|(?=[:| ]*-)[-:| ]+\|(?:\n\|.*\|)*"), "x"),
)
_HEADING = re.compile(r"(?P<marks>#{1,6}) (?P<words>.*)(?P<id>\{#[a-z0-9-]+\})")


@functools.lru_cache(maxsize=16_384)  # `tebiki serve` checks all pages after a change of one
def shortened_page(body: str) -> str:
    """Return the Markdown of a page with a word in place of each block that holds only words and ``[[id]]`` links.

    A page with HTML stays as it is, since a tag may reach over several blocks.
    """
    return body if "<" in body else "\n\n".join(map(_shortened_block, body.split("\n\n")))


def _shortened_block(block: str) -> str:
    if heading := _HEADING.fullmatch(block):
        return block if _MARKUP.search(heading["words"]) else f"{heading['marks']} x {heading['id']}"
    words = LINK.sub("x", block) if "[[" in block else block
    if _MARKUP.search(words):
        return block
    return next((rest for kind, rest in _BLOCKS if kind.fullmatch(words)), block)
