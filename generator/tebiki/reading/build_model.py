"""Puts what was read from the files together: plain data → the typed values of ``model``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tebiki.model.checklist import Additions, AnswerSet, Checklist, Question, Section
from tebiki.model.condition import parse_condition
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import ChangeLog, Handbook, Overlay, Page
from tebiki.model.item import PART_KEYS, Item, Part, SourceReference
from tebiki.reading.schema import DataPath, schema_problems
from tebiki.reading.yaml_reader import Document

_HANDBOOK = "content/handbook.yml"
_RETIRED = "content/retired.yml"
_SINGLE_KINDS = (
    "handbook", "checklist", "answer-set", "translations", "omissions", "retired", "changes",
    "overlay", "hidden", "additions",
)  # fmt: skip


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
    entries: list[tuple[str, Document, DataPath]] = field(default_factory=list)  # kind, file, path
    refused: list[Any] = field(default_factory=list)  # data that no entry was made of
    refused_files: set[str] = field(default_factory=set)
    overlay: bool = False  # whether the files are those of an institution's own handbook
    languages: tuple[str, ...] = ()  # then: those of the handbook that it is made from

    def refuse(self, file: str, data: Any) -> None:
        """Note that no entry is made of ``data``, a part of ``file`` or all of it."""
        self.refused_files.add(file)
        self.refused.append(data)

    def add(self, kind: str, document: Document, problems: set[DataPath]) -> None:
        """Take in a file of ``kind``, leaving out the entries that ``problems`` concern."""
        if kind == "handbook":
            # what is right in it is needed to judge all other files
            for key in {path[0] for path in problems if path}:
                self.refuse(document.file, document.data.pop(str(key)))
            self.entries.append((kind, document, ()))
        elif kind in _SINGLE_KINDS and problems:
            self.refuse(document.file, document.data)
        elif kind in _SINGLE_KINDS:
            self.entries.append((kind, document, ()))
        elif any(len(path) < 2 for path in problems):  # the list of items itself is not one
            self.refuse(document.file, document.data)
        else:
            broken = {path[:2] for path in problems}
            for index, data in enumerate(document.data["items"]):
                path = ("items", index)
                if path in broken:
                    self.refuse(document.file, data)
                else:
                    self.entries.append((kind, document, path))


def handbook(read: Read, problems: list[Diagnostic]) -> Handbook:
    """Make the Handbook; what is wrong between files is added to ``problems``."""
    heads = [document for kind, document, _path in read.entries if kind == "handbook"]
    if not heads and not read.languages and _HANDBOOK not in read.refused_files:
        problems.append(_no_handbook())
    recorded = [d.data["units"] for kind, d, _path in read.entries if kind == "translations"]
    omitted = [d.data["omissions"] for kind, d, _path in read.entries if kind == "omissions"]
    retired = [d for kind, d, _path in read.entries if kind == "retired"]
    return Handbook(
        data=heads[0].data if heads else {},
        at=heads[0].place() if heads else Place(_HANDBOOK),
        items=tuple(_item(k, d, p) for k, d, p in read.entries if k not in _SINGLE_KINDS),
        pages=tuple(_pages(read, problems)),
        checklists=tuple(_checklist(d) for kind, d, _path in read.entries if kind == "checklist"),
        answer_sets=tuple(_answer_set(d) for kind, d, _path in read.entries if kind == "answer-set"),
        site=read.site.data if read.site else {},
        translations=recorded[0] if recorded else {},
        omissions=omitted[0] if omitted else {},
        retired=retired[0].data["retired"] if retired else {},
        retired_at=retired[0].place() if retired else Place(_RETIRED),
        change_logs=tuple(_change_log(d) for kind, d, _path in read.entries if kind == "changes"),
        overlay=_overlay(read),
        unreadable_files=frozenset(read.refused_files),
        unreadable_ids=frozenset(_ids(read.refused)),
    )


@rule("no-handbook")
def _no_handbook() -> Diagnostic:
    """The file that names the handbook and its languages is missing.

    It is ``content/handbook.yml``. Its keys are listed in ``docs/data-dictionary.md``.
    """
    return Diagnostic(Place(_HANDBOOK), "no-handbook", "the handbook's own file is missing: write it")


def _sources(document: Document, path: DataPath, data: Mapping[str, Any]) -> tuple[SourceReference, ...]:
    return tuple(
        SourceReference(entry["source"], entry["place"], document.place((*path, "sources", index)))
        for index, entry in enumerate(data.get("sources", ()))
    )


def _item(kind: str, document: Document, path: DataPath) -> Item:
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
    document: Document, path: DataPath, data: Mapping[str, Any], inherited: tuple[SourceReference, ...]
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
    heads = [document.data for kind, document, _path in read.entries if kind == "handbook"]
    if not read.languages and (not heads or "languages" not in heads[0]):
        return  # without the list of languages no page can be told from its translation
    base = read.languages[0] if read.languages else heads[0]["languages"][0]["code"]
    by_path: dict[str, dict[str, ReadPage]] = {}
    for page in read.pages:
        schema = "page" if page.language == base else "page-translation"
        found = [diagnostic for _path, diagnostic in schema_problems(page.head, schema)]
        problems += found
        if found:
            read.refuse(page.head.file, page.head.data)
        else:
            by_path.setdefault(page.path, {})[page.language] = page
    for path, languages in by_path.items():
        if base not in languages:
            first = next(iter(languages.values())).head
            original = ".".join([*first.file.split(".")[:-2], base, "md"])
            if original not in read.refused_files:
                problems.append(_no_original(first, original))
                read.refused_files.add(original)
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
def _no_original(head: Document, original: str) -> Diagnostic:
    """A translated page has no original in the handbook's first language.

    The original holds the page's id, sources and status. Write it, or remove the translation.
    """
    return Diagnostic(head.place(), "no-original", f"its original is missing: write {original}")


def _checklist(document: Document) -> Checklist:
    data = document.data
    head = _item("checklist", document, ())
    return Checklist(data["id"], data["version"], head, data["answer_set"], tuple(_sections(document)))


def _sections(document: Document, local: bool = False) -> Iterator[Section]:
    for index, data in enumerate(document.data["sections"]):
        path = ("sections", index)
        questions = (
            _question(document, (*path, "items", number), question, local)
            for number, question in enumerate(data["items"])
        )
        yield Section(data["id"], tuple(questions), data, document.place((*path, "id")))


def _overlay(read: Read) -> Overlay | None:
    found = next((d for kind, d, _path in read.entries if kind == "overlay"), None)
    if found is None:
        return None
    additions = tuple(_additions(d) for kind, d, _path in read.entries if kind == "additions")
    about = Overlay(found.data, found.place(), additions=additions)
    hidden = next((d for kind, d, _path in read.entries if kind == "hidden"), None)
    if hidden is None:
        return about
    return replace(about, hidden=hidden.data["hidden"], hidden_at=hidden.place(("hidden",)))


def _additions(document: Document) -> Additions:
    data = document.data
    sections = tuple(_sections(document, local=True))
    return Additions(data["checklist"], sections, data, document.place(("checklist",)))


def _question(document: Document, path: DataPath, data: Mapping[str, Any], local: bool) -> Question:
    return Question(
        id=data["id"],
        rev=data["rev"],
        retired=data.get("status") == "retired",
        na_allowed=data["na"]["allowed"],
        replaces=tuple(data.get("replaces", ())),
        when=parse_condition(data["when"]) if "when" in data else None,
        local=local,
        sources=_sources(document, path, data),
        data=data,
        at=document.place((*path, "id")),
    )


def _answer_set(document: Document) -> AnswerSet:
    data = document.data
    roles = {answer["id"]: answer["role"] for answer in data["answers"]}
    return AnswerSet(data["id"], roles, data, document.place(("id",)))


def _change_log(document: Document) -> ChangeLog:
    data = document.data
    return ChangeLog(data["version"], data["date"], data["changes"], data, document.place(("version",)))


def _ids(refused: list[Any]) -> Iterator[str]:
    """Every id and language code in the refused data, so that what names it is not reported as well."""
    waiting = list(refused)
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            yield from (part[key] for key in ("id", "code") if isinstance(part.get(key), str))
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
