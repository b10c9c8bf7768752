"""What the site says about its own versions: a page for each version, and notes on what changed.

Everything comes from the change logs in ``content/changes/``, so that a build needs no history and two builds of one
state are identical.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

import yaml
from markupsafe import Markup

from tebiki.compiling.feeds import Feed, FeedEntry
from tebiki.compiling.page_files import PageFiles
from tebiki.compiling.page_text import PageText
from tebiki.locales import words
from tebiki.model.handbook import ChangeLog, Handbook
from tebiki.model.markup import embeds, escape_markdown
from tebiki.model.placement import Placement, change_log_path

#: The kinds of changes, in the order in which a page lists them.
_CHANGE_KINDS = ("added", "changed", "status", "moved", "retired")
Render = Callable[..., str]  # (template, page, **context) → HTML


class ChangePages:
    """Renders the change logs for the readers of one language.

    Args:
        handbook: The handbook.
        language: The language of the pages.
        placement: The page of every item.
        titles: The titles of all present items, parts and pages by id.
        stale: The ids of the translation units that are not up to date.
        files: The files that texts link to.
    """

    def __init__(
        self,
        handbook: Handbook,
        language: str,
        placement: Placement,
        titles: Mapping[str, str],
        stale: frozenset[str],
        files: PageFiles | None = None,
    ) -> None:
        self._files = files
        self._handbook = handbook
        self._language = language
        self._placement = placement
        self._titles = titles
        self._stale = stale
        self._words = words(language, "site")
        self._logs = handbook.newest_change_logs
        self._changes = dict(_latest_changes(self._logs))

    def change_note(self, entry_id: str, text: PageText) -> Markup:
        """Return when an entry was added and last changed, for the page of ``text``; often nothing."""
        if entry_id not in self._changes:
            return Markup()
        notes = [
            self._words["changed_in"][kind].format(
                version=f'<a href="{text.href(change_log_path(version))}">{version}</a>'
            )
            for kind, version in self._changes[entry_id]
        ]
        return Markup(f'<p class="tb-changed">{" · ".join(notes)}</p>\n')

    def versions(self, text: PageText) -> list[dict[str, Any]]:
        """Return the versions, the newest first, each with its date, summary, counts and address."""
        return [
            {
                "version": log.version,
                "date": log.date,
                "href": text.href(change_log_path(log.version)),
                "text": self._summary(log, text),
                "counts": [
                    (self._words["what"][kind], count)
                    for kind in _CHANGE_KINDS
                    if (count := sum(entry["what"] == kind for entry in log.entries))
                ],
            }
            for log in self._logs
        ]

    def pages(self, render: Render) -> Iterator[tuple[str, str]]:
        """Yield the path and the Markdown of the page of each version."""
        overview_page = self._overview_page()
        for log in self._logs:
            path = change_log_path(log.version)
            text = PageText(self._placement, self._titles, {}, path, self._files)
            title = self._words["version_title"].format(version=log.version)
            meta = {
                "title": title,
                "description": self._words["version_description"].format(version=log.version),
                # the page repeats the titles of the changed entries, which the search finds themselves
                "search": {"exclude": True},
            }
            front_matter = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False)
            parts = [f"---\n{front_matter}---", f"# {escape_markdown(title)}"]
            units = {f"changes/{log.version}", *(f"retired/{entry['id']}" for entry in log.entries)}
            head = {"date": log.date, "summary": self._summary(log, text), "back": overview_page}
            stale = not self._stale.isdisjoint(units)
            parts.append(render("version_head.html.jinja", path, stale=stale, **head))
            for kind in _CHANGE_KINDS:
                entries = [self._entry(entry, text) for entry in log.entries if entry["what"] == kind]
                if entries:
                    parts.append(f"## {self._words['what'][kind]} {{ #{kind} }}")
                    parts.append(render("version_entries.html.jinja", path, entries=entries))
            yield path, "\n\n".join(parts) + "\n"

    def feeds(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each feed; none without change logs."""
        if self._logs:
            feed = Feed(self._handbook, self._language)
            yield from feed.files([self._feed_entry(log, feed) for log in self._logs])

    def _overview_page(self) -> str | None:
        """Return the id of the page that lists all versions."""
        first_language = self._handbook.languages[0]
        for page in self._handbook.pages:
            for embed in embeds(page.body[first_language]):
                if embed.view == "report" and embed.arguments == ("changes",):
                    return page.id
        return None

    def _summary(self, log: ChangeLog, text: PageText) -> str:
        return text.block(log.data["text"][self._language]) if "text" in log.data else ""

    def _entry(self, entry: Mapping[str, Any], text: PageText) -> dict[str, Any]:
        entry_id = entry["id"]
        retired = self._handbook.retired.get(entry_id, {})
        note = entry.get("text") or retired.get("text")
        return {
            "title": self._title(entry_id),
            "href": text.href(entry_id) if entry_id in self._placement.page_of else None,
            "status": entry.get("status"),
            "version": entry.get("version"),
            "size": entry.get("class"),
            "text": text.block(note[self._language]) if note else "",
            "successors": [
                text.link(successor)
                for successor in retired.get("successors", ())
                if successor in self._titles
            ],
        }

    def _title(self, entry_id: str) -> str:
        if entry_id in self._handbook.retired:
            title: str = self._handbook.retired[entry_id]["title"][self._language]
            return title
        return self._titles.get(entry_id, entry_id)

    def _feed_entry(self, log: ChangeLog, feed: Feed) -> FeedEntry:
        text = PageText(self._placement, self._titles, {}, "index", self._files)
        items = []
        for log_entry in log.entries:
            entry = self._entry(log_entry, text)
            kind = escape(self._words["what"][log_entry["what"]])
            items.append(f"<li>{kind}: {escape(entry['title'])}{entry['text']}</li>")
        summary = self._summary(log, text)
        return FeedEntry(
            id=feed.urn(change_log_path(log.version)),
            url=feed.address(f"{change_log_path(log.version)}.html"),
            title=self._words["version_title"].format(version=log.version),
            date=f"{log.date}T00:00:00Z",
            content=f"{summary}<ul>{''.join(items)}</ul>" if items else str(summary),
        )


def _latest_changes(logs: tuple[ChangeLog, ...]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield, for each id, the version that added it and the last that changed it, as (kind, version)."""
    changes: dict[str, dict[str, str]] = {}
    for log in logs:  # the newest first
        for entry in log.entries:
            kind = entry["what"] if entry["what"] in ("added", "status") else "changed"
            versions = changes.setdefault(entry["id"], {})
            if kind == "added" or not versions:
                versions.setdefault(kind, log.version)
    for entry_id, versions in changes.items():
        yield (
            entry_id,
            [(kind, versions[kind]) for kind in ("added", "changed", "status") if kind in versions],
        )
