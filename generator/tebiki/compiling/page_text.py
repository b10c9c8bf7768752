"""Renders the texts of the handbook to HTML, with links as seen from a page of one language."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from tebiki.compiling.page_files import PageFiles
from tebiki.model.item_links import replace_links
from tebiki.model.item_markdown import item_markdown
from tebiki.model.japanese_lines import join_japanese_lines
from tebiki.model.markup import LINK, escape_markdown
from tebiki.model.placement import Placement
from tebiki.model.plain_text import NEEDS_MARKDOWN

_BLANK_LINES = re.compile(r"\n\s*\n")
_EMPHASIS = re.compile(r"(?P<mark>\*\*|\*|`)(?P<words>[^*`]+)(?P=mark)")


@dataclass(frozen=True)
class Tooltip:
    """The short explanation of a term.

    ``title`` is the value of the attribute of that name, ``html`` follows the link. Both are valid inside Markdown
    and inside HTML.
    """

    title: Markup
    html: Markup


class PageText:
    """Renders texts for a page of one language.

    Links are relative, so that the site works below any address and from disk. The first link to a term is followed
    by its tooltip, unless the term itself is on the page.

    Args:
        placement: The page of every item.
        titles: The title of every item, part and page by id: the label of a link that has none of its own.
        tooltips: The tooltip of every term by id.
        page: The path of the page, without language and ending.
        files: The files that texts link to; without them such links stay as they are written.
    """

    def __init__(
        self,
        placement: Placement,
        titles: Mapping[str, str],
        tooltips: Mapping[str, Tooltip],
        page: str,
        files: PageFiles | None = None,
    ) -> None:
        self._placement = placement
        self._titles = titles
        self._tooltips = tooltips
        self._page = page
        self._around = functools.partial(files.addresses_in_item, page=page) if files else None
        self._explained: set[str] = set()

    def href(self, target: str) -> str:
        """Return the relative address of an item, part or page in the finished site.

        Raises:
            KeyError: ``target`` is not on any page; ``check`` reports this before anything is built.
        """
        address = self._placement.href(self._page, target, ".html")
        if address is None:
            raise KeyError(f"{target} is not on any page")
        return address

    def to_root(self) -> str:
        """Return the path from this page up to the root of its language: "", "../" and so on."""
        return "../" * self._page.count("/")

    def from_root(self, path: str) -> str:
        """Return the relative address of the file at ``path`` below the root of the site."""
        return "../" * (self._page.count("/") + 1) + path

    def title(self, target: str) -> str:
        """Return the title of an item, part or page."""
        return self._titles[target]

    def link(self, target: str, label: str | None = None) -> Markup:
        """Return an HTML link to an item, part or page; its label is the title by default."""
        return Markup(f'<a href="{escape(self.href(target))}">{escape(label or self.title(target))}</a>')

    def block(self, text: str) -> Markup:
        """Render Markdown of one or more paragraphs to HTML."""
        text = text.strip()
        if NEEDS_MARKDOWN.search(LINK.sub("", text) if "[[" in text else text):
            linked = replace_links(
                text, self._link_with_tooltip, self._link_in_html, self._words_of_link, self._around
            )
            return Markup(item_markdown().reset().convert(linked))
        # most texts are plain paragraphs with a link or two, for which Markdown would be slow
        paragraphs = [f"<p>{self._paragraph(paragraph)}</p>" for paragraph in _BLANK_LINES.split(text)]
        return Markup("\n".join(paragraphs))

    def inline(self, text: str) -> Markup:
        """Render Markdown of a single paragraph to HTML without the paragraph element."""
        rendered = self.block(text)
        if rendered.startswith("<p>") and rendered.count("<p>") == 1 and rendered.endswith("</p>"):
            return Markup(rendered[3:-4])
        return rendered

    def plain(self, text: str) -> str:
        """Return the words of a Markdown text on one line, for where there is no markup, such as in a drawing."""
        linked = LINK.sub(lambda match: match["words"] or self.title(match["id"].strip()), text)
        linked = join_japanese_lines(linked)
        return " ".join(_EMPHASIS.sub(r"\g<words>", linked).split())

    def page_links(self, body: str, around: Callable[[str], str] | None = None) -> str:
        """Return the Markdown of a page, laid out for the builders, with ``[[id]]`` as links to staged files.

        Args:
            body: Markdown.
            around: Changes what is neither code nor such a link.
        """
        return replace_links(body, self._link_in_page, self._link_in_html, self._words_of_link, around)

    def _link_in_page(self, match: re.Match[str]) -> str:
        target = match["id"].strip()
        label = match["words"] or escape_markdown(self.title(target))
        href = self._placement.href(self._page, target, ".md")
        # the text of a heading is repeated in the table of contents
        in_heading = match.string.startswith("#", match.string.rfind("\n", 0, match.start()) + 1)
        tooltip = None if in_heading else self._first_mention(target)
        if tooltip is None:
            return f"[{label}]({href})"
        return f'<span class="tb-term">[{label}]({href} "{tooltip.title}"){tooltip.html}</span>'

    def _link_in_html(self, match: re.Match[str]) -> Markup:
        """Return the link for HTML, whose words may hold HTML and no Markdown."""
        target = match["id"].strip()
        return Markup('<a href="{}">{}</a>').format(
            self.href(target), Markup(match["words"]) if match["words"] else self.title(target)
        )

    def _words_of_link(self, match: re.Match[str]) -> str:
        return match["words"] or str(escape(self.title(match["id"].strip())))

    def _link_with_tooltip(self, match: re.Match[str]) -> Markup:
        target = match["id"].strip()
        tooltip = self._first_mention(target)
        if tooltip is None:
            return self.link(target, match["words"])
        label = match["words"] or self.title(target)
        link = Markup('<a href="{}" title="{}">{}</a>').format(self.href(target), tooltip.title, label)
        return Markup('<span class="tb-term">{}{}</span>').format(link, tooltip.html)

    def _first_mention(self, target: str) -> Tooltip | None:
        """Return the tooltip of a term at its first mention on a page that does not contain the term."""
        if (
            target in self._explained
            or target not in self._tooltips
            or self._placement.page_of[target] == self._page
        ):
            return None
        self._explained.add(target)
        return self._tooltips[target]

    def _paragraph(self, paragraph: str) -> Markup:
        paragraph = join_japanese_lines(paragraph)
        if "[[" not in paragraph:
            return escape(paragraph)
        rendered, end = Markup(), 0
        for match in LINK.finditer(paragraph):
            rendered += escape(paragraph[end : match.start()]) + self._link_with_tooltip(match)
            end = match.end()
        return rendered + escape(paragraph[end:])
