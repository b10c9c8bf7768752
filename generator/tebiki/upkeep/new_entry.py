"""new: writes the file of a new entry, in order but for the places to fill in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tebiki.files import write_files
from tebiki.model import placeholder
from tebiki.model.handbook import Handbook
from tebiki.model.placement import place_items
from tebiki.reading.load import load
from tebiki.reading.schema import read_schema
from tebiki.resources import SCHEMAS
from tebiki.upkeep.confirm_translations import confirm

#: What can be made, and the folder below content/ for its file.
KINDS = {
    "term": "content/terms",
    "country": "content/countries",
    "procedure": "content/procedures",
    "checklist": "checklists",
    "source": "content/sources",
    "page": "content/pages",
}
_SOURCES = f"[{{source: {placeholder.ID}, place: {placeholder.TEXT}}}]"


class NewEntryError(Exception):
    """Nothing can be made under this id; the text says why and what to do."""


def create_entry(root: Path, handbook: Handbook, kind: str, one: str) -> list[str]:
    """Write what a new ``kind`` called ``one`` needs; returns the files, the main one first.

    ``handbook`` is what ``root`` holds, read without a problem. A checklist, and an item of a kind that no
    page lists, get a page of their own, and a page a line in the navigation (that of an institution's own
    handbook has none: its pages stand in their folder). The texts to fill in are recorded as translated, so that only
    filling them in makes a translation stale. Raises NewEntryError and writes nothing where the id is
    taken or is none, or a file is in the way.
    """
    _refuse(handbook, one)
    files = dict(_files(root, handbook, kind, one))
    for name in files:
        if (root / name).exists():
            raise NewEntryError(f"{name} is there already: choose another id, or edit it")
    if any(name.startswith(KINDS["page"]) for name in files) and handbook.overlay is None:
        files["mkdocs.yml"] = _in_navigation(root, handbook, one)
    write_files(root, files)
    larger, _problems = load(root)
    pages = {page.id for page in larger.pages}
    made = (one, f"{one}-page") if f"{one}-page" in pages else (one,)
    confirm(larger, root, made, everything=False)
    return list(files)


def _refuse(handbook: Handbook, one: str) -> None:
    told = read_schema("common")["$defs"]["id"]
    if not re.fullmatch(told["pattern"].removesuffix("$"), one) or len(one) > told["maxLength"]:
        raise NewEntryError(
            f"{one!r} is no id: write lower-case words joined by hyphens, such as research-integrity"
        )
    if one == placeholder.ID:
        raise NewEntryError(f"{one} stands for an id that is still to be filled in: choose another")
    if handbook.overlay and not one.startswith(handbook.overlay.prefix):
        raise NewEntryError(
            f"what the institution adds is called {handbook.overlay.prefix}…: write {handbook.overlay.prefix}{one}"
        )
    taken = {item.id for item in handbook.items} | {part.id for item in handbook.items for part in item.parts}
    taken |= {page.id for page in handbook.pages} | {checklist.id for checklist in handbook.checklists}
    taken |= {answers.id for answers in handbook.answer_sets} | {"handbook"}
    for name in (one, f"{one}-page"):
        if name in taken:
            raise NewEntryError(f"the id {name} is taken: choose another")
        if name in handbook.retired:
            raise NewEntryError(
                f"the id {name} was used and is retired: an id is never used again, choose another"
            )


def _files(root: Path, handbook: Handbook, kind: str, one: str) -> Iterator[tuple[str, str]]:
    languages = handbook.languages
    path = f"{handbook.overlay.data['prefix']}/{one}" if handbook.overlay else one
    open_text = "{" + ", ".join(f"{language}: {placeholder.TEXT}" for language in languages) + "}"
    if kind == "page":
        yield from _page(languages, one, path, f"sources: {_SOURCES}", placeholder.TEXT)
        return
    if kind == "checklist":
        name = f"{KINDS[kind]}/{one}/1.0.0.yml"
        answers = handbook.answer_sets[0].id if handbook.answer_sets else placeholder.ID
        text = _CHECKLIST.format(
            id=one, text=open_text, sources=_SOURCES, answers=answers, open=placeholder.ID
        )
        yield name, _schema_comment(root, name, kind) + text
        yield from _page(
            languages, f"{one}-page", path, "editorial: Holds the form.", f"![[checklist {one}]]"
        )
        return
    name = f"{KINDS[kind]}/{one}.yml"
    body = {"term": _TERM, "country": _COUNTRY, "procedure": _PROCEDURE, "source": _SOURCE}[kind]
    cells = "".join(
        _CELL.format(dimension=dimension["id"], text=open_text, date=placeholder.DATE)
        for dimension in handbook.data.get("dimensions", ())
    )
    if kind == "country" and not cells:
        raise NewEntryError("a country is compared by dimensions: list them in content/handbook.yml first")
    text = body.format(
        id=one,
        text=open_text,
        sources=_SOURCES,
        open=placeholder.ID,
        date=placeholder.DATE,
        code=placeholder.COUNTRY,
        cells=cells,
    )
    yield name, f"{_schema_comment(root, name, kind)}kind: {kind}\nitems:\n{text}"
    if kind not in place_items(handbook).listed:
        yield from _page(languages, f"{one}-page", path, f"editorial: Holds the {kind}.", f"![[{one}]]")


def _page(
    languages: tuple[str, ...], one: str, path: str, basis: str, body: str
) -> Iterator[tuple[str, str]]:
    for language in languages:
        head = f"title: {placeholder.TEXT}\ndescription: {placeholder.TEXT}\n"
        if language == languages[0]:
            head = f"id: {one}\n{head}audience: [{placeholder.ID}]\n{basis}\n"
        yield f"{KINDS['page']}/{path}.{language}.md", f"---\n{head}---\n\n{body}\n"


def _in_navigation(root: Path, handbook: Handbook, path: str) -> str:
    """The text of mkdocs.yml with one more page before the last entry of the navigation."""
    nav = handbook.site["nav"]
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    line, column = nav.positions[-1]
    before = lines[line - 1][: column - 1]
    if before.strip() != "-":
        raise NewEntryError(f"the navigation in mkdocs.yml:{line} is not one entry a line: write it so first")
    lines.insert(line - 1, f"{before}{path}.md")
    return "\n".join(lines)


def _schema_comment(root: Path, name: str, kind: str) -> str:
    """The first line for editors, where the handbook stands with the schemas or below them."""
    if not (root / name).resolve().is_relative_to(SCHEMAS.parent):
        return ""
    schemas = Path(os.path.relpath(SCHEMAS, (root / name).resolve().parent)).as_posix()
    return f"# yaml-language-server: $schema={schemas}/{kind}.schema.json\n"


_TERM = """\
  - id: {id}
    title: {text}
    english: unofficial
    text: {text}
    sources: {sources}
"""
_COUNTRY = """\
  - id: {id}
    title: {text}
    code: {code}
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
    document: report
    basis: cited
    sources: {sources}
    english: unofficial
    status: draft
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

#: Keys that hold a first guess, which the check cannot tell from a choice.
GUESSED = {
    "term": ("english",),
    "procedure": (),
    "country": (),
    "page": (),
    "source": ("document", "basis", "english", "status"),
    "checklist": ("answer_set", "evidence", "na"),
}
