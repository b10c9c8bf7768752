from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import markdown

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item_markdown import item_markdown
from tebiki.model.markdown_limits import limit_problem
from tebiki.model.markup import LINK, embeds
from tebiki.model.positions import place_of
from tebiki.model.safe_html import UnsafeHtml, unsafe_html
from tebiki.reading.schema import read_schema

#: Without one of these a text has no HTML, no address and no attribute of its author's.
_MAY_HOLD_HTML = re.compile(r"<|\]\(|\]:|\]\[|\{")
_TAG_SIGN = re.compile("[<>]")
_CODE = re.compile(r"`[^`\n]+`")


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
    for page in handbook.pages:
        renderer = _page_markdown(handbook.site)
        for language, body in page.body.items():
            if _MAY_HOLD_HTML.search(body) and not limit_problem(body):
                renderer.reset()
                for unsafe in unsafe_html(renderer.convert(_without_embeds(body))):
                    yield _diagnostic(page.place(language, _find(unsafe.trace, body)), unsafe)
    renderer = item_markdown()
    for file, data in traverse.entries(handbook):
        for owner, key, text in traverse.localized_texts(data):
            if _MAY_HOLD_HTML.search(text) and not limit_problem(text):
                renderer.reset()
                for unsafe in unsafe_html(renderer.convert(_linked(text))):
                    yield _diagnostic(place_of(owner, key, file), unsafe)


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
    message = "< and > may not stand in a title or a description, which are no Markdown: say it in words"
    return Diagnostic(place, "unsafe-html", message)


def _diagnostic(place: Place, unsafe: UnsafeHtml) -> Diagnostic:
    return Diagnostic(place, "unsafe-html", f"{unsafe.what} may not stand in a text: {unsafe.remedy}")


def _page_markdown(site: Mapping[str, Any]) -> markdown.Markdown:
    """The renderer that the builder uses for pages; what the schema does not allow is not even loaded."""
    allowed = read_schema("mkdocs")["properties"]["markdown_extensions"]["items"]["then"]["enum"]
    options: dict[str, dict[str, Any]] = {"toc": {}, "tables": {}, "fenced_code": {}}  # which MkDocs adds
    for extension in site.get("markdown_extensions", ()):
        entry = extension if isinstance(extension, Mapping) else {extension: {}}
        options |= {name: dict(value or {}) for name, value in entry.items() if name in allowed}
    return markdown.Markdown(extensions=list(options), extension_configs=options)


def _without_embeds(body: str) -> str:
    for embed in reversed(embeds(body)):
        body = body[: embed.start] + body[embed.end :]
    return _linked(body)


def _linked(text: str) -> str:
    return LINK.sub(lambda match: match["words"] or match["id"], text)


def _find(trace: str, body: str) -> int:
    """Where ``trace`` stands first in ``body``, outside code if it stands there; otherwise the beginning."""
    outside = _CODE.sub(lambda code: " " * len(code[0]), body)
    starts = [text.lower().find(trace.lower()) for text in (outside, body)]
    return next((start for start in starts if start >= 0), 0)
