"""load: the YAML and Markdown files → the Handbook, with every problem met on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.reading import build_model
from tebiki.reading.merge_overlay import mark_upstream, merge_overlay
from tebiki.reading.schema import did_you_mean, schema_names, schema_problems
from tebiki.reading.upstream import FILE as _OVERLAY
from tebiki.reading.upstream import FetchError, Upstream
from tebiki.reading.yaml_reader import MAX_BYTES, Document, character_problem, read_yaml

_NOT_FILE_KINDS = {"common", "page", "page-translation", "mkdocs", "assessment-result", "checklist-page"}
_SITE = "mkdocs.yml"
_ONLY_ONCE = ("handbook", "translations", "omissions", "retired", "overlay", "hidden")
_ONLY_OVERLAY = {"overlay", "hidden", "guidance", "additions"}
_NOT_OVERLAY = {"handbook", "omissions"}
_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]+")  # signs that can be written
_PAGE = re.compile(r"(?P<path>.+)\.(?P<lang>[a-z]{2,3}(-[A-Za-z0-9]+)*)\.md")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)
_ID = re.compile(r"""\b(?:id|code):[ \t]*["']?([A-Za-z0-9-]+)""")


def load_checklists(root: Path) -> tuple[Handbook, list[Diagnostic]]:
    """The same, of the handbook's own file and the checklists only: all that results need."""
    return load(root, (_SITE, _OVERLAY, "content/handbook.yml", "checklists/"))


def load(root: Path, only: tuple[str, ...] = ("",)) -> tuple[Handbook, list[Diagnostic]]:
    """Read ``mkdocs.yml``, ``content/`` and ``checklists/`` below ``root``; of these files those ``only``
    whose names begin so.

    Returns the handbook made of whatever could be read, and one diagnostic for each problem of
    form: files that cannot be read, YAML that is none, data that departs from its schema. Never
    raises for anything that stands in a file. Where ``overlay.yml`` stands in place of ``mkdocs.yml``, the
    handbook is that of an institution, complete with what it is made from.
    """
    problems: list[Diagnostic] = []
    read = _read(root, only, problems)
    if read.overlay:
        return _with_upstream(root, only, read, problems), sorted(set(problems))
    return build_model.handbook(read, problems), sorted(set(problems))


def load_overlay_on(root: Path, found: Path) -> tuple[Handbook, list[Diagnostic]]:
    """The overlay in ``root`` on the handbook in the folder ``found``, whatever ``overlay.yml`` says it is made from."""
    problems: list[Diagnostic] = []
    read = _read(root, ("",), problems)
    national, national_problems = mark_upstream(*load(found))
    problems += national_problems
    return _merged(national, read, problems), sorted(set(problems))


@rule("upstream")
def _with_upstream(
    root: Path, only: tuple[str, ...], read: build_model.Read, problems: list[Diagnostic]
) -> Handbook:
    """The handbook that an institution's own is made from cannot be had as ``overlay.yml`` names it.

    It is fetched once, with git, and kept in ``.tebiki/``. The message says what git said: the address
    cannot be reached, or has no such commit. Put the address right, or let ``tebiki upstream VERSION --take``
    write version and commit anew.
    """
    about = next((document for kind, document, _path in read.entries if kind == "overlay"), None)
    if about is None:
        return Handbook(data={}, at=Place(_OVERLAY))
    named = about.data["upstream"]
    try:
        with Upstream(root, named["address"]).tree(named["commit"]) as found:
            national, national_problems = mark_upstream(*load(found, only))
    except FetchError as error:
        key = "commit" if error.reached else "address"
        problems.append(Diagnostic(about.place(("upstream", key)), "upstream", str(error)))
        return Handbook(data={}, at=Place(_OVERLAY))
    problems += national_problems
    return _merged(national, read, problems)


