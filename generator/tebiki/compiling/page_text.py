"""Turns the handbook's texts into HTML and its links into addresses, for one page of one language."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from tebiki.model.item_markdown import item_markdown
from tebiki.model.markup import LINK, escape_markdown
from tebiki.model.placement import Placement

_MARKDOWN = item_markdown()
_NEEDS_MARKDOWN = re.compile(r"[*_`<>\[\]\\|]|&[#\w]+;|^\s*([-+]|\d+[.)])\s|^ |  \n", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_EMPHASIS = re.compile(r"(?P<mark>\*\*|\*|`)(?P<words>[^*`]+)(?P=mark)")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Tip:
    """The short explanation of a term: ``title`` for the attribute of that name, ``html`` to put after the link.

    Both may stand inside Markdown and inside HTML.
    """

    title: Markup
    html: Markup


class Text:
    """Renders texts as they stand on one page.

    ``titles`` gives the words of a link whose author gave none. Links stay relative, so that the
    site works below any address and from disk. The first link to one of ``tips`` (by the id of the
    term) is followed by its explanation, unless the term itself stands on the page.
    """

    def __init__(
        self, placement: Placement, titles: Mapping[str, str], tips: Mapping[str, Tip], page: str
    ) -> None:
        self._placement = placement
        self._titles = titles
        self._tips = tips
        self._page = page
        self._explained: set[str] = set()

    def href(self, to: str) -> str:
        """The relative address of the finished page or item called ``to``."""
        address = self._placement.href(self._page, to, ".html")
        if address is None:
            raise KeyError(f"{to} stands on no page")  # check refuses this before anything is built
        return address

    def to_root(self) -> str:
        """The way from this page up to the root of its language: "" or "../" and so on."""
        return "../" * self._page.count("/")

    def from_root(self, path: str) -> str:
        """The relative address of the file at ``path`` below the root of the site, seen from the page."""
        return "../" * (self._page.count("/") + 1) + path

    def title(self, of: str) -> str:
        """The title of the item, part or page called ``of``."""
        return self._titles[of]

    def link(self, to: str, words: str | None = None) -> Markup:
        """An HTML link to the item or page called ``to``."""
        return Markup(f'<a href="{escape(self.href(to))}">{escape(words or self.title(to))}</a>')

    def block(self, text: str) -> Markup:
        """Markdown of one or more paragraphs → HTML."""
        text = text.strip()
        if _NEEDS_MARKDOWN.search(LINK.sub("", text) if "[[" in text else text):
            linked = LINK.sub(lambda match: str(self._linked(match)), text)
            _MARKDOWN.reset()
            return Markup(_MARKDOWN.convert(linked))
        # most texts are plain paragraphs with a link or two, for which Markdown would be slow
        paragraphs = [f"<p>{self._plain(paragraph)}</p>" for paragraph in _BLANK_LINES.split(text)]
        return Markup("\n".join(paragraphs))

    def _linked(self, match: re.Match[str]) -> Markup:
        to = match["id"].strip()
        tip = self._first_mention(to)
        if tip is None:
            return self.link(to, match["words"])
        words = match["words"] or self.title(to)
        link = Markup('<a href="{}" title="{}">{}</a>').format(self.href(to), tip.title, words)
        return Markup('<span class="tb-term">{}{}</span>').format(link, tip.html)

    def _first_mention(self, of: str) -> Tip | None:
        """The explanation of the term ``of`` where it is due: once on a page, and not beside the term."""
        if of in self._explained or of not in self._tips or self._placement.page_of[of] == self._page:
            return None
        self._explained.add(of)
        return self._tips[of]

    def _plain(self, paragraph: str) -> Markup:
        if "[[" not in paragraph:
            return escape(paragraph)
        found, end = Markup(), 0
        for match in LINK.finditer(paragraph):
            found += escape(paragraph[end : match.start()]) + self._linked(match)
            end = match.end()
        return found + escape(paragraph[end:])

    def inline(self, text: str) -> Markup:
        """Markdown of a single paragraph → HTML without the paragraph around it."""
        rendered = self.block(text)
        if rendered.startswith("<p>") and rendered.count("<p>") == 1 and rendered.endswith("</p>"):
            return Markup(rendered[3:-4])
        return rendered

    def plain(self, text: str) -> str:
        """Markdown → the bare words, for where there is no markup, such as in a drawing."""
        linked = LINK.sub(lambda match: match["words"] or self.title(match["id"].strip()), text)
        return " ".join(_EMPHASIS.sub(r"\g<words>", linked).split())

    def page_links(self, body: str) -> str:
        """A page's Markdown with ``[[id]]`` turned into Markdown links to staged files."""

        def replace(match: re.Match[str]) -> str:
            to = match["id"].strip()
            words = match["words"] or escape_markdown(self.title(to))
            href = self._placement.href(self._page, to, ".md")
            # what stands in a heading is repeated in the table of contents
            heading = body.startswith("#", body.rfind("\n", 0, match.start()) + 1)
            tip = None if heading else self._first_mention(to)
            if tip is None:
                return f"[{words}]({href})"
            return f'<span class="tb-term">[{words}]({href} "{tip.title}"){tip.html}</span>'

        return LINK.sub(replace, body)


def plain_text(text: str, titles: Mapping[str, str]) -> str:
    """``text`` without Markdown: links as their words, a point of a list as a line that begins with "• "."""
    worded = LINK.sub(lambda one: one["words"] or escape_markdown(titles[one["id"].strip()]), text.strip())
    if not _NEEDS_MARKDOWN.search(worded):
        return worded
    _MARKDOWN.reset()
    marked = _MARKDOWN.convert(worded).replace("<li>", "• ")
    lines = html.unescape(_TAG.sub("", marked)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
