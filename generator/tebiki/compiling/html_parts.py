"""The pieces of HTML that the templates of several kinds share; templates call them through ``html``.

They are methods and not Jinja macros because every item is made of a dozen of them: as macros, with
a call and an escaping for each word, they took more than half of the time that compiling takes.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from tebiki.compiling.page_text import Text

Parts = Mapping[str, Mapping[str, Any]]  # id of a part → its status and sources


class HtmlParts:
    """The pieces as they stand on the page that ``text`` writes for.

    ``t`` holds the generator's own words. ``sources`` are what ``compile`` makes of references:
    id, title, issuer, date, places, status. Plain strings are escaped, Markup is taken as it is.
    """

    def __init__(self, t: Mapping[str, Any], text: Text) -> None:
        self._t = t
        self.text = text
        self._cited: dict[str, tuple[str, str]] = {}

    def item(self, kind: str, about: Mapping[str, Any], text: str, rest: str) -> str:
        """A whole item of ``kind``: what every item has, around the ``rest`` that its kind adds.

        ``about`` is what ``compile`` knows of it: its data as ``item``, status, sources, stale. Its
        ``text`` is HTML, made before the rest: the first mention of a term is explained.
        """
        data, sources = about["item"], about["sources"]
        lines = [
            f'<div class="tb-item tb-item--{kind}">',
            self.head_line(about["status"], data["superseded_by"]),
            self.stale_note(about["stale"]),
            text,
            rest,
            self.sources_block(sources) if sources else "",
            "</div>",
        ]
        return "\n".join(line for line in lines if line)

    def badge(self, status: str) -> Markup:
        """How firm a statement is."""
        sr = f'<span class="tb-sr">{_safe(self._t["status_word"])}: </span>'
        word = _safe(self._t["status"][status])
        return Markup(f'<span class="tb-status tb-status--{status}">{sr}{word}</span>')

    def head_line(self, status: str, superseded_by: Sequence[str] | None) -> Markup:
        """The first line of an item."""
        return Markup(
            f'<p class="tb-meta" data-search-note>{self.badge(status)} {self.replaced_by(superseded_by)}</p>'
        )

    def replaced_by(self, ids: Sequence[str] | None) -> Markup:
        """What has taken the place of a statement."""
        if not ids:
            return Markup()
        label = _safe(self._t["superseded_by"])
        return Markup(f'<span class="tb-superseded">{label}: {self.links(ids)}</span>')

    def stale_note(self, stale: bool) -> Markup:
        """That the translation is older than its original."""
        return Markup(f'<p class="tb-stale">{_safe(self._t["stale_item"])}</p>') if stale else Markup()

    def stale_questions(self, numbers: Sequence[str]) -> Markup:
        """That the translation of these questions of a checklist is older than its original."""
        if not numbers:
            return Markup()
        told = self._t["stale_questions"].format(numbers=", ".join(numbers))
        return Markup(f'<p class="tb-stale">{_safe(told)}</p>')

    def row(self, label: str, value: Any) -> Markup:
        """A line of a list of facts; nothing without a value."""
        return _row(_safe(label), _safe(value)) if value else Markup()

    def bullets(self, label: str, values: Sequence[str] | None) -> Markup:
        """A line of a list of facts that holds several texts."""
        if not values:
            return Markup()
        listed = "".join(f"<li>{self.text.inline(value)}</li>" for value in values)
        return _row(_safe(label), f"<ul>{listed}</ul>")

    def links(self, ids: Iterable[str]) -> Markup:
        """Links to items, by their titles."""
        return Markup(", ".join(self.text.link(one) for one in ids))

    def web_address(self, address: str | None, label: str, words: str) -> Markup:
        """Where a document or a body is found outside this handbook; ``words`` are those of the link."""
        if not address:
            return Markup()
        safe = _safe(address)
        link = f'<a href="{safe}" rel="noopener noreferrer">{_safe(words)}</a>'
        return _row(_safe(label), f'{link} <span class="tb-address">{safe}</span>')

    def source_lines(self, sources: Iterable[Mapping[str, Any]]) -> Markup:
        """A list of the documents and the places in them."""
        lines = []
        for source in sources:
            before, after = self._citation(source)
            lines.append(f"<li>{before}{html.escape(' / '.join(source['places']))}{after}</li>")
        return Markup('<ul class="tb-source-list">\n{}\n</ul>'.replace("{}", "\n".join(lines)))

    def sources_block(self, sources: Iterable[Mapping[str, Any]]) -> Markup:
        """The foot of an item."""
        label = f'<span class="tb-sources__label">{_safe(self._t["sources"])}</span>'
        return Markup(f'<div class="tb-sources" data-search-note>{label}{self.source_lines(sources)}</div>')

    def sources_folded(self, sources: Sequence[Mapping[str, Any]]) -> Markup:
        """The same for table cells and other narrow places."""
        summary = f"<summary>{_safe(self._t['sources'])} ({len(sources)})</summary>"
        return Markup(
            f'<details class="tb-fold" data-search-note>{summary}{self.source_lines(sources)}</details>'
        )

    def part_list(self, entries: Iterable[Mapping[str, Any]], parts: Parts, outer_status: str) -> Markup:
        """Points and duties: small entries with an id, and their own status and sources where they differ."""
        lines = []
        for entry in entries:
            part = parts[entry["id"]]
            title, replaced = entry.get("title"), entry.get("superseded_by")
            head = f'<strong class="tb-parts__title">{_safe(title)}</strong>\n' if title else ""
            foot = ""
            if part["status"] != outer_status or part["sources"] or replaced:
                sources = self.source_lines(part["sources"]) if part["sources"] else ""
                about = f"{self.badge(part['status'])} {self.replaced_by(replaced)}"
                foot = f'\n<div class="tb-part-foot">{about}{sources}</div>'
            lines.append(f'<li id="{entry["id"]}">\n{head}{self.text.block(entry["text"])}{foot}\n</li>')
        return Markup('<ol class="tb-parts">\n' + "\n".join(lines) + "\n</ol>")

    def _citation(self, source: Mapping[str, Any]) -> tuple[str, str]:
        """What stands before and after the places; the same for all references on the page."""
        if source["id"] not in self._cited:
            href, title = _safe(self.text.href(source["id"])), _safe(source["title"])
            date = f'<span class="tb-nowrap">{_safe(source["date"])}</span>'
            issued = self._t["issued"].format(issuer=_safe(source["issuer"]), date=date)
            before = f'<a href="{href}">{title}</a>{issued} <span class="tb-place" lang="ja">'
            self._cited[source["id"]] = before, f"</span> {self.badge(source['status'])}"
        return self._cited[source["id"]]


def _safe(value: Any) -> str:
    return value if isinstance(value, Markup) else html.escape(str(value))


def _row(label: str, value: str) -> Markup:
    return Markup(f'<div class="tb-row"><dt>{label}</dt> <dd>{value}</dd></div>')
