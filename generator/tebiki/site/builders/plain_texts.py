"""Lets Python-Markdown pass over texts that none of its inline patterns can match.

It tries each of some fifteen patterns at each text of a page, and most texts hold only words.
"""

from __future__ import annotations

import functools
import re

from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry

#: The patterns of Python-Markdown and of its footnotes, by their names there: each needs one of the signs.
_NAMES = (
    "backtick", "escape", "footnote", "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong", "em_strong2",
)  # fmt: skip
_SIGN = re.compile(r"[`\\\[<&*_]|  \n")
_METHOD = "_InlineProcessor__handleInline"


@functools.cache
def patch_inline_patterns() -> None:
    """Let Python-Markdown pass over texts without a sign, where it has no other patterns."""
    handle = getattr(InlineProcessor, _METHOD)

    @functools.wraps(handle)
    def handle_inline(self: InlineProcessor, text: str, first: int = 0) -> str:
        if _SIGN.search(text) or not _are_known(self.inlinePatterns):
            result: str = handle(self, text, first)
            return result
        return text

    setattr(InlineProcessor, _METHOD, handle_inline)


@functools.lru_cache(maxsize=1)  # each page has a registry of its own
def _are_known(patterns: Registry[Pattern]) -> bool:
    return sum(name in patterns for name in _NAMES) == len(patterns)
