"""Creation of the files of a new entry, which are valid except for the placeholders to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.files import write_files
from tebiki.model import placeholder
from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW
from tebiki.model.message import Message, MessageError
from tebiki.model.placement import place_items
from tebiki.reading.load import load
from tebiki.reading.schema import read_schema
from tebiki.upkeep.confirm_translations import confirm
from tebiki.writing.format_files import formatted_texts

#: The kinds of entries, and the folder for the file of each.
KINDS = {
    "term": "content/terms",
    "comparison-row": "content/comparisons",
    "procedure": "content/procedures",
    "checklist": "checklists",
    "source": "content/sources",
    "page": "content/pages",
}
#: The kinds whose ids are of this handbook; those of the others may come from another list, such as a standard.
_OWN_IDS = ("term", "procedure", "page")
_SOURCES = f"[{{source: {placeholder.ID}, place: {placeholder.TEXT}}}]"


class NewEntryError(MessageError):
    """No entry can be created with this id; the message says why and what to do."""


def create_entry(root: Path, handbook: Handbook, kind: str, entry_id: str) -> list[str]:
    """Write the files of a new entry.

    A checklist, and an item of a kind that no page lists, also get a page, and a page gets a line in the navigation
    (except in an institution's own handbook, where the folder decides). The placeholders are recorded as translated,
    so that only filling them in makes a translation stale.

    Args:
        root: The folder of the handbook.
        handbook: The handbook in ``root``, read without diagnostics.
        kind: A kind of ``KINDS``.
        entry_id: The id of the new entry.

    Returns:
        The files that were written, the main file first, relative to ``root``.

    Raises:
        NewEntryError: The id is taken or not valid, or a file exists already; then nothing is written.
    """
    _check_id(handbook, kind, entry_id)
    files = formatted_texts(dict(_files(root, handbook, kind, entry_id)), handbook.languages)
    for name in files:
        if (root / name).exists():
            raise NewEntryError(Message("upkeep.entry.file-exists", file=name))
    if any(name.startswith(KINDS["page"]) for name in files) and handbook.overlay is None:
        files["mkdocs.yml"] = _add_to_navigation(root, handbook, entry_id)
    write_files(root, files)
    extended, _diagnostics = load(root)
    page_id = f"{entry_id}-page"
    has_page = any(page.id == page_id for page in extended.pages)
    confirm(extended, root, (entry_id, page_id) if has_page else (entry_id,), everything=False)
    return list(files)


def checklist_page(
    root: Path, handbook: Handbook, checklist_id: str, title: Mapping[str, str], audience: str
) -> dict[str, str]:
    """Return the files of a page for a new checklist, and of the navigation that leads to it.

    Args:
        root: The folder of the handbook.
        handbook: The handbook.
        checklist_id: The id of the checklist.
        title: The title by language; the page has a placeholder in other languages.
        audience: The reader who answers.

    Raises:
        NewEntryError: The navigation cannot be written, or a file exists already.
    """
    path = f"{handbook.overlay.data['prefix']}/{checklist_id}" if handbook.overlay else checklist_id
    basis, body = "editorial: Holds the form.", f"![[checklist {checklist_id}]]"
    files = dict(_page(handbook, f"{checklist_id}-page", path, basis, body))
    for language, name in zip(handbook.languages, files, strict=True):
        words = json.dumps(title.get(language, placeholder.TEXT), ensure_ascii=False)
        text = files[name].replace(f": {placeholder.TEXT}\n", f": {words}\n")
        files[name] = text.replace(f"[{placeholder.ID}]", f"[{audience}]")
        if (root / name).exists():
            raise NewEntryError(Message("upkeep.entry.file-exists", file=name))
    files = formatted_texts(files, handbook.languages)
    if handbook.overlay is None:
        files["mkdocs.yml"] = _add_to_navigation(root, handbook, checklist_id)
    return files


def _check_id(handbook: Handbook, kind: str, entry_id: str) -> None:
    schema = read_schema("common")["$defs"]["id"]
    if not re.fullmatch(schema["pattern"].removesuffix("$"), entry_id) or len(entry_id) > schema["maxLength"]:
        raise NewEntryError(Message("upkeep.entry.bad-id", id=repr(entry_id)))
    if kind in _OWN_IDS and entry_id != entry_id.lower():
        suggestion = entry_id.lower()
        raise NewEntryError(Message("upkeep.entry.capitals", id=repr(entry_id), suggestion=suggestion))
    if entry_id == placeholder.ID:
        raise NewEntryError(Message("upkeep.entry.placeholder", id=entry_id))
    if handbook.overlay and not entry_id.startswith(handbook.overlay.prefix):
        prefix = handbook.overlay.prefix
        raise NewEntryError(Message("upkeep.entry.prefix", prefix=prefix, id=entry_id))
    taken = {item.id for item in handbook.items} | {part.id for item in handbook.items for part in item.parts}
    taken |= {page.id for page in handbook.pages} | {checklist.id for checklist in handbook.checklists}
    taken |= {answers.id for answers in handbook.answer_sets} | {"handbook"}
    for name in (entry_id, f"{entry_id}-page"):
        if name in taken:
            raise NewEntryError(Message("upkeep.entry.taken", id=name))
        if name in handbook.retired:
            raise NewEntryError(Message("upkeep.entry.retired", id=name))


def _files(root: Path, handbook: Handbook, kind: str, entry_id: str) -> Iterator[tuple[str, str]]:
    """The paths and contents of the files, the main file first."""
    path = f"{handbook.overlay.data['prefix']}/{entry_id}" if handbook.overlay else entry_id
    page_id = f"{entry_id}-page"
    if kind == "page":
        yield from _page(handbook, entry_id, path, f"sources: {_SOURCES}", placeholder.TEXT)
    elif kind == "checklist":
        name = f"{KINDS[kind]}/{entry_id}/1.0.0.yml"
        answers = handbook.answer_sets[0].id if handbook.answer_sets else placeholder.ID
        content = _fill_in(_CHECKLIST, handbook, entry_id, answers=answers)
        yield name, content
        yield from _page(handbook, page_id, path, "editorial: Holds the form.", f"![[checklist {entry_id}]]")
    else:
        name = f"{KINDS[kind]}/{entry_id}.yml"
        comparison = next(iter(handbook.comparisons.values()), None) if kind == COMPARISON_ROW else None
        item = _item(handbook, kind, entry_id, comparison)
        yield name, f"kind: {kind}\nitems:\n{item}"
        if (comparison["id"] if comparison else kind) not in place_items(handbook).listed:
            yield from _page(handbook, page_id, path, f"editorial: Holds the {kind}.", f"![[{entry_id}]]")


def _item(handbook: Handbook, kind: str, entry_id: str, comparison: Mapping[str, Any] | None) -> str:
    """Return the text of a new item; a row of a comparison has a cell for each dimension."""
    if kind != COMPARISON_ROW:
        template = {"term": _TERM, "procedure": _PROCEDURE, "source": _SOURCE}[kind]
        return _fill_in(template, handbook, entry_id)
    if comparison is None:
        raise NewEntryError(Message("upkeep.entry.no-comparison"))
    cells = "".join(
        _fill_in(_CELL, handbook, entry_id, dimension=dimension["id"])
        for dimension in comparison["dimensions"]
    )
    return _fill_in(_ROW, handbook, entry_id, comparison=comparison["id"], cells=cells)


def _fill_in(template: str, handbook: Handbook, entry_id: str, **values: str) -> str:
    text = ", ".join(f"{language}: {placeholder.TEXT}" for language in handbook.languages)
    return template.format(
        id=entry_id,
        text=f"{{{text}}}",
        sources=_SOURCES,
        open=placeholder.ID,
        date=placeholder.DATE,
        document="report" if "report" in handbook.document_kinds else handbook.document_kinds[0],
        status=handbook.least_firm_status,
        **values,
    )


def _page(handbook: Handbook, page_id: str, path: str, basis: str, body: str) -> Iterator[tuple[str, str]]:
    for language in handbook.languages:
        head = f"title: {placeholder.TEXT}\ndescription: {placeholder.TEXT}\n"
        if language == handbook.languages[0]:
            head = f"id: {page_id}\n{head}audience: [{placeholder.ID}]\n{basis}\n"
        yield f"{KINDS['page']}/{path}.{language}.md", f"---\n{head}---\n\n{body}\n"


def _add_to_navigation(root: Path, handbook: Handbook, path: str) -> str:
    """The text of mkdocs.yml with another page before the last entry of the navigation."""
    nav = handbook.site["nav"]
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    line, column = nav.positions[-1]
    before = lines[line - 1][: column - 1]
    if before.strip() != "-":
        raise NewEntryError(Message("upkeep.entry.navigation", line=line))
    lines.insert(line - 1, f"{before}{path}.md")
    return "\n".join(lines)


_TERM = """\
  - id: {id}
    title: {text}
    text: {text}
    sources: {sources}
"""
_ROW = """\
  - id: {id}
    comparison: {comparison}
    title: {text}
    text: {text}
    sources: {sources}
    cells:
{cells}"""
_CELL = """\
      - dimension: {dimension}
        as_of: "{date}"
        text: {text}
"""
_PROCEDURE = """\
  - id: {id}
    title: {text}
    text: {text}
    sources: {sources}
    steps:
      - id: {id}-step-1
        number: "1"
        title: {text}
        timing: {text}
        actions:
          - actor: {open}
            text: {text}
"""
_SOURCE = """\
  - id: {id}
    title: {text}
    text: {text}
    issuer: {text}
    date: "{date}"
    document: {document}
    basis: cited
    sources: {sources}
    status: {status}
"""
_CHECKLIST = """\
kind: checklist
id: {id}
version: 1.0.0
title: {text}
text: {text}
audience: {open}
answer_set: {answers}
sources: {sources}
sections:
  - id: {id}-section-1
    title: {text}
    items:
      - id: {id}-question-1
        rev: 1
        number: "1"
        question: {text}
        help: {text}
        evidence: {{wanted: none}}
        na: {{allowed: true}}
        sources: {sources}
"""

#: Keys with a guessed value, which the rules cannot distinguish from a deliberate one.
GUESSED = {
    "term": (),
    "procedure": (),
    "comparison-row": ("comparison",),
    "page": (),
    "source": ("document", "basis", "status"),
    "checklist": ("answer_set", "evidence", "na"),
}
