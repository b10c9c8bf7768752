"""The handbook as immutable values: ``load`` makes them, and every later step reads them."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tebiki.model.checklist import Additions, AnswerSet, Checklist
from tebiki.model.content_file import ContentFile
from tebiki.model.diagnostics import Place
from tebiki.model.figure_table import FigureTable
from tebiki.model.form_template import FormTemplate
from tebiki.model.item import DEFAULT_DOCUMENT_KINDS, Item, Localized, SourceReference
from tebiki.model.status import DEFAULT_STATUSES, Status

#: The path of each text that has changed, and its word diff: "=" with text of both, "-" of the old, "+" of the new.
WordDiffs = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Page:
    """A page of prose: its head, and title, description and body for each language it exists in."""

    id: str
    path: str  # below content/pages, without language and ending: "procedure/four-steps"
    head: Item
    title: Localized
    description: Localized
    body: Localized
    body_at: Mapping[str, Place]
    inserted: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # from, to: what no file has

    def place(self, language: str, offset: int) -> Place:
        """Return the place in its file of the character ``offset`` of the body in ``language``."""
        begin, end = self.inserted.get(language, (0, 0))
        if offset >= begin:
            offset = max(begin, offset - (end - begin))
        start, line_starts = self.body_at[language], _line_starts(self.body[language], begin, end)
        line = bisect.bisect_right(line_starts, offset) - 1
        return Place(start.file, start.line + line, offset - line_starts[line] + 1)


@functools.lru_cache(maxsize=2)  # rules ask for many places of one text, one after the other
def _line_starts(text: str, begin: int, end: int) -> list[int]:
    """Return where each line begins in the text without the part from ``begin`` to ``end``."""
    return [0, *(match.end() for match in re.finditer("\n", text[:begin] + text[end:]))]


@dataclass(frozen=True)
class Overlay:
    """What an institution's own handbook changes of the upstream handbook that it is made from.

    ``hidden`` maps the id of an item or a checklist to the notice in its place. ``upstream_identity`` holds
    the id, version and title of the upstream handbook.
    """

    data: Mapping[str, Any]  # overlay.yml
    at: Place
    hidden: Mapping[str, Any] = field(default_factory=dict)
    hidden_at: Place = field(default_factory=lambda: Place("content/hidden.yml"))
    additions: tuple[Additions, ...] = ()
    upstream_identity: Mapping[str, Any] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """The beginning of every id of the institution."""
        return f"{self.data['prefix']}-"


@dataclass(frozen=True)
class ChangeLog:
    """What a version of the handbook changed; ``entries`` are plain data, in the order of the file."""

    version: str
    date: str
    entries: Sequence[Any]
    data: Mapping[str, Any]
    at: Place

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, to sort by."""
        return tuple(int(number) for number in self.version.split("."))


@dataclass(frozen=True)
class HandbookWords:
    """Words of the generator that a handbook has in a language: ``words`` by key, on a ``subject`` such as "site"."""

    language: str
    subject: str
    words: Mapping[str, Any]
    at: Place


