"""Puts what was read from the files together: plain data → the typed values of ``model``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic, Place, rule
from generator.model import (
    PART_KEYS,
    AnswerSet,
    Checklist,
    ChecklistItem,
    Handbook,
    Item,
    Page,
    Part,
    SourceReference,
)
from generator.schema import Path_, schema_problems
from generator.yaml_reader import Document

_SINGLE_KINDS = ("handbook", "checklist", "answer-set", "translations")


@dataclass
class ReadPage:
    """One language of one page, as read: its head, and the body with the line it begins on."""

    path: str
    language: str
    head: Document
    body: str
    line: int


@dataclass
class Read:
    """What ``load`` has read so far. Only entries without a problem of form are in ``entries``."""

    site: Document | None = None
    pages: list[ReadPage] = field(default_factory=list)
    entries: list[tuple[str, Document, Path_]] = field(default_factory=list)  # kind, file, path
    refused: list[Any] = field(default_factory=list)  # data that no entry was made of

    def add(self, kind: str, document: Document, problems: set[Path_]) -> None:
        """Take in a file of ``kind``, leaving out the entries that ``problems`` concern."""
        if kind in _SINGLE_KINDS:
            whole = document.data if problems else None
            self.refused += [whole] if problems else []
            self.entries += [] if problems else [(kind, document, ())]
            return
        broken = {path[:2] for path in problems}
        if any(len(path) < 2 for path in broken):  # the list of items itself is not one
            self.refused.append(document.data)
            return
        for index, data in enumerate(document.data["items"]):
            path = ("items", index)
            if path in broken:
                self.refused.append(data)
            else:
                self.entries.append((kind, document, path))


def handbook(read: Read, problems: list[Diagnostic]) -> Handbook:
    """Make the Handbook; what is wrong between files is added to ``problems``."""
    heads = [document for kind, document, _path in read.entries if kind == "handbook"]
    if not heads:
        problems.append(_no_handbook())
    site = read.site.data if read.site and isinstance(read.site.data, Mapping) else {}
    recorded = [d.data["units"] for kind, d, _path in read.entries if kind == "translations"]
    return Handbook(
        data=heads[0].data if heads else {},
        at=heads[0].place() if heads else Place("content/handbook.yml"),
        items=tuple(_item(k, d, p) for k, d, p in read.entries if k not in _SINGLE_KINDS),
        pages=tuple(_pages(read, problems)),
        checklists=tuple(_checklist(d) for kind, d, _path in read.entries if kind == "checklist"),
        answer_sets=tuple(_answer_set(d) for kind, d, _path in read.entries if kind == "answer-set"),
        site=site,
        translations=recorded[0] if recorded else {},
        unreadable_ids=frozenset(_ids(read.refused)),
    )


@rule("no-handbook")
def _no_handbook() -> Diagnostic:
    """The file that names the handbook and its languages is missing or has errors.

    It is ``content/handbook.yml``. Mend the problems reported in it, or write it; its keys are
    listed in ``docs/data-dictionary.md``.
    """
    place = Place("content/handbook.yml")
    return Diagnostic(place, "no-handbook", "the handbook's own file is missing or has errors")


def _sources(document: Document, path: Path_, data: Mapping[str, Any]) -> tuple[SourceReference, ...]:
    return tuple(
        SourceReference(entry["source"], entry["place"], document.place((*path, "sources", index)))
        for index, entry in enumerate(data.get("sources", ()))
    )


def _item(kind: str, document: Document, path: Path_) -> Item:
    data: Any = document.data
    for step in path:
        data = data[step]
    sources = _sources(document, path, data)
    return Item(
        id=data["id"],
        kind=kind,
        title=data["title"] if isinstance(data["title"], Mapping) else {},
        sources=sources,
        status=data.get("status"),
        parts=tuple(_parts(document, path, data, sources)),
        data=data,
        at=document.place((*path, "id")),
    )


def _parts(
    document: Document, path: Path_, data: Mapping[str, Any], inherited: tuple[SourceReference, ...]
) -> Iterator[Part]:
    for key in PART_KEYS:
        for index, part in enumerate(data.get(key, ())):
            here = (*path, key, index)
            yield Part(
                id=part["id"],
                sources=_sources(document, here, part) or inherited,
                status=part.get("status", data.get("status")),
                data=part,
                at=document.place((*here, "id")),
            )


def _pages(read: Read, problems: list[Diagnostic]) -> Iterator[Page]:
    base = next((d.data["languages"][0]["code"] for kind, d, _path in read.entries if kind == "handbook"), "")
    by_path: dict[str, dict[str, ReadPage]] = {}
    for page in read.pages:
        schema = "page" if page.language == base else "page-translation"
        found = [diagnostic for _path, diagnostic in schema_problems(page.head, schema)]
        problems += found
        if found:
            read.refused.append(page.head.data)
        else:
            by_path.setdefault(page.path, {})[page.language] = page
    for path, languages in by_path.items():
        if base not in languages:
            first = next(iter(languages.values())).head
            problems.append(_no_original(first, base))
            continue
        head = _item("page", languages[base].head, ())
        yield Page(
            id=head.id,
            path=path,
            head=head,
            title={lang: page.head.data["title"] for lang, page in languages.items()},
            description={lang: page.head.data["description"] for lang, page in languages.items()},
            body={lang: page.body for lang, page in languages.items()},
            body_at={lang: Place(page.head.file, page.line) for lang, page in languages.items()},
        )


@rule("no-original")
def _no_original(head: Document, base: str) -> Diagnostic:
    """A translated page has no original in the handbook's first language, or that one has errors.

    The original holds the page's id, sources and status. Write it, or mend what is reported in it.
    """
    original = ".".join([*head.file.split(".")[:-2], base, "md"])
    return Diagnostic(head.place(), "no-original", f"its original {original} is missing or has errors")


def _checklist(document: Document) -> Checklist:
    data = document.data
    sections = tuple(
        (section, tuple(_question(document, ("sections", s, "items", i), item) for i, item in enumerate(section["items"])))
        for s, section in enumerate(data["sections"])
    )  # fmt: skip
    head = _item("checklist", document, ())
    return Checklist(data["id"], data["version"], head, data["answer_set"], sections)


def _question(document: Document, path: Path_, data: Mapping[str, Any]) -> ChecklistItem:
    return ChecklistItem(
        id=data["id"],
        rev=data["rev"],
        retired=data.get("status") == "retired",
        na_allowed=data["na"]["allowed"],
        when=data.get("when"),
        sources=_sources(document, path, data),
        data=data,
        at=document.place((*path, "id")),
    )


def _answer_set(document: Document) -> AnswerSet:
    data = document.data
    roles = {answer["id"]: answer["role"] for answer in data["answers"]}
    return AnswerSet(data["id"], roles, data, document.place(("id",)))


def _ids(refused: list[Any]) -> Iterator[str]:
    """Every id anywhere in the refused data, so that what names it is not reported as well."""
    waiting = list(refused)
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("id"), str):
                yield part["id"]
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
