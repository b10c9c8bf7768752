"""Reads pictures, attachments and styles, which may come from anybody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tebiki.model.content_file import (
    ATTACHMENT_ENDINGS,
    FILES_FOLDER,
    PICTURE_ENDINGS,
    ContentFile,
    ending_of,
)
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.figure_table import FIGURES_FOLDER, TABLE_ENDINGS
from tebiki.model.message import Message
from tebiki.reading.safe_paths import differently_spelled, path_problem

#: Where the files are, in the names that ``list_files`` gives.
FILES = f"content/{FILES_FOLDER}/"
#: How many bytes a file may have, and all files together.
MAX_FILE_BYTES = 5_000_000
MAX_FILES_BYTES = 50_000_000
_ENDINGS = (*PICTURE_ENDINGS, *ATTACHMENT_ENDINGS)
#: What a handbook's own ``site_overrides`` adds to the site or puts in place of a file of the generator.
OVERRIDES_FOLDER = "site_overrides/"
STYLE_ENDINGS = ("css", "woff2", *PICTURE_ENDINGS)
_FOLDER_ENDINGS = {OVERRIDES_FOLDER: STYLE_ENDINGS, FIGURES_FOLDER: TABLE_ENDINGS}
_NAME = re.compile(r"\w[\w.-]*")
_MAX_PATH_BYTES = 200  # a name of a file has 255 at most, and gets a fingerprint


def read_content_files(
    listed: list[tuple[Path, str]], problems: list[Diagnostic], refused: set[str], folder: str = FILES
) -> Iterator[ContentFile]:
    """Yield the files that may be published.

    Args:
        listed: All files with their names relative to the handbook, as ``list_files`` yields them.
        problems: Receives what is wrong with the other files.
        refused: Receives the names of these.
        folder: The folder of the files, which their paths do not name.
    """
    by_name = {file: path for path, file in listed if file.startswith(folder)}
    left = MAX_FILES_BYTES
    for file, problem in _name_problems(list(by_name)).items():
        raw = problem or _read(by_name[file], file, left)
        file_problems = [raw] if isinstance(raw, Diagnostic) else list(_content_problems(file, raw))
        if isinstance(raw, Diagnostic) or file_problems:
            problems += file_problems
            refused.add(file)
        else:
            left -= len(raw)
            yield ContentFile(unicodedata.normalize("NFC", file.removeprefix(folder)), raw, Place(file))


@rule("file-name")
def _name_problems(files: list[str]) -> dict[str, Diagnostic | None]:
    """The name of a picture or an attachment does not work on every computer and in every address.

    Names of files and folders in ``content/files`` hold letters and digits of any script, hyphens, underscores and
    dots, and no spaces. Two names that differ only in capitals are one file on Windows and macOS. Rename the file, and
    the links to it.
    """
    reasons: dict[str, Message | None] = {}
    spelling: dict[str, str] = {}
    for file in files:
        reasons[file] = _name_reason(file)
        if reasons[file] is None and (other := differently_spelled(file, spelling)):
            reasons[file] = Message("reading.file-name.same", other=other)
    return {
        file: Diagnostic(Place(file), "file-name", reason) if reason else None
        for file, reason in reasons.items()
    }


def _name_reason(file: str) -> Message | None:
    names = unicodedata.normalize("NFC", file).split("/")
    if not all(_NAME.fullmatch(name) for name in names):
        return Message("reading.file-name.signs")
    if len(file.encode()) > _MAX_PATH_BYTES:
        return Message("reading.file-name.long")
    if problem := path_problem("/".join(names)):
        return Message("reading.file-name.path", problem=problem)
    return None


@rule("file-size")
def _read(path: Path, file: str, left: int) -> bytes | Diagnostic:
    """A picture or an attachment is too large, or all of them together are.

    A file may have 5 MB, all files together 50 MB: everyone who reads offline takes them along, and every published
    version keeps them. Save a picture with fewer pixels or as WebP, and a PDF in its reduced size; link to what is
    larger where it is published.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            return Diagnostic(Place(file), "unreadable", Message("reading.unreadable.no-file"))
        if size > MAX_FILE_BYTES:
            message = Message("reading.file-size.file", size=size, most=MAX_FILE_BYTES)
        elif size > left:
            message = Message("reading.file-size.all", left=left, most=MAX_FILES_BYTES)
        else:
            return path.read_bytes()
        return Diagnostic(Place(file), "file-size", message)
    except OSError as error:
        return Diagnostic(
            Place(file), "unreadable", Message("reading.unreadable.system", reason=str(error.strerror))
        )


def _content_problems(file: str, raw: bytes) -> Iterator[Diagnostic]:
    if ending_of(file) == "svg":
        yield from _svg_problems(file, raw)
    elif problem := _type_problem(file, raw):
        yield problem


@rule("file-type")
def _type_problem(file: str, raw: bytes) -> Diagnostic | None:
    """A file in ``content/files`` is of no type that a handbook publishes, or its content is not of its type.

    Pictures are PNG, JPEG, SVG or WebP, with up to 50 million pixels; attachments are PDF, Word (.docx) or Excel
    (.xlsx) without macros and passwords, or CSV in UTF-8 without formulas. ``content/figures`` holds CSV or Parquet,
    ``site_overrides`` pictures, fonts (.woff2) and style sheets, which load nothing from other hosts. Save the file in one of these formats.
    """
    # a handbook without files needs none of this
    from tebiki.reading.file_types import type_problem  # noqa: PLC0415

    ending = ending_of(file)
    endings = next(
        (endings for folder, endings in _FOLDER_ENDINGS.items() if file.startswith(folder)), _ENDINGS
    )
    if ending not in endings:
        message = Message("reading.file-type.ending", endings=tuple(sorted(endings)))
        return Diagnostic(Place(file), "file-type", message)
    if problem := type_problem(ending, raw):
        line, message = problem
        return Diagnostic(Place(file, line), "file-type", message)
    return None


@rule("unsafe-svg")
def _svg_problems(file: str, raw: bytes) -> Iterator[Diagnostic]:
    """An SVG file holds more than a drawing.

    Readers can open it at the handbook's own address, so it may run nothing and load nothing: scripts, ``on…``
    attributes, animation, links, HTML, a DOCTYPE, and pictures, fonts or styles from elsewhere are refused. Most
    drawing programs can export plain SVG; where that does not help, export the drawing as PNG.
    """
    # a handbook without drawings needs none of this
    from tebiki.reading.safe_svg import svg_problems  # noqa: PLC0415

    for problem in svg_problems(raw):
        yield Diagnostic(Place(file, problem.line, problem.column), "unsafe-svg", problem.message)
