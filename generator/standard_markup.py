"""Mends what Markdown and the theme write that checkers of HTML and of accessibility refuse."""

from __future__ import annotations

import re

#: Material's own markup → what the standard allows. Its templates have no block around these.
_THEME = (
    # an empty number: the label belongs to a section that is always open, and needs no stop
    (' tabindex=""', ""),
    # a check box has nothing to complete
    (' type="checkbox" id="__drawer" autocomplete="off"', ' type="checkbox" id="__drawer"'),
    (' type="checkbox" id="__search" autocomplete="off"', ' type="checkbox" id="__search"'),
)
#: The page of a section shows its contents without the check box that this label is for.
_TOC_LABEL = ('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">')

_HEADING_OR_TABLE = re.compile(r'<h[1-6] id="(?P<id>[^"]+)"|<table>(?P<inside>.*?)</table>', re.DOTALL)


def standard_markup(text: str) -> str:
    """One finished page → the same page, valid, with each Markdown table in a frame that keys can scroll.

    A table with attributes is one of ours and has its frame. The frame is named after the heading
    above it. It has a class, so Material's script does not put a frame of its own around it.
    """
    for found, instead in _THEME:
        text = text.replace(found, instead)
    if 'id="__toc"' not in text:
        text = text.replace(*_TOC_LABEL)
    if "<table>" not in text:
        return text
    heading = ""

    def framed(match: re.Match[str]) -> str:
        nonlocal heading
        if match["id"]:
            heading = match["id"]
            return match[0]
        return (
            f'<div class="tb-table-wrap" tabindex="0" role="group" aria-labelledby="{heading}">'
            f'<table class="tb-plain-table">{match["inside"]}</table></div>'
        )

    return _HEADING_OR_TABLE.sub(framed, text)