def _merged(national: Handbook, read: build_model.Read, problems: list[Diagnostic]) -> Handbook:
    if not national.languages or all(kind != "overlay" for kind, _document, _path in read.entries):
        return Handbook(data={}, at=Place(_OVERLAY))  # the problems say why
    read.languages = national.languages
    return merge_overlay(national, build_model.handbook(read, problems))


def _read(root: Path, only: tuple[str, ...], problems: list[Diagnostic]) -> build_model.Read:
    """Read the files below ``root``, whatever kind of handbook they are of."""
    read = build_model.Read(overlay=(root / _OVERLAY).exists())
    for path, file in _files(root, problems):
        if not file.startswith(only):
            continue
        raw = _bytes(path, file)
        thing = raw if isinstance(raw, Diagnostic) else _parse(raw, file)
        if isinstance(thing, Diagnostic):
            problems.append(thing)
            # what names an id of this file is right, as far as can be seen
            text = b"" if isinstance(raw, Diagnostic) else raw
            read.refuse(file, [{"id": found} for found in _ID.findall(text.decode("utf-8", "replace"))])
        elif isinstance(thing, build_model.ReadPage):
            read.pages.append(thing)
        else:
            _take(thing, read, problems)
    return read


def _take(document: Document, read: build_model.Read, problems: list[Diagnostic]) -> None:
    """Check the form of a data file and put what is in order into ``read``."""
    kind = "mkdocs" if document.file == _SITE else _kind(document, read)
    if isinstance(kind, Diagnostic):
        problems.append(kind)
        read.refuse(document.file, document.data)
        return
    found = list(schema_problems(document, kind))
    problems += [diagnostic for _path, diagnostic in found]
    if kind != "mkdocs":
        read.add(kind, document, {path for path, _diagnostic in found})
    elif found:
        read.refuse(document.file, document.data)
    else:
        read.site = document


def _files(root: Path, problems: list[Diagnostic]) -> Iterator[tuple[Path, str]]:
    """Each file to read, with its name relative to ``root``, in an order that does not vary."""

    def closed(error: OSError) -> None:
        file = Path(error.filename).relative_to(root).as_posix()
        problems.append(Diagnostic(Place(file), "unreadable", f"cannot be read: {error.strerror}"))

    overlay = (root / _OVERLAY).exists()
    if overlay and (root / _SITE).exists():
        problems.append(_two_handbooks())
    top_file = _OVERLAY if overlay else _SITE
    yield root / top_file, top_file
    for top in ("content", "checklists"):
        if (root / top).is_symlink():
            problems.append(_symbolic_link(top))
            continue
        if not (root / top).exists():
            continue
        for folder, folders, names in os.walk(root / top, onerror=closed):
            folders.sort()
            here = Path(folder).relative_to(root).as_posix()
            files = set(names)
            for name in sorted([*folders, *names]):
                path, file = Path(folder, name), f"{here}/{name}"
                if path.is_symlink():
                    problems.append(_symbolic_link(file))
                elif not _NAME.fullmatch(name):
                    problems.append(_stray_file(file.encode("utf-8", "replace").decode()))
                elif name in files and not name.startswith("."):
                    page = file.startswith("content/pages/") and _PAGE.fullmatch(name)
                    if name.endswith(".yml") or page:
                        yield path, file
                    else:
                        problems.append(_stray_file(file))


@rule("two-handbooks")
def _two_handbooks() -> Diagnostic:
    """Both ``overlay.yml`` and ``mkdocs.yml`` stand in the folder, so it is not clear which handbook it is.

    An institution's own handbook takes theme and navigation from the one that it is made from. Remove
    ``mkdocs.yml`` there; remove ``overlay.yml`` from a handbook that stands for itself.
    """
    message = "overlay.yml stands here as well: remove this file, or that one"
    return Diagnostic(Place(_SITE), "two-handbooks", message)


@rule("symlink")
def _symbolic_link(file: str) -> Diagnostic:
    """A symbolic link stands among the content.

    Links can lead in circles or out of the project, and git hosts treat them differently. Put the
    file itself there.
    """
    return Diagnostic(Place(file), "symlink", "a symbolic link: put the file itself here")


