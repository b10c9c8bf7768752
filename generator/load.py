"""load: the YAML and Markdown files → the Handbook, with every problem met on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from generator import assemble
from generator.diagnostics import Diagnostic, Place, rule
from generator.model import Handbook
from generator.schema import nearest, schema_names, schema_problems
from generator.yaml_reader import MAX_BYTES, Document, read_yaml

_NOT_FILE_KINDS = {"common", "page", "page-translation", "assessment-result"}
_PAGE = re.compile(r"(?P<path>.+)\.(?P<lang>[a-z]{2,3}(-[A-Za-z0-9]+)*)\.md")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)


def load(root: Path) -> tuple[Handbook, list[Diagnostic]]:
    """Read ``mkdocs.yml``, ``content/`` and ``checklists/`` below ``root``.

    Returns the handbook made of whatever could be read, and one diagnostic for each problem of
    form: files that cannot be read, YAML that is none, data that departs from its schema. Never
    raises for anything that stands in a file.
    """
    problems: list[Diagnostic] = []
    read = assemble.Read()
    for path, file in _files(root, problems):
        if (text := _text(path, file, problems)) is None:
            continue
        page = _PAGE.fullmatch(file.removeprefix("content/pages/"))
        document = _front_matter(text, file) if page else read_yaml(text, file)
        if isinstance(document, Diagnostic):
            problems.append(document)
        elif page:
            head = _FRONT_MATTER.match(text)
            assert head is not None
            line = text.count("\n", 0, head.end()) + 1
            read.pages.append(
                assemble.ReadPage(page["path"], page["lang"], document, text[head.end() :], line)
            )
        elif file == "mkdocs.yml":
            read.site = document
        elif (kind := _kind(document, problems)) is None:
            read.refused.append(document.data)
        else:
            found = list(schema_problems(document, kind))
            problems += [diagnostic for _path, diagnostic in found]
            read.add(kind, document, {path for path, _diagnostic in found})
    handbook = assemble.handbook(read, problems)
    return handbook, sorted(set(problems))


def _files(root: Path, problems: list[Diagnostic]) -> Iterator[tuple[Path, str]]:
    """Each file to read, with its name relative to ``root``, in an order that does not vary."""
    yield root / "mkdocs.yml", "mkdocs.yml"
    for top in ("content", "checklists"):
        for folder, folders, names in os.walk(root / top):
            folders.sort()
            for name in sorted([*folders, *names]):
                path = Path(folder, name)
                file = path.relative_to(root).as_posix()
                if path.is_symlink():
                    problems.append(_symbolic_link(file))
                elif name in names and not name.startswith("."):
                    page = file.startswith("content/pages/") and _PAGE.fullmatch(name)
                    if path.suffix == ".yml" or page:
                        yield path, file
                    else:
                        problems.append(_stray_file(file))


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
def _text(path: Path, file: str, problems: list[Diagnostic]) -> str | None:
    """A file cannot be read as text: it is missing, too large, or not in UTF-8.

    Save it as UTF-8 (in Excel and in older editors: choose the encoding when saving). Divide a
    file of more than 2 MB.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"{size:,} bytes are more than the {MAX_BYTES:,} that a file may have: divide it"
            problems.append(Diagnostic(Place(file), "unreadable", limit))
            return None
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Diagnostic(Place(file), "unreadable", f"cannot be read: {error.strerror}"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8: save the file as UTF-8"
        problems.append(Diagnostic(place, "unreadable", message))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


@rule("front-matter")
def _front_matter(text: str, file: str) -> Document | Diagnostic:
    """A page does not begin with its head.

    The first line is ``---``, then come ``title: …`` and the other keys, then a line ``---``
    again. The text of the page follows.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        message = "the page does not begin with a head: ---, title and description, ---"
        return Diagnostic(Place(file), "front-matter", message)
    return read_yaml(match["head"], file, first_line=2)


@rule("kind")
def _kind(document: Document, problems: list[Diagnostic]) -> str | None:
    """A file does not say what it holds, or says a kind that does not exist.

    The first key of a data file is ``kind: …``. The kinds are listed in
    ``docs/data-dictionary.md``.
    """
    known = [name for name in schema_names() if name not in _NOT_FILE_KINDS]
    if not isinstance(document.data, Mapping):
        message = "the file should be a mapping that begins with kind: …"
    elif not isinstance(kind := document.data.get("kind"), str):
        message = "the key kind is missing here: one of " + ", ".join(known)
    elif kind not in known:
        message = f"there is no kind {kind}{nearest(kind, known)}"
    else:
        return kind
    problems.append(Diagnostic(document.place(("kind",)), "kind", message))
    return None
