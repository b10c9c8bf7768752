"""What the site says of its own versions: a page for each, marks on what changed, and feeds.

All of it comes from the change logs in ``content/changes/``, so that a build needs no history and two
builds of one state are the same.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import yaml
from markupsafe import Markup

from tebiki.compiling.page_text import Text
from tebiki.locales import words
from tebiki.model.handbook import ChangeLog, Handbook
from tebiki.model.markup import embeds, escape_markdown
from tebiki.model.placement import Placement, log_path
from tebiki.model.site_layout import ATOM_FEED, JSON_FEED

#: In the order in which a page lists them.
_WHATS = ("added", "changed", "status", "moved", "retired")
Render = Callable[..., str]  # (template, page, **context) → HTML


class WhatChanged:
    """The change logs for the readers of one ``language``. ``titles`` are those of all that is
    there now; what is in ``stale`` (ids of translation units) has not caught up with its original.
    """

    def __init__(
        self,
        handbook: Handbook,
        language: str,
        placement: Placement,
        titles: Mapping[str, str],
        stale: frozenset[str],
    ) -> None:
        self._handbook = handbook
        self._language = language
        self._placement = placement
        self._titles = titles
        self._stale = stale
        self._t = words(language, "site")
        self._logs = handbook.newest_change_logs
        self._marks = dict(_marks(self._logs))

    def mark(self, one: str, text: Text) -> Markup:
        """When ``one`` was added and last changed, for the page that ``text`` writes; mostly nothing."""
        if one not in self._marks:
            return Markup()
        told = [
            self._t["changed_in"][what].format(
                version=f'<a href="{text.href(log_path(version))}">{version}</a>'
            )
            for what, version in self._marks[one]
        ]
        return Markup(f'<p class="tb-changed">{" · ".join(told)}</p>\n')

    def versions(self, text: Text) -> list[dict[str, Any]]:
        """The versions, the newest first, each with its date, summary, counts and address."""
        return [
            {
                "version": log.version,
                "date": log.date,
                "href": text.href(log_path(log.version)),
                "text": text.block(log.data["text"][self._language]) if "text" in log.data else "",
                "counts": [
                    (self._t["what"][what], count)
                    for what in _WHATS
                    if (count := sum(entry["what"] == what for entry in log.entries))
                ],
            }
            for log in self._logs
        ]

    def pages(self, render: Render) -> Iterator[tuple[str, str]]:
        """The path and the Markdown of a page for each version."""
        back = self._overview_page()
        for log in self._logs:
            path = log_path(log.version)
            text = Text(self._placement, self._titles, {}, path)
            title = self._t["version_title"].format(version=log.version)
            meta = {
                "title": title,
                "description": self._t["version_description"].format(version=log.version),
                # it repeats the titles of what changed, which are found where they stand
                "search": {"exclude": True},
            }
            front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False)
            summary = text.block(log.data["text"][self._language]) if "text" in log.data else ""
            parts = [f"---\n{front}---", f"# {escape_markdown(title)}"]
            shown = {f"changes/{log.version}", *(f"retired/{entry['id']}" for entry in log.entries)}
            head = {"date": log.date, "summary": summary, "back": back}
            stale = not self._stale.isdisjoint(shown)
            parts.append(render("version_head.html.jinja", path, stale=stale, **head))
            for what in _WHATS:
                entries = [self._entry(entry, text) for entry in log.entries if entry["what"] == what]
                if entries:
                    parts.append(f"## {self._t['what'][what]} {{ #{what} }}")
                    parts.append(render("version_entries.html.jinja", path, entries=entries))
            yield path, "\n\n".join(parts) + "\n"

    def feeds(self) -> Iterator[tuple[str, str]]:
        """The name and the text of each feed: Atom (RFC 4287) and JSON Feed 1.1.

        Addresses are complete where the handbook has a ``site_url``, otherwise relative to the feed.
        """
        if self._logs:
            entries = [self._feed_entry(log) for log in self._logs]
            yield ATOM_FEED, self._atom(entries)
            yield JSON_FEED, self._json_feed(entries)

    def _overview_page(self) -> str | None:
        base = self._handbook.languages[0]
        for page in self._handbook.pages:
            for embed in embeds(page.body[base]):
                if embed.view == "report" and embed.arguments == ("changes",):
                    return page.id
        return None

    def _entry(self, entry: Mapping[str, Any], text: Text) -> dict[str, Any]:
        one = entry["id"]
        retired = self._handbook.retired.get(one)
        told = (
            [entry["text"]] if "text" in entry else [retired["text"]] if retired and "text" in retired else []
        )
        return {
            "title": self._title(one),
            "href": text.href(one) if one in self._placement.page_of else None,
            "status": entry.get("status"),
            "version": entry.get("version"),
            "size": entry.get("class"),
            "text": text.block(told[0][self._language]) if told else "",
            "successors": [
                text.link(to) for to in (retired or {}).get("successors", ()) if to in self._titles
            ],
        }

    def _title(self, one: str) -> str:
        if one in self._handbook.retired:
            title: str = self._handbook.retired[one]["title"][self._language]
            return title
        return self._titles.get(one, one)

    def _feed_entry(self, log: ChangeLog) -> dict[str, str]:
        text = Text(self._placement, self._titles, {}, "index")
        lines = []
        for entry in log.entries:
            told = self._entry(entry, text)
            what = escape(self._t["what"][entry["what"]])
            lines.append(f"<li>{what}: {escape(told['title'])}{told['text']}</li>")
        summary = text.block(log.data["text"][self._language]) if "text" in log.data else ""
        # a name that stays the same wherever the site is published
        name = f"{self._handbook.data['id']}/{self._language}/{log_path(log.version)}"
        return {
            "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
            "url": self._address(f"{log_path(log.version)}.html"),
            "title": self._t["version_title"].format(version=log.version),
            "date": f"{log.date}T00:00:00Z",
            "content": f"{summary}<ul>{''.join(lines)}</ul>" if lines else str(summary),
        }

    def _address(self, path: str) -> str:
        site = self._handbook.site.get("site_url")
        return f"{site.rstrip('/')}/{self._language}/{path}" if site else path

    def _atom(self, entries: list[dict[str, str]]) -> str:
        data, language = self._handbook.data, self._language
        feed_id = uuid.uuid5(uuid.NAMESPACE_URL, f"{data['id']}/{language}/changes")
        base = f" xml:base={quoteattr(self._address(''))}" if self._handbook.site.get("site_url") else ""
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}{base}>',
            f"<id>urn:uuid:{feed_id}</id>",
            f"<title>{escape(data['title'][language])}</title>",
            f"<updated>{entries[0]['date']}</updated>",
            f"<author><name>{escape(data['publisher'][language])}</name></author>",
            f'<link rel="self" type="application/atom+xml" href={quoteattr(self._address(ATOM_FEED))}/>',
            f'<link rel="alternate" type="text/html" href={quoteattr(self._address("index.html"))}/>',
        ]
        for entry in entries:
            lines += [
                "<entry>",
                f"<id>{entry['id']}</id>",
                f"<title>{escape(entry['title'])}</title>",
                f"<updated>{entry['date']}</updated>",
                f'<link rel="alternate" type="text/html" href={quoteattr(entry["url"])}/>',
                f'<content type="html">{escape(entry["content"])}</content>',
                "</entry>",
            ]
        return "\n".join([*lines, "</feed>", ""])

    def _json_feed(self, entries: list[dict[str, str]]) -> str:
        data, language = self._handbook.data, self._language
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": data["title"][language],
            "language": language,
            "home_page_url": self._address("index.html"),
            "feed_url": self._address(JSON_FEED),
            "authors": [{"name": data["publisher"][language]}],
            "items": [
                {
                    "id": entry["id"],
                    "url": entry["url"],
                    "title": entry["title"],
                    "content_html": entry["content"],
                    "date_published": entry["date"],
                }
                for entry in entries
            ],
        }
        return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def _marks(logs: tuple[ChangeLog, ...]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """For each id the version that added it and the last one that changed it, as (what, version)."""
    found: dict[str, dict[str, str]] = {}
    for log in logs:  # the newest first
        for entry in log.entries:
            what = entry["what"] if entry["what"] in ("added", "status") else "changed"
            known = found.setdefault(entry["id"], {})
            if what == "added" or not known:
                known.setdefault(what, log.version)
    for one, known in found.items():
        yield one, [(what, known[what]) for what in ("added", "changed", "status") if what in known]
