"""Loads a handbook: from its YAML and Markdown files to the model, with every problem on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tebiki.model.content_file import ending_of
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.figure_table import FIGURES_FOLDER
from tebiki.model.form_template import TEMPLATES_FOLDER, is_form
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.reading.build_model import build_handbook
from tebiki.reading.comments import drop_comments
from tebiki.reading.content_files import FILES, OVERRIDES_FOLDER, STYLE_ENDINGS, read_content_files
from tebiki.reading.figure_tables import read_figure_tables
from tebiki.reading.loaded_files import LoadedFiles, LoadedPage
from tebiki.reading.merge_overlay import mark_upstream, merge_overlay
from tebiki.reading.parsed_files import ParsedFiles
from tebiki.reading.schema import schema_names, suggestion
from tebiki.reading.source_files import OVERLAY_FILE, SITE_FILE, list_files, read_bytes
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document

#: Schemas that are not those of a kind of data file.
_OTHER_SCHEMAS = {"common", "page", "page-translation", "mkdocs", "assessment-result", "checklist-page"}
#: Kinds of which a handbook has a single file.
_UNIQUE_KINDS = ("handbook", "translations", "omissions", "retired", "overlay", "hidden")
_OVERLAY_KINDS = {"overlay", "hidden", "guidance", "additions"}
_UPSTREAM_KINDS = {"handbook", "omissions"}
#: What results need.
_RESULT_FILES = (SITE_FILE, OVERLAY_FILE, "content/handbook.yml", "content/words/", "checklists/")
_ID = re.compile(r"""\b(?:id|code):[ \t]*["']?([A-Za-z0-9-]+)""")
#: What the loads of this process have parsed.
_PARSED = ParsedFiles()
_NO_OVERLAY = Handbook(data={}, at=Place(OVERLAY_FILE))


def load(
    root: Path,
    only: tuple[str, ...] = ("",),
    base: Path | None = None,
) -> tuple[Handbook, list[Diagnostic]]:
    """Load the handbook in ``root`` from ``mkdocs.yml``, ``content/``, ``checklists/`` and
    ``templates/``.

    Where ``overlay.yml`` stands in place of ``mkdocs.yml``, the handbook is that of an institution and
    is returned complete with the one that it is made from. Nothing in a file raises an exception.

    Args:
        root: The folder of the handbook.
        only: Files are read whose names, relative to ``root``, begin with one of these.
        base: The folder that a path to the upstream handbook starts from, if not ``root``.

    Returns:
        The handbook made of everything that could be read, and a sorted list of the problems of form:
        files that cannot be read, invalid YAML, data that does not satisfy its schema.
    """
    problems: list[Diagnostic] = []
    files = _load_files(root, only, problems)
    handbook = (
        _with_upstream(base or root, only, files, problems)
        if files.is_overlay
        else build_handbook(files, problems)
    )
    return handbook, sorted(set(problems))


def forget_parsed_files() -> None:
    """Release what this process keeps of the files that it has read."""
    _PARSED.clear()


def load_checklists(root: Path) -> tuple[Handbook, list[Diagnostic]]:
    """Load the handbook's own file, its words and the checklists only, which is all that results need."""
    return load(root, _RESULT_FILES)


def load_form_templates(root: Path) -> tuple[Handbook, list[Diagnostic]]:
    """Load what ``load_checklists`` does, and the form templates."""
    return load(root, (*_RESULT_FILES, TEMPLATES_FOLDER))


def load_overlay_on(root: Path, upstream: Path) -> tuple[Handbook, list[Diagnostic]]:
    """Load the overlay in ``root`` on the handbook in the folder ``upstream``, whatever ``overlay.yml`` names."""
    problems: list[Diagnostic] = []
    files = _load_files(root, ("",), problems)
    national, national_problems = mark_upstream(*load(upstream))
    problems += national_problems
    return _merge(national, files, problems), sorted(set(problems))


@rule("upstream")
def _with_upstream(
    base: Path, only: tuple[str, ...], files: LoadedFiles, problems: list[Diagnostic]
) -> Handbook:
    """The upstream handbook that ``overlay.yml`` names cannot be fetched.

    It is fetched once, with git, and kept in the person's cache. The message contains the reason that git
    gives: the address cannot be reached, or has no such commit. Correct the address, or let ``tebiki upstream VERSION --take``
    write version and commit again.
    """
    overlay = files.first("overlay")
    if overlay is None:
        return _NO_OVERLAY
    # most handbooks have no upstream handbook, and need no git to be read
    from tebiki.reading.upstream import FetchError, Upstream  # noqa: PLC0415

    upstream = overlay.data["upstream"]
    try:
        with Upstream(base, upstream["address"]).tree(upstream["commit"]) as folder:
            national, national_problems = mark_upstream(*load(folder, only))
    except FetchError as error:
        place = overlay.document.place(("upstream", "commit" if error.reached else "address"))
        problems.append(Diagnostic(place, "upstream", error.message))
        return _NO_OVERLAY
    problems += national_problems
    return _merge(national, files, problems)