@dataclass(frozen=True)
class Handbook:
    """Everything that could be read from the files of a handbook."""

    data: Mapping[str, Any]  # content/handbook.yml
    at: Place
    items: tuple[Item, ...] = ()
    pages: tuple[Page, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    answer_sets: tuple[AnswerSet, ...] = ()
    files: tuple[ContentFile, ...] = ()  # pictures and attachments
    figures: tuple[FigureTable, ...] = ()  # tables of published figures
    form_templates: tuple[FormTemplate, ...] = ()
    form_files: tuple[ContentFile, ...] = ()  # those in templates/, with and without form.yml
    overrides: tuple[ContentFile, ...] = ()  # styles, fonts and pictures of its own site_overrides
    ignored_overrides: tuple[str, ...] = ()  # other files there
    # its own templates and scripts by path below site_overrides, where the person who builds trusts them
    trusted_overrides: Mapping[str, bytes] = field(default_factory=dict)
    site: Mapping[str, Any] = field(default_factory=dict)  # mkdocs.yml
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    omissions: Mapping[str, str] = field(default_factory=dict)  # id of a fact left out → the reason
    retired: Mapping[str, Any] = field(default_factory=dict)  # id that is gone → the notice in its place
    retired_at: Place = field(default_factory=lambda: Place("content/retired.yml"))
    change_logs: tuple[ChangeLog, ...] = ()
    words: tuple[HandbookWords, ...] = ()
    overlay: Overlay | None = None  # where the handbook is an institution's own
    published_at: str = ""  # address of the folder of all versions; "" for a single site
    # "LANGUAGE/ID" of a stale translation → what has changed in its original
    original_changes: Mapping[str, WordDiffs] = field(default_factory=dict)
    unreadable_files: frozenset[str] = frozenset()  # those that hold something refused
    unreadable_ids: frozenset[str] = frozenset()  # ids in what was refused

    __hash__ = object.__hash__  # handbooks that are loaded separately are cached separately

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language codes; the others are translated from the first."""
        return tuple(entry["code"] for entry in self.data.get("languages", ()))

    @cached_property
    def current_checklists(self) -> tuple[Checklist, ...]:
        """The highest version of each checklist."""
        newest: dict[str, Checklist] = {}
        for checklist in self.checklists:
            known = newest.get(checklist.id)
            if known is None or checklist.order > known.order:
                newest[checklist.id] = checklist
        return tuple(newest.values())

    def asks_institutions(self, checklist: Checklist) -> bool:
        """Return whether this version of a checklist is answered for institutions."""
        readers = (reader for reader in self.data.get("audiences", ()) if reader.get("institution"))
        return any(reader["id"] == checklist.head.data["audience"] for reader in readers)

    @cached_property
    def checklists_of_persons(self) -> frozenset[str]:
        """The ids of the checklists that count persons: any of their versions is not answered for institutions."""
        return frozenset(
            checklist.id for checklist in self.checklists if not self.asks_institutions(checklist)
        )

    @cached_property
    def files_by_path(self) -> Mapping[str, ContentFile]:
        """The pictures and attachments, by their path below ``content/files``."""
        return {file.path: file for file in self.files}

    @cached_property
    def figures_by_name(self) -> Mapping[str, FigureTable]:
        """The tables of published figures, by their path below ``content/figures`` without ending."""
        return {table.name: table for table in self.figures}

    @cached_property
    def newest_change_logs(self) -> tuple[ChangeLog, ...]:
        """The change logs, the highest version first."""
        return tuple(sorted(self.change_logs, key=lambda log: log.order, reverse=True))

    @cached_property
    def comparisons(self) -> Mapping[str, Mapping[str, Any]]:
        """The comparisons that the handbook defines, by id."""
        return {comparison["id"]: comparison for comparison in self.data.get("comparisons", ())}

    @cached_property
    def statuses(self) -> Mapping[str, Status]:
        """The statuses that statements can have, by id, the firmest first."""
        defined = tuple(
            Status(entry["id"], entry["colour"], entry.get("means"))
            for entry in self.data.get("statuses", ())
        )
        return {status.id: status for status in defined or DEFAULT_STATUSES}

    @cached_property
    def replaced_status(self) -> str | None:
        """The id of the status of what something newer has replaced, if there is one."""
        return next((status.id for status in self.statuses.values() if status.means == "replaced"), None)

    @cached_property
    def least_firm_status(self) -> str:
        """The least firm status, except that of what has been replaced."""
        kept = [status.id for status in self.statuses.values() if status.means != "replaced"]
        return (kept or list(self.statuses))[-1]

    @cached_property
    def document_kinds(self) -> tuple[str, ...]:
        """The ids of the kinds of documents that the register can have."""
        return tuple(kind["id"] for kind in self.data.get("document_kinds", ())) or DEFAULT_DOCUMENT_KINDS

    @cached_property
    def sources(self) -> Mapping[str, Item]:
        """The register of sources, by id."""
        return {item.id: item for item in self.items if item.kind == "source"}

    def status_of(self, stated: str | None, sources: Sequence[SourceReference]) -> str:
        """Return the status of a statement: the one stated, otherwise the least firm of its sources."""
        if stated:
            return stated
        ranks = self._ranks
        least_firm, lowest = self.least_firm_status, -1
        for reference in sources:
            status = self._status_of_reference(reference)
            if status is not None and ranks.get(status, -1) > lowest:
                least_firm, lowest = status, ranks[status]
        return least_firm

    def rank(self, status: str) -> int:
        """Return the position of a status from the firmest on, 0; -1 for one that the handbook does not have."""
        return self._ranks.get(status, -1)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {status: rank for rank, status in enumerate(self.statuses)}

    def _status_of_reference(self, reference: SourceReference) -> str | None:
        source = self.sources.get(reference.source)
        return reference.status or (source.status if source else None)

    def cell_provenance(self, item: Item, cell: Mapping[str, Any]) -> tuple[str, tuple[SourceReference, ...]]:
        """Return the status and the sources of a cell of ``item``: its own, otherwise the item's."""
        own = (
            SourceReference(entry["source"], entry["place"], item.at, entry.get("status"))
            for entry in cell.get("sources", ())
        )
        sources = tuple(own) or item.sources
        return self.status_of(cell.get("status", item.status), sources), sources
