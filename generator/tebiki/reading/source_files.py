"""Lists and parses the files that a handbook is made of."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tebiki.model.content_file import ATTACHMENT_ENDINGS, PICTURE_ENDINGS, ending_of
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.figure_table import FIGURES_FOLDER
from tebiki.model.form_template import TEMPLATES_FOLDER, is_form
from tebiki.model.message import Message
from tebiki.reading.content_files import FILES, OVERRIDES_FOLDER
from tebiki.reading.ignored_files import is_ignored
from tebiki.reading.loaded_files import LoadedPage
from tebiki.reading.yaml_reader import MAX_BYTES, Document, character_problem
from tebiki.reading.yaml_repair import conflict_problems, read_with_mistakes
from tebiki.resources import OVERRIDES

SITE_FILE = "mkdocs.yml"
OVERLAY_FILE = "overlay.yml"
_FOLDERS = ("content", "checklists", "templates", "site_overrides")
_PAGES = "content/pages/"
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_PAGE_NAME = re.compile(r"(?P<path>.+)\.(?P<language>[a-z]{2,3}(-[A-Za-z0-9]+)*)\.md")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)


def list_files(root: Path, problems: list[Diagnostic]) -> Iterator[tuple[Path, str]]:
    """Yield each file to read, with its name relative to ``root``, always in the same order.

    What cannot be read is appended to ``problems``.
    """
    is_overlay = (root / OVERLAY_FILE).exists()
    if is_overlay and (root / SITE_FILE).exists():
        problems.append(_two_handbooks())
    top_file = OVERLAY_FILE if is_overlay else SITE_FILE
    yield root / top_file, top_file
    for folder in _FOLDERS:
        if os.path.realpath(root / folder) == str(OVERRIDES):
            continue  # the generator's own, in its repository
        if (root / folder).is_symlink():
            problems.append(_symbolic_link(folder))
        elif (root / folder).exists():
            yield from _files_in(root, folder, problems)


def _files_in(root: Path, top: str, problems: list[Diagnostic]) -> Iterator[tuple[Path, str]]:
    def report(error: OSError) -> None:
        file = Path(error.filename).relative_to(root).as_posix()
        problems.append(
            Diagnostic(
                Place(file), "unreadable", Message("reading.unreadable.system", reason=str(error.strerror))
            )
        )

    for folder, subfolders, names in os.walk(root / top, onerror=report):
        subfolders.sort()
        folder_names = set(subfolders)
        composed_names: set[str] = set()
        parent = Path(folder).relative_to(root).as_posix()
        for name in sorted([*subfolders, *names]):
            path, file = Path(folder, name), f"{parent}/{name}"
            if name not in folder_names and is_ignored(name):
                continue
            if path.is_symlink():
                problems.append(_symbolic_link(file))
            elif not _PRINTABLE.fullmatch(name):
                problems.append(_stray_file(file.encode("utf-8", "replace").decode()))
            elif name in folder_names:
                continue
            elif (composed := unicodedata.normalize("NFC", name)) in composed_names:
                problems.append(_stray_file(file, Message("reading.stray-file.composed")))
            elif (
                name.endswith(".yml")
                or file.startswith((FILES, FIGURES_FOLDER, OVERRIDES_FOLDER))
                or is_form(file)
                or (file.startswith(_PAGES) and _PAGE_NAME.fullmatch(name))
            ):
                composed_names.add(composed)
                yield path, file
            else:
                problems.append(_stray_file(file))


@rule("two-handbooks")
def _two_handbooks() -> Diagnostic:
    """The folder contains both ``overlay.yml`` and ``mkdocs.yml``, so the kind of the handbook is not clear.

    An institution's own handbook takes its navigation from its upstream handbook. Remove ``mkdocs.yml``
    there; remove ``overlay.yml`` from a handbook without upstream.
    """
    return Diagnostic(Place(SITE_FILE), "two-handbooks", Message("reading.two-handbooks.both"))


@rule("symlink")
def _symbolic_link(file: str) -> Diagnostic:
    """The content contains a symbolic link.

    Links can lead in circles or out of the project, and git hosts treat them differently. Put the
    file itself there.
    """
    return Diagnostic(Place(file), "symlink", Message("reading.symlink.link"))


@rule("stray-file")
def _stray_file(file: str, reason: Message | None = None) -> Diagnostic:
    """A file is of no kind that the handbook reads, so nothing in it would appear.

    Data is in ``.yml`` files. Pages are in ``content/pages/`` and are called
    ``NAME.LANGUAGE.md``, such as ``four-steps.ja.md``. Pictures and attachments are in
    ``content/files/``, forms to be filled in ``templates/ID/``. What systems and editors leave there
    (``Thumbs.db``, ``desktop.ini``, hidden files, copies that end in ``~``, locks) is ignored.
    """
    message = reason or Message("reading.stray-file.data")
    if not reason and file.startswith(TEMPLATES_FOLDER):
        message = Message("reading.stray-file.template")
    elif not reason and ending_of(file) in (*PICTURE_ENDINGS, *ATTACHMENT_ENDINGS):
        message = Message("reading.stray-file.picture")
    if PurePosixPath(file).suffix == ".yaml":
        message = Message("reading.stray-file.yaml")
    return Diagnostic(Place(file), "stray-file", message)


@rule("unreadable")
def read_bytes(path: Path, file: str) -> bytes | Diagnostic:
    """A file cannot be read as text: it is missing, too large, or not in UTF-8.

    Save it as UTF-8 (in Excel and in older editors: choose the encoding when saving). Divide a
    file of more than 2 MB.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            return Diagnostic(Place(file), "unreadable", Message("reading.unreadable.no-file"))
        if size > MAX_BYTES:
            message = Message("reading.unreadable.large", size=size, most=MAX_BYTES)
            return Diagnostic(Place(file), "unreadable", message)
        return path.read_bytes()
    except OSError as error:
        return Diagnostic(
            Place(file), "unreadable", Message("reading.unreadable.system", reason=str(error.strerror))
        )


def parse_file(raw: bytes, file: str, problems: list[Diagnostic]) -> Document | LoadedPage | None:
    """Return the data of a file, or the head and the body of a page; None where it cannot be read.

    What is wrong is appended to ``problems``.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = Message("reading.unreadable.encoding", byte=f"0x{raw[error.start]:02x}")
        problems.append(Diagnostic(place, "unreadable", message))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    page_name = _PAGE_NAME.fullmatch(file.removeprefix(_PAGES))
    if page_name:
        return _parse_page(text, file, page_name, problems)
    return read_with_mistakes(text, file, problems)


@rule("front-matter")
def _parse_page(text: str, file: str, name: re.Match[str], problems: list[Diagnostic]) -> LoadedPage | None:
    """A page does not begin with its front matter.

    The first line is ``---``, then come ``title: …`` and the other keys, then a line ``---``
    again. The text of the page follows.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        problems.append(Diagnostic(Place(file), "front-matter", Message("reading.front-matter.missing")))
        return None
    head = read_with_mistakes(match["head"], file, problems, first_line=2)
    line = text.count("\n", 0, match.end()) + 1
    body = text[match.end() :]
    if problem := character_problem(body, file, line):
        problems.append(problem)
        return None
    body_lines = body.split("\n")
    problems += conflict_problems(body_lines, file, line)
    if head is None:
        return None
    path = unicodedata.normalize("NFC", name["path"])  # macOS takes names apart, the navigation does not
    return LoadedPage(path, name["language"], head, "\n".join(body_lines), line)
