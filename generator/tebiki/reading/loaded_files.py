"""What has been read from the files of a handbook, before the model is built from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tebiki.model.content_file import ContentFile
from tebiki.model.figure_table import FigureTable
from tebiki.model.positions import DataPath, YamlMap
from tebiki.reading.yaml_reader import Document

#: Kinds of which a file holds a single entry; a file of any other kind holds a list of items.
SINGLE_KINDS = (
    "handbook", "checklist", "answer-set", "translations", "omissions", "retired", "changes",
    "overlay", "hidden", "additions", "words", "form-template",
)  # fmt: skip


@dataclass(frozen=True)
class LoadedPage:
    """A page in one language: its head, and its body with the line that the body begins on.

    ``path`` is relative to ``content/pages``, without language and ending.
    """

    path: str
    language: str
    head: Document
    body: str
    line: int


@dataclass(frozen=True)
class LoadedEntry:
    """An entry that satisfies its schema: the value at ``path`` in ``document``."""

    kind: str
    document: Document
    path: DataPath

    @property
    def data(self) -> Any:
        """The data of the entry."""
        value = self.document.data
        for step in self.path:
            value = value[step]
        return value


@dataclass
class LoadedFiles:
    """The content of all files of a handbook.

    ``entries`` holds what satisfies its schema; the data of everything else is in ``refused``.
    ``is_overlay`` says that the files are those of an institution's own handbook, which takes its
    ``upstream_languages`` from the handbook that it is made from.
    """

    is_overlay: bool = False
    upstream_languages: tuple[str, ...] = ()
    site: Document | None = None
    pages: list[LoadedPage] = field(default_factory=list)
    content_files: list[ContentFile] = field(default_factory=list)
    figures: list[FigureTable] = field(default_factory=list)
    forms: list[ContentFile] = field(default_factory=list)
    overrides: list[ContentFile] = field(default_factory=list)
    ignored_overrides: list[str] = field(default_factory=list)
    entries: list[LoadedEntry] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    refused_files: set[str] = field(default_factory=set)

    def of_kind(self, kind: str) -> list[LoadedEntry]:
        """Return the entries of ``kind``, in the order of the files."""
        return [entry for entry in self.entries if entry.kind == kind]

    def first(self, kind: str) -> LoadedEntry | None:
        """Return the first entry of ``kind``, or None."""
        return next(iter(self.of_kind(kind)), None)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the handbook's languages; empty where they cannot be read."""
        if self.upstream_languages:
            return self.upstream_languages
        handbook = self.first("handbook")
        languages = handbook.data.get("languages", ()) if handbook else ()
        return tuple(entry["code"] for entry in languages)

    def refuse(self, file: str, data: Any) -> None:
        """Record that ``data``, a part of ``file`` or all of it, does not become an entry."""
        self.refused_files.add(file)
        self.refused.append(data)

    def add(self, kind: str, document: Document, problem_paths: set[DataPath]) -> None:
        """Add the entries of a file, except those that hold one of ``problem_paths``."""
        if kind == "handbook":
            # the other files are judged by what is right in it
            data = YamlMap()  # the document itself may be read again
            data.update(document.data)
            data.positions = document.data.positions
            for key in {path[0] for path in problem_paths if path}:
                self.refuse(document.file, data.pop(str(key)))
            self.entries.append(LoadedEntry(kind, replace(document, data=data), ()))
        elif kind not in SINGLE_KINDS:
            self._add_items(kind, document, problem_paths)
        elif problem_paths:
            self.refuse(document.file, document.data)
        else:
            self.entries.append(LoadedEntry(kind, document, ()))

    def _add_items(self, kind: str, document: Document, problem_paths: set[DataPath]) -> None:
        if any(len(path) < 2 for path in problem_paths):  # the list itself is at fault
            self.refuse(document.file, document.data)
            return
        faulty = {path[:2] for path in problem_paths}
        for index, data in enumerate(document.data["items"]):
            path = ("items", index)
            if path in faulty:
                self.refuse(document.file, data)
            else:
                self.entries.append(LoadedEntry(kind, document, path))

    def refused_ids(self) -> Iterator[str]:
        """Yield every id and language code in the refused data, so that references to them are not reported."""
        waiting = list(self.refused)
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping):
                yield from (value[key] for key in ("id", "code") if isinstance(value.get(key), str))
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value
