"""Markdown as the texts of items know it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown


@functools.cache
def item_markdown() -> Markdown:
    """Return the renderer for the texts of items: emphasis, code, links, lists, quotations, tables.

    What belongs to a page (headings, rules, images, blocks of HTML) is no part of it, and neither are the ways of
    writing a link that ``[[id]]`` and ``[words](address)`` make needless. Looking for all of that took half of the time.
    """
    # few texts of a small handbook need it
    import markdown  # noqa: PLC0415
    from markdown.extensions.sane_lists import SaneListExtension  # noqa: PLC0415
    from markdown.extensions.tables import TableExtension  # noqa: PLC0415

    # by their classes, because names are looked up among all installed packages
    renderer = markdown.Markdown(extensions=[TableExtension(), SaneListExtension()], output_format="html")
    for name in ("hashheader", "setextheader", "hr", "reference"):
        renderer.parser.blockprocessors.deregister(name)
    for name in ("image_link", "image_reference", "short_image_ref", "reference", "short_reference"):
        renderer.inlinePatterns.deregister(name)
    for name in ("autolink", "automail"):
        renderer.inlinePatterns.deregister(name)
    renderer.preprocessors.deregister("html_block")
    return renderer
