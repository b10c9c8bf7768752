"""Builds the typed values of ``model`` from the plain data of the files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tebiki.model.answer_origin import answer_origin
from tebiki.model.checklist import Additions, AnswerSet, Checklist, Note, Question, RunningResult, Section
from tebiki.model.condition import parse_condition
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.form_template import TEMPLATES_FOLDER, FormTemplate
from tebiki.model.handbook import ChangeLog, Handbook, HandbookWords, Overlay, Page
from tebiki.model.item import PART_KEYS, Item, Part, SourceReference
from tebiki.model.message import Message
from tebiki.model.positions import DataPath
from tebiki.reading.comments import drop_comments
from tebiki.reading.loaded_files import SINGLE_KINDS, LoadedEntry, LoadedFiles, LoadedPage
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document
from tebiki.reading.yaml_texts import as_yaml_reads

_HANDBOOK = "content/handbook.yml"
_RETIRED = "content/retired.yml"


def build_handbook(files: LoadedFiles, problems: list[Diagnostic]) -> Handbook:
    """Build the handbook from ``files``, and append what is wrong between files to ``problems``."""
    head = files.first("handbook")
    if not (head or files.upstream_languages or _HANDBOOK in files.refused_files):
        problems.append(_no_handbook())
    retired = files.first("retired")
    items = (entry for entry in files.entries if entry.kind not in SINGLE_KINDS)
    return Handbook(
        data=head.data if head else {},
        at=head.document.place() if head else Place(_HANDBOOK),
        items=tuple(_item(entry.kind, entry.document, entry.path, entry.data) for entry in items),
        pages=tuple(_pages(files, problems)),
        checklists=tuple(map(build_checklist, files.of_kind("checklist"))),
        answer_sets=tuple(map(build_answer_set, files.of_kind("answer-set"))),
        files=tuple(files.content_files),
        figures=tuple(files.figures),
        overrides=tuple(files.overrides),
        ignored_overrides=tuple(files.ignored_overrides),
        site=files.site.data if files.site else {},
        translations=_value(files, "translations", "units"),
        omissions=_value(files, "omissions", "omissions"),
        retired=_value(files, "retired", "retired"),
        retired_at=retired.document.place() if retired else Place(_RETIRED),
        change_logs=tuple(map(_change_log, files.of_kind("changes"))),
        words=tuple(map(_words, files.of_kind("words"))),
        form_templates=tuple(_form_template(entry, files) for entry in files.of_kind("form-template")),
        form_files=tuple(files.forms),
        overlay=_overlay(files),
        unreadable_files=frozenset(files.refused_files),
        unreadable_ids=frozenset(files.refused_ids()),
    )


@rule("no-handbook")
def _no_handbook() -> Diagnostic:
    """The file that names the handbook and its languages is missing.

    It is ``content/handbook.yml``. Its keys are listed in ``docs/data-dictionary.md``.
    """
    return Diagnostic(Place(_HANDBOOK), "no-handbook", Message("reading.no-handbook.missing"))


def _words(entry: LoadedEntry) -> HandbookWords:
    data = entry.data
    return HandbookWords(data["language"], data["subject"], data["words"] or {}, entry.document.place())


def _value(files: LoadedFiles, kind: str, key: str) -> Mapping[str, Any]:
    """The value under ``key`` of the only file of ``kind``; empty without the file."""
    entry = files.first(kind)
    value: Mapping[str, Any] = entry.data[key] if entry else {}
    return value


def _item(kind: str, document: Document, path: DataPath, data: Mapping[str, Any]) -> Item:
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


def _sources(document: Document, path: DataPath, data: Mapping[str, Any]) -> tuple[SourceReference, ...]:
    return tuple(
        SourceReference(
            entry["source"], entry["place"], document.place((*path, "sources", index)), entry.get("status")
        )
        for index, entry in enumerate(data.get("sources", ()))
    )


def _parts(
    document: Document, path: DataPath, data: Mapping[str, Any], inherited: tuple[SourceReference, ...]
) -> Iterator[Part]:
    for key in PART_KEYS:
        for index, part in enumerate(data.get(key, ())):
            part_path = (*path, key, index)
            yield Part(
                id=part["id"],
                sources=_sources(document, part_path, part) or inherited,
                status=part.get("status", data.get("status")),
                data=part,
                at=document.place((*part_path, "id")),
            )


def _pages(files: LoadedFiles, problems: list[Diagnostic]) -> Iterator[Page]:
    if not files.languages:
        return  # without the languages an original cannot be told from its translation
    original_language = files.languages[0]
    translations: dict[str, dict[str, LoadedPage]] = {}
    for page in files.pages:
        schema = "page" if page.language == original_language else "page-translation"
        head_problems = [diagnostic for _path, diagnostic in validate(page.head, schema)]
        drop_comments(page.head, schema)
        problems += [*head_problems, *page.head.problems]
        if head_problems:
            files.refuse(page.head.file, page.head.data)
        else:
            translations.setdefault(page.path, {})[page.language] = page
    for path, pages in translations.items():
        if original_language in pages:
            yield _page(path, pages[original_language], pages)
        else:
            head = next(iter(pages.values())).head
            original = ".".join([*head.file.split(".")[:-2], original_language, "md"])
            if original not in files.refused_files:
                problems.append(_no_original(head, original))
                files.refused_files.add(original)


def _page(path: str, original: LoadedPage, pages: Mapping[str, LoadedPage]) -> Page:
    head = _item("page", original.head, (), original.head.data)
    return Page(
        id=head.id,
        path=path,
        head=head,
        title={language: page.head.data["title"] for language, page in pages.items()},
        description={language: page.head.data["description"] for language, page in pages.items()},
        body={language: page.body for language, page in pages.items()},
        body_at={language: Place(page.head.file, page.line) for language, page in pages.items()},
    )


@rule("no-original")
def _no_original(head: Document, original: str) -> Diagnostic:
    """A translated page has no original in the handbook's first language.

    The original holds the page's id, sources and status. Write it, or remove the translation.
    """
    return Diagnostic(head.place(), "no-original", Message("reading.no-original.missing", file=original))


def build_checklist(entry: LoadedEntry) -> Checklist:
    """Return the checklist that an entry holds."""
    data = entry.data
    head = _item("checklist", entry.document, entry.path, data)
    sections = tuple(_sections(entry.document))
    results = tuple(_running_results(entry.document))
    return Checklist(
        data["id"],
        data["version"],
        head,
        data["answer_set"],
        sections,
        results,
        as_yaml_reads(entry.document.marked),
    )


def _running_results(document: Document) -> Iterator[RunningResult]:
    for index, data in enumerate(document.data.get("results", ())):
        path = ("results", index)
        when = parse_condition(data["when"])
        yield RunningResult(
            data["id"], when, _sources(document, path, data), data, document.place((*path, "id"))
        )


def _sections(document: Document, local: bool = False) -> Iterator[Section]:
    ordinals = itertools.count(1)
    for index, data in enumerate(document.data["sections"]):
        path = ("sections", index)
        questions: list[Question] = []
        notes: list[Note] = []
        for position, entry in enumerate(data["items"]):
            entry_path = (*path, "items", position)
            if "note" in entry:
                notes.append(Note(entry["id"], len(questions), entry, document.place((*entry_path, "id"))))
            else:
                questions.append(_question(document, entry_path, entry, next(ordinals), local))
        yield Section(data["id"], tuple(questions), data, document.place((*path, "id")), notes=tuple(notes))


def _question(
    document: Document, path: DataPath, data: Mapping[str, Any], ordinal: int, local: bool
) -> Question:
    has_choice = data.get("answer", {"type": "choice"})["type"] == "choice"
    return Question(
        id=data["id"],
        rev=data["rev"],
        number=data.get("number") or f"{'L' if local else ''}{ordinal}",
        retired=data.get("status") == "retired",
        na_allowed=data.get("na", {"allowed": has_choice})["allowed"],
        replaces=tuple(data.get("replaces", ())),
        takes_from=tuple(answer_origin(entry) for entry in data.get("takes_from", ())),
        when=parse_condition(data["when"]) if "when" in data else None,
        local=local,
        sources=_sources(document, path, data),
        data=data,
        at=document.place((*path, "id")),
    )


def build_answer_set(entry: LoadedEntry) -> AnswerSet:
    """Return the answer set that an entry holds."""
    data = entry.data
    roles = {answer["id"]: answer["role"] for answer in data["answers"]}
    return AnswerSet(data["id"], roles, data, entry.document.place(("id",)))


def _form_template(entry: LoadedEntry, files: LoadedFiles) -> FormTemplate:
    folder = entry.document.file.removeprefix(TEMPLATES_FOLDER).rpartition("/")[0]
    forms = tuple(form for form in files.forms if form.path.rpartition("/")[0] == folder)
    return FormTemplate(entry.data["id"], entry.data, entry.document.place(("id",)), forms)


def _change_log(entry: LoadedEntry) -> ChangeLog:
    data = entry.data
    return ChangeLog(data["version"], data["date"], data["changes"], data, entry.document.place(("version",)))


def _overlay(files: LoadedFiles) -> Overlay | None:
    entry = files.first("overlay")
    if entry is None:
        return None
    additions = tuple(map(_additions, files.of_kind("additions")))
    overlay = Overlay(entry.data, entry.document.place(), additions=additions)
    hidden = files.first("hidden")
    if hidden is None:
        return overlay
    return replace(overlay, hidden=hidden.data["hidden"], hidden_at=hidden.document.place(("hidden",)))


def _additions(entry: LoadedEntry) -> Additions:
    sections = tuple(_sections(entry.document, local=True))
    return Additions(entry.data["checklist"], sections, entry.data, entry.document.place(("checklist",)))
