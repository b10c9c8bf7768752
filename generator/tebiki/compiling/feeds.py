"""The feeds of changes: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tebiki.model.handbook import Handbook
from tebiki.model.site_layout import ATOM_FEED, JSON_FEED


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a feed; ``date`` is an RFC 3339 time in UTC, ``content`` HTML."""

    id: str
    url: str
    title: str
    date: str
    content: str


class Feed:
    """The feeds of one language. Addresses are absolute if the handbook has a ``site_url``, otherwise relative."""

    def __init__(self, handbook: Handbook, language: str) -> None:
        self._language = language
        self._handbook_id: str = handbook.data["id"]
        self._title: str = handbook.data["title"][language]
        self._publisher: str = handbook.data["publisher"][language]
        self._site_url: str = handbook.site.get("site_url") or ""

    def address(self, path: str) -> str:
        """Return the address of a file below the root of the language."""
        return f"{self._site_url.rstrip('/')}/{self._language}/{path}" if self._site_url else path

    def urn(self, path: str) -> str:
        """Return the id of a page, which stays the same wherever the site is published."""
        name = f"{self._handbook_id}/{self._language}/{path}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"

    def files(self, entries: Sequence[FeedEntry]) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each feed of ``entries``, the newest entry first."""
        yield ATOM_FEED, self._atom(entries)
        yield JSON_FEED, self._json(entries)

    def _atom(self, entries: Sequence[FeedEntry]) -> str:
        base = f' xml:base="{escape(self.address(""))}"' if self._site_url else ""
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(self._language)}"{base}>',
            f"<id>{self.urn('changes')}</id>",
            f"<title>{escape(self._title)}</title>",
            f"<updated>{entries[0].date}</updated>",
            f"<author><name>{escape(self._publisher)}</name></author>",
            f'<link rel="self" type="application/atom+xml" href="{escape(self.address(ATOM_FEED))}"/>',
            f'<link rel="alternate" type="text/html" href="{escape(self.address("index.html"))}"/>',
        ]
        for entry in entries:
            lines += [
                "<entry>",
                f"<id>{entry.id}</id>",
                f"<title>{escape(entry.title)}</title>",
                f"<updated>{entry.date}</updated>",
                f'<link rel="alternate" type="text/html" href="{escape(entry.url)}"/>',
                f'<content type="html">{escape(entry.content)}</content>',
                "</entry>",
            ]
        return "\n".join([*lines, "</feed>", ""])

    def _json(self, entries: Sequence[FeedEntry]) -> str:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._title,
            "language": self._language,
            "home_page_url": self.address("index.html"),
            "feed_url": self.address(JSON_FEED),
            "authors": [{"name": self._publisher}],
            "items": [
                {
                    "id": entry.id,
                    "url": entry.url,
                    "title": entry.title,
                    "content_html": entry.content,
                    "date_published": entry.date,
                }
                for entry in entries
            ],
        }
        return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"
