"""The texts of the handbook without Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from tebiki.model.item_links import replace_links
from tebiki.model.item_markdown import item_markdown
from tebiki.model.japanese_lines import join_japanese_lines
from tebiki.model.markup import LINK, escape_markdown

#: What a text without Markdown does not contain; other texts need no renderer.
NEEDS_MARKDOWN = re.compile(r"[*_`<>\[\]\\|]|&[#\w]+;|^\s*([-+]|\d+[.)])\s|^ |  \n", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


def plain_text(text: str, titles: Mapping[str, str]) -> str:
    """Return ``text`` without Markdown: links as their labels, list items as lines that begin with "• "."""

    def label(match: re.Match[str]) -> str:
        return match["words"] or escape_markdown(titles[match["id"].strip()])

    text = text.strip()
    labelled = LINK.sub(label, text)
    if not NEEDS_MARKDOWN.search(labelled):
        return join_japanese_lines(labelled)
    labelled = replace_links(text, label, label, label)
    rendered = item_markdown().reset().convert(labelled).replace("<li>", "• ")
    lines = html.unescape(_TAG.sub("", rendered)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
