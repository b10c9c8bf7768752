"""HTML that the templates of several kinds share; templates call these methods through ``html``.

They are methods and not Jinja macros because every item consists of a dozen of them: as macros, with a call and an
escaping for each word, they took more than half of the time of compiling.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from tebiki.compiling.page_text import PageText
from tebiki.compiling.site_words import site_words
from tebiki.compiling.written_date import written_date
from tebiki.model.handbook import Handbook
from tebiki.model.page_status import has_one_status
from tebiki.model.portable_text import portable_text

Source = Mapping[
    str, Any
]  # id, title, issuer, date, era, places, their language and status, see ItemContexts.sources
Parts = Mapping[str, Mapping[str, Any]]  # id of a part → its status and sources


class HtmlParts:
    """Renders HTML parts for a page. Plain strings are escaped, Markup is not.

    Args:
        handbook: The handbook.
        language: The language of the page.
        text: Renders texts for the page.
    """

    def __init__(self, handbook: Handbook, language: str, text: PageText) -> None:
        self._statuses = handbook.statuses
        self.shows_badges = not has_one_status(handbook)
        self._words = site_words(handbook, language)
        self._language = language
        self.text = text
        self._citations: dict[str, tuple[str, str]] = {}

    def item(self, kind: str, context: Mapping[str, Any], text: str, body: str) -> str:
        """Return a whole item: what every kind has, around the HTML of its own kind.

        Args:
            kind: The kind of the item.
            context: Its template context, see ``ItemContexts``.
            text: Its text as HTML, rendered before the body: the first mention of a term gets the tooltip.
            body: The HTML of its kind.
        """
        data, sources = context["item"], context["sources"]
        lines = [
            f'<div class="tb-item tb-item--{kind}">',
            self.head_line(context["status"], data["superseded_by"]),
            self.stale_note(context["stale"]),
            text,
            body,
            self.sources_block(sources) if sources else "",
            "</div>",
        ]
        return "\n".join(line for line in lines if line)

    def badge(self, status: str) -> Markup:
        """Return the badge that says how firm a statement is; nothing where all have the same status."""
        return self.page_badge(status) if self.shows_badges else Markup()

    def page_badge(self, status: str) -> Markup:
        """Return the badge at the head of a page."""
        label = f'<span class="tb-sr">{_escape(self._words["status_word"])}: </span>'
        word = _escape(self._words["status"][status])
        return Markup(f'<span class="{self._statuses[status].badge_classes}">{label}{word}</span>')

    def head_line(self, status: str, superseded_by: Sequence[str] | None) -> Markup:
        """Return the first line of an item; nothing where it would be empty."""
        if not self.shows_badges and not superseded_by:
            return Markup()
        return Markup(
            f'<p class="tb-meta" data-search-note>{self.badge(status)} {self.superseded_note(superseded_by)}</p>'
        )

    def superseded_note(self, ids: Sequence[str] | None) -> Markup:
        """Return the links to what supersedes a statement; nothing without ids."""
        if not ids:
            return Markup()
        label = _escape(self._words["superseded_by"])
        return Markup(f'<span class="tb-superseded">{label}: {self.links(ids)}</span>')

    def stale_note(self, stale: bool) -> Markup:
        """Return the note that the translation is older than its original."""
        return Markup(f'<p class="tb-stale">{_escape(self._words["stale_item"])}</p>') if stale else Markup()

    def stale_questions_note(self, numbers: Sequence[str]) -> Markup:
        """Return the note that the translations of questions, by their numbers, are older than their originals."""
        if not numbers:
            return Markup()
        note = self._words["stale_questions"].format(numbers=", ".join(numbers))
        return Markup(f'<p class="tb-stale">{_escape(note)}</p>')

    def row(self, label: str, value: Any) -> Markup:
        """Return a row of a list of facts; nothing without a value."""
        return _row(_escape(label), _escape(value)) if value else Markup()

    def in_languages(self, texts: Mapping[str, Sequence[str]]) -> Markup:
        """Return texts by their language as a list on one line, each marked with its language."""
        return Markup(", ").join(
            Markup('<span lang="{}">{}</span>').format(language, ", ".join(entries))
            for language, entries in texts.items()
            if entries
        )

    def bullets(self, label: str, values: Sequence[str] | None) -> Markup:
        """Return a row of a list of facts with several texts; nothing without texts."""
        if not values:
            return Markup()
        items = "".join(f"<li>{self.text.inline(value)}</li>" for value in values)
        return _row(_escape(label), f"<ul>{items}</ul>")

    def links(self, ids: Iterable[str]) -> Markup:
        """Return links to items, by their titles."""
        return Markup(", ".join(self.text.link(target) for target in ids))

    def web_address(self, address: str | None, label: str, link_text: str) -> Markup:
        """Return a row with an address outside the handbook; nothing without an address."""
        if not address:
            return Markup()
        escaped = _escape(address)
        link = f'<a href="{escaped}" rel="noopener noreferrer">{_escape(link_text)}</a>'
        return _row(_escape(label), f'{link} <span class="tb-address">{escaped}</span>')

    def source_list(self, sources: Iterable[Source]) -> Markup:
        """Return the list of the documents and the places in them."""
        lines = []
        for source in sources:
            before, after = self._citation(source)
            places = " / ".join(source["places"])
            language = source["places_language"]
            place = f'<span class="tb-place" lang="{language}">{html.escape(places)}</span>'
            # for the search: nobody types Ⅱ or ④
            plain = portable_text(places)
            searched = "" if plain == places else f"<span hidden> {html.escape(plain)}</span>"
            lines.append(f"<li>{before}{place}{searched}{after}</li>")
        return Markup('<ul class="tb-source-list">\n{}\n</ul>'.replace("{}", "\n".join(lines)))

    def sources_block(self, sources: Iterable[Source]) -> Markup:
        """Return the sources at the foot of an item."""
        label = f'<span class="tb-sources__label">{_escape(self._words["sources"])}</span>'
        return Markup(f'<div class="tb-sources" data-search-note>{label}{self.source_list(sources)}</div>')

    def sources_folded(self, sources: Sequence[Source]) -> Markup:
        """Return the sources folded, for table cells and other narrow places."""
        summary = f"<summary>{_escape(self._words['sources'])} ({len(sources)})</summary>"
        return Markup(
            f'<details class="tb-fold" data-search-note>{summary}{self.source_list(sources)}</details>'
        )

    def part_list(self, entries: Iterable[Mapping[str, Any]], parts: Parts, outer_status: str) -> Markup:
        """Return points or duties: short entries with an id, and with status and sources where theirs differ."""
        lines = []
        for entry in entries:
            part = parts[entry["id"]]
            title, superseded_by = entry.get("title"), entry.get("superseded_by")
            head = f'<strong class="tb-parts__title">{_escape(title)}</strong>\n' if title else ""
            foot = ""
            if part["status"] != outer_status or part["sources"] or superseded_by:
                sources = self.source_list(part["sources"]) if part["sources"] else ""
                status = f"{self.badge(part['status'])} {self.superseded_note(superseded_by)}"
                foot = f'\n<div class="tb-part-foot">{status}{sources}</div>'
            lines.append(f'<li id="{entry["id"]}">\n{head}{self.text.block(entry["text"])}{foot}\n</li>')
        return Markup('<ol class="tb-parts">\n' + "\n".join(lines) + "\n</ol>")

    def _citation(self, source: Source) -> tuple[str, str]:
        """Return the HTML before and after the places; it is the same for all references on the page."""
        if source["id"] not in self._citations:
            href, title = _escape(self.text.href(source["id"])), _escape(source["title"])
            date = _escape(written_date(source["date"], self._language, source["era"]))
            issued = self._words["issued"].format(issuer=_escape(source["issuer"]), date=date)
            before = f'<a href="{href}">{title}</a>{issued} '
            self._citations[source["id"]] = before, f" {self.badge(source['status'])}"
        return self._citations[source["id"]]


def _escape(value: Any) -> str:
    return value if isinstance(value, Markup) else html.escape(str(value))


def _row(label: str, value: str) -> Markup:
    return Markup(f'<div class="tb-row"><dt>{label}</dt> <dd>{value}</dd></div>')
