"""Mends what Markdown and the theme write that checkers of HTML and of accessibility refuse."""

from __future__ import annotations

import re

#: Material's own markup → what the standard allows. Its templates have no block around these.
_THEME = (
    # an empty number: the label belongs to a section that is always open, and needs no stop
    (b' tabindex=""', b""),
    # a check box has nothing to complete
    (b' type="checkbox" id="__drawer" autocomplete="off"', b' type="checkbox" id="__drawer"'),
    (b' type="checkbox" id="__search" autocomplete="off"', b' type="checkbox" id="__search"'),
)
#: The page of a section shows its contents without the check box that this label is for.
_TOC_LABEL = (b'<label class="md-nav__title" for="__toc">', b'<label class="md-nav__title">')

_HEADING_OR_TABLE = re.compile(rb'<h[1-6] id="(?P<id>[^"]+)"|<table>(?P<inside>.*?)</table>', re.DOTALL)


def standard_markup(text: bytes) -> bytes:
    """One finished page → the same page, valid, with each Markdown table in a frame that keys can scroll.

    A table with attributes is one of ours and has its frame. The frame is named after the heading
    above it. It has a class, so Material's script does not put a frame of its own around it.
    """
    for found, instead in _THEME:
        text = text.replace(found, instead)
    if b'id="__toc"' not in text:
        text = text.replace(*_TOC_LABEL)
    if b"<table>" not in text:
        return text
    heading = b""

    def framed(match: re.Match[bytes]) -> bytes:
        nonlocal heading
        if match["id"]:
            heading = match["id"]
            return match[0]
        return (
            b'<div class="tb-table-wrap" tabindex="0" role="group" aria-labelledby="%s">'
            b'<table class="tb-plain-table">%s</table></div>' % (heading, match["inside"])
        )

    return _HEADING_OR_TABLE.sub(framed, text)
