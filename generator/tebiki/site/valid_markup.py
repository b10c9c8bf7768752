"""Corrects the markup of Markdown and of the theme that checkers of HTML and accessibility refuse."""

from __future__ import annotations

import re

#: Material's own markup → what the standard allows. Its templates have no block around these places.
_CORRECTIONS = (
    # an empty number: the label is of a section that is always open, and needs no focus
    (b' tabindex=""', b""),
    # a check box has no text to complete
    (b' type="checkbox" id="__drawer" autocomplete="off"', b' type="checkbox" id="__drawer"'),
    (b' type="checkbox" id="__search" autocomplete="off"', b' type="checkbox" id="__search"'),
)
#: The page of a section shows its contents without the check box that this label is for.
_TOC_LABEL = (b'<label class="md-nav__title" for="__toc">', b'<label class="md-nav__title">')

_HEADING_OR_TABLE = re.compile(rb'<h[1-6] id="(?P<id>[^"]+)"|<table>(?P<inside>.*?)</table>', re.DOTALL)


def standard_markup(page: bytes) -> bytes:
    """Correct one finished page, and put each Markdown table into a frame that can be scrolled by keys.

    The frame is labelled by the heading above it. A table with attributes comes from a template, which
    has made its frame. The table gets a class, so that Material's script adds no frame of its own.
    """
    for theme_markup, correction in _CORRECTIONS:
        page = page.replace(theme_markup, correction)
    if b'id="__toc"' not in page:
        page = page.replace(*_TOC_LABEL)
    if b"<table>" not in page:
        return page
    heading = b""

    def add_frame(match: re.Match[bytes]) -> bytes:
        nonlocal heading
        if match["id"]:
            heading = match["id"]
            return match[0]
        return (
            b'<div class="tb-table-wrap" tabindex="0" role="group" aria-labelledby="%s">'
            b'<table class="tb-plain-table">%s</table></div>' % (heading, match["inside"])
        )

    return _HEADING_OR_TABLE.sub(add_frame, page)