@rule("stray-file")
def _stray_file(file: str) -> Diagnostic:
    """A file is of no kind that the handbook reads, so nothing in it would appear.

    Data is in ``.yml`` files. Pages are in ``content/pages/`` and are called
    ``NAME.LANGUAGE.md``, such as ``four-steps.ja.md``.
    """
    wrong = PurePosixPath(file).suffix == ".yaml"
    hint = "rename it to end in .yml" if wrong else "data ends in .yml, a page is called NAME.LANGUAGE.md"
    return Diagnostic(Place(file), "stray-file", f"this file is not read: {hint}")


@rule("unreadable")
def _bytes(path: Path, file: str) -> bytes | Diagnostic:
    """A file cannot be read as text: it is missing, too large, or not in UTF-8.

    Save it as UTF-8 (in Excel and in older editors: choose the encoding when saving). Divide a
    file of more than 2 MB.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            return Diagnostic(Place(file), "unreadable", "cannot be read: it is not a file")
        if size > MAX_BYTES:
            limit = f"{size:,} bytes are more than the {MAX_BYTES:,} that a file may have: divide it"
            return Diagnostic(Place(file), "unreadable", limit)
        return path.read_bytes()
    except OSError as error:
        return Diagnostic(Place(file), "unreadable", f"cannot be read: {error.strerror}")


def _parse(raw: bytes, file: str) -> Document | build_model.ReadPage | Diagnostic:
    """The data of a file, or the head and the body of a page."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8: save the file as UTF-8"
        return Diagnostic(place, "unreadable", message)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    page = _PAGE.fullmatch(file.removeprefix("content/pages/"))
    return _page(text, file, page) if page else read_yaml(text, file)


@rule("front-matter")
def _page(text: str, file: str, name: re.Match[str]) -> build_model.ReadPage | Diagnostic:
    """A page does not begin with its head.

    The first line is ``---``, then come ``title: …`` and the other keys, then a line ``---``
    again. The text of the page follows.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        message = "the page does not begin with a head: ---, title and description, ---"
        return Diagnostic(Place(file), "front-matter", message)
    head = read_yaml(match["head"], file, first_line=2)
    if isinstance(head, Diagnostic):
        return head
    line = text.count("\n", 0, match.end()) + 1
    if problem := character_problem(text[match.end() :], file, line):
        return problem
    return build_model.ReadPage(name["path"], name["lang"], head, text[match.end() :], line)


@rule("kind")
def _kind(document: Document, read: build_model.Read) -> str | Diagnostic:
    """A file does not say what it holds, says a kind that does not exist, or one that only one file has.

    The first key of a data file is ``kind: …``. The kinds are listed in
    ``docs/data-dictionary.md``. There is one ``handbook``, one ``translations``, one
    ``omissions`` and one ``retired``.
    """
    left_out = _NOT_OVERLAY if read.overlay else _ONLY_OVERLAY
    known = [name for name in schema_names() if name not in _NOT_FILE_KINDS | left_out]
    if not isinstance(document.data, Mapping):
        message = "the file should be a mapping that begins with kind: …"
    elif not isinstance(kind := document.data.get("kind"), str):
        message = "the key kind is missing here: one of " + ", ".join(known)
    elif kind in left_out and kind in schema_names():
        has = "the handbook that this one is made from" if read.overlay else "an institution's own handbook"
        message = f"only {has} has the kind {kind}"
    elif kind not in known:
        message = f"there is no kind {kind}{did_you_mean(kind, known)}"
    elif (kind == "overlay") != (document.file == _OVERLAY):
        message = f"the kind overlay is that of the file {_OVERLAY}, and of no other"
    elif kind in _ONLY_ONCE and (first := next((d.file for k, d, _path in read.entries if k == kind), None)):
        message = f"{first} is of the kind {kind} already, and there is only one: put this there"
    else:
        return kind
    return Diagnostic(document.place(("kind",)), "kind", message)
