from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.model.safe_html import unsafe_html
from tebiki.rules.rendered_texts import rendered_texts

_TAG_SIGN = re.compile("[<>]")


@rule("unsafe-html")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A text holds HTML that could run a program, load something or pass for a part of the page.

    Texts may hold the HTML that a text needs: emphasis, lists, tables, ``<details>``, ``<ruby>``, ``<span lang>``
    and their like. Scripts, styles, frames, forms, drawings, ``on…`` attributes, addresses in ``javascript:`` and
    pictures from other hosts are refused, however they are written, and so is an element that is closed without
    having been opened, or never closed. To show such a thing as an example, put it into code, between backticks.

    Titles, descriptions and what the handbook says of itself stand in the head and the foot of pages, so they hold
    neither ``<`` nor ``>``.
    """
    yield from _plain_texts(handbook)
    for text in rendered_texts(handbook):
        for unsafe in unsafe_html(text.html):
            yield Diagnostic(text.find(unsafe.trace), "unsafe-html", unsafe.message)


def _plain_texts(handbook: Handbook) -> Iterator[Diagnostic]:
    """The texts that the theme writes into pages as they are."""
    for page in handbook.pages:
        for language in page.body:
            if _TAG_SIGN.search(page.title.get(language, "") + page.description.get(language, "")):
                yield _plain_diagnostic(page.body_at[language])
    for file, data in ((handbook.at.file, handbook.data), *_overlay_data(handbook)):
        for owner, key, text in traverse.localized_texts(data):
            if _TAG_SIGN.search(text):
                yield _plain_diagnostic(place_of(owner, key, file))


def _overlay_data(handbook: Handbook) -> Iterator[tuple[str, Any]]:
    if handbook.overlay:
        yield handbook.overlay.at.file, handbook.overlay.data


def _plain_diagnostic(place: Place) -> Diagnostic:
    message = Message("rules.unsafe-html.plain")
    return Diagnostic(place, "unsafe-html", message)
