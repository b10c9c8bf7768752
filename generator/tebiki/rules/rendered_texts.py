"""The texts of a handbook as their readers see them: rendered as the builders do, with links to items as words."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tebiki.model import traverse
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item_links import replace_links
from tebiki.model.item_markdown import item_markdown
from tebiki.model.markdown_limits import limit_problem
from tebiki.model.markup import embeds
from tebiki.model.page_markdown import has_fences, page_markdown
from tebiki.model.positions import place_of
from tebiki.reading.schema import read_schema
from tebiki.rules.shortened_page import shortened_page

if TYPE_CHECKING:
    from markdown import Markdown

#: Without one of these a text has no HTML, no address, no attribute but ids, and no link that is left.
_NEEDS_A_LOOK = re.compile(r"<|\]\(|\]:|\]\[|\{(?! *#[a-z0-9][a-z0-9-]* *\})|\[\^|\[\[[^\[\]]*(?:\n|\[|$)")
_CODE = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True)
class RenderedText:
    """A text and its HTML.

    Attributes:
        source: What the author wrote.
        html: What the reader gets.
        language: The language of the text.
        page: The page; None for a text of an item.
        at: The place where the text begins.
    """

    source: str
    html: str
    language: str
    page: Page | None
    at: Place

    def place(self, offset: int) -> Place:
        """Return the place of an offset in ``source``; for a text of an item always that of the text."""
        return self.page.place(self.language, offset) if self.page else self.at

    def find(self, trace: str) -> Place:
        """Return the place where ``trace`` stands first as whole words, outside code if it stands there.

        Without such a place it is the beginning.
        """
        outside = _CODE.sub(lambda code: " " * len(code[0]), self.source)
        pattern = re.compile(rf"(?:(?<![\w-])|(?!\w)){re.escape(trace)}(?:(?![\w-])|(?<!\w))", re.IGNORECASE)
        matches = (pattern.search(text) for text in (outside, self.source))
        return self.place(next((match.start() for match in matches if match), 0))

    def address_place(self, address: str, before: str = "") -> Place:
        """Return the place of ``address`` as that of a link, or of anything like it, or the beginning.

        Args:
            address: The address.
            before: A pattern of what stands before the link or the picture where there is such a place.
        """
        link = rf"""(?:\(\s*<?|[:=]\s*["']?){re.escape(address)}(?=[)"'\s>]|$)"""
        match = (re.search(before + link, self.source) if before else None) or re.search(link, self.source)
        return self.place(match.end() - len(address) if match else max(self.source.find(address), 0))


@functools.lru_cache(maxsize=1)  # several rules look at the texts of the same handbook
def rendered_texts(handbook: Handbook) -> tuple[RenderedText, ...]:
    """Return the texts that hold more than plain words and links, within the limits, in the order of the files."""
    return (*_pages(handbook), *_items(handbook))


def _pages(handbook: Handbook) -> Iterator[RenderedText]:
    settings = json.dumps(handbook.site.get("markdown_extensions", []))
    for page in handbook.pages:
        for language, body in page.body.items():
            if _NEEDS_A_LOOK.search(body) and not limit_problem(body):
                html = _page_html(body, settings)
                yield RenderedText(body, html, language, page, page.body_at[language])


def _items(handbook: Handbook) -> Iterator[RenderedText]:
    for file, owner, language, text in traverse.all_localized_texts(handbook):
        if _NEEDS_A_LOOK.search(text) and not limit_problem(text):
            html = _item_html(text)
            yield RenderedText(text, html, language, None, place_of(owner, language, file))


@functools.lru_cache(maxsize=16_384)  # `tebiki serve` checks all texts after a change of one
def _page_html(body: str, settings: str) -> str:
    renderer = _page_renderer(settings, fences=has_fences(body))
    renderer.reset()
    return renderer.convert(_without_embeds(shortened_page(body)))


@functools.lru_cache(maxsize=2)  # with fences and without
def _page_renderer(settings: str, *, fences: bool) -> Markdown:
    """Return a renderer with the ``markdown_extensions`` that are written in ``settings``, as JSON."""
    # what the schema does not allow is not even loaded
    allowed = read_schema("mkdocs")["properties"]["markdown_extensions"]["items"]["then"]["enum"]
    return page_markdown({"markdown_extensions": json.loads(settings)}, allowed, fences=fences)


@functools.lru_cache(maxsize=16_384)
def _item_html(text: str) -> str:
    return item_markdown().reset().convert(_with_words(text))


def _without_embeds(body: str) -> str:
    """Return the Markdown of a page, taken apart at its embedded items as the compiler does, without these."""
    parts, end = [], 0
    for embed in embeds(body):
        parts.append(_with_words(body[end : embed.start]))
        end = embed.end
    return "".join([*parts, _with_words(body[end:])])


def _with_words(text: str) -> str:
    return replace_links(text, _words, _words, _words)


def _words(link: re.Match[str]) -> str:
    words: str = link["words"] or link["id"]
    return words