def _merge(national: Handbook, files: LoadedFiles, problems: list[Diagnostic]) -> Handbook:
    if not national.languages or files.first("overlay") is None:
        return _NO_OVERLAY  # problems have been reported already
    files.upstream_languages = national.languages
    return merge_overlay(national, build_handbook(files, problems))


def _load_files(root: Path, only: tuple[str, ...], problems: list[Diagnostic]) -> LoadedFiles:
    """Read the files in ``root``, of whatever kind of handbook."""
    _PARSED.begin()
    files = LoadedFiles(is_overlay=(root / OVERLAY_FILE).exists())
    listed = [(path, file) for path, file in list_files(root, problems) if file.startswith(only)]
    files.content_files = list(read_content_files(listed, problems, files.refused_files))
    tables = [(path, file) for path, file in listed if file.startswith(FIGURES_FOLDER)]
    files.figures = read_figure_tables(
        read_content_files(tables, problems, files.refused_files, FIGURES_FOLDER)
    )
    styles = [(path, file) for path, file in listed if ending_of(file) in STYLE_ENDINGS]
    files.overrides = list(read_content_files(styles, problems, files.refused_files, OVERRIDES_FOLDER))
    forms = [(path, file) for path, file in listed if is_form(file)]
    files.forms = list(read_content_files(forms, problems, files.refused_files, TEMPLATES_FOLDER))
    for path, file in listed:
        if file.startswith(OVERRIDES_FOLDER) and ending_of(file) not in STYLE_ENDINGS:
            files.ignored_overrides.append(file)
        if file.startswith((FILES, FIGURES_FOLDER, OVERRIDES_FOLDER)) or is_form(file):
            continue
        raw = read_bytes(path, file)
        content = None
        if isinstance(raw, Diagnostic):
            problems.append(raw)
        else:
            content = _PARSED.parse(raw, file, problems)
        if isinstance(content, Document):
            _add_document(content, files, problems)
        elif isinstance(content, LoadedPage):
            files.pages.append(content)
        else:
            # references to ids in this file are not reported as well
            text = "" if isinstance(raw, Diagnostic) else raw.decode("utf-8", "replace")
            files.refuse(file, [{"id": id_} for id_ in _ID.findall(text)])
    return files


def _add_document(document: Document, files: LoadedFiles, problems: list[Diagnostic]) -> None:
    """Check the form of a data file and add what is in order to ``files``."""
    problems += document.problems
    kind = "mkdocs" if document.file == SITE_FILE else _kind(document, files)
    if isinstance(kind, Diagnostic):
        problems.append(kind)
        files.refuse(document.file, document.data)
        return
    violations = list(validate(document, kind))
    drop_comments(document, kind)
    # a line that was mended by a guess may have another mistake, which the next run will see
    mended = {problem.place.line for problem in document.problems if problem.rule == "yaml"}
    problems += [diagnostic for _path, diagnostic in violations if diagnostic.place.line not in mended]
    if kind != "mkdocs":
        files.add(kind, document, {path for path, _diagnostic in violations})
    elif violations:
        files.refuse(document.file, document.data)
    else:
        _compose_names(document.data["nav"])
        files.site = document


def _compose_names(nav: list[Any]) -> None:
    """Write the names of pages in ``nav`` as ``LoadedPage`` has them, whichever way they were composed (NFC, NFD)."""
    for index, entry in enumerate(nav):
        if isinstance(entry, str):
            nav[index] = unicodedata.normalize("NFC", entry)
        elif isinstance(entry, Mapping):
            for inside in entry.values():
                if isinstance(inside, list):
                    _compose_names(inside)


@rule("kind")
def _kind(document: Document, files: LoadedFiles) -> str | Diagnostic:
    """A file does not say what it holds, says a kind that does not exist, or one that only one file has.

    The first key of a data file is ``kind: …``. The kinds are listed in
    ``docs/data-dictionary.md``. There is one ``handbook``, one ``translations``, one
    ``omissions`` and one ``retired``.
    """
    excluded = _UPSTREAM_KINDS if files.is_overlay else _OVERLAY_KINDS
    known = [name for name in schema_names() if name not in _OTHER_SCHEMAS | excluded]
    if not isinstance(document.data, Mapping):
        message = Message("reading.kind.no-mapping")
    elif not isinstance(kind := document.data.get("kind"), str):
        message = Message("reading.kind.missing", known=tuple(known))
    elif kind in excluded and kind in schema_names():
        message = (
            Message("reading.kind.of-upstream", kind=kind)
            if files.is_overlay
            else Message("reading.kind.of-overlay", kind=kind)
        )
    elif kind not in known:
        hint = suggestion(kind, known) or Message("common.there-are", names=tuple(known))
        message = Message("reading.kind.unknown", kind=kind, hint=hint)
    elif (kind == "overlay") != (document.file == OVERLAY_FILE):
        message = Message("reading.kind.overlay", file=OVERLAY_FILE)
    elif kind in _UNIQUE_KINDS and (first := files.first(kind)):
        message = Message("reading.kind.only-one", kind=kind, file=first.document.file)
    else:
        return kind
    return Diagnostic(document.place(("kind",)), "kind", message)
