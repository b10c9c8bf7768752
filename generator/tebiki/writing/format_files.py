"""Brings the files of a handbook into the one form of YAML: ``tebiki format``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.load import load
from tebiki.reading.loaded_files import LoadedPage
from tebiki.reading.source_files import OVERLAY_FILE, SITE_FILE, list_files, parse_file, read_bytes
from tebiki.reading.yaml_reader import Document
from tebiki.writing.yaml_form import FormError, format_document

_FOLDERS = ("content/", "checklists/", "templates/")
_LANGUAGE_FILES = (SITE_FILE, OVERLAY_FILE, "content/handbook.yml")


@dataclass(frozen=True)
class FormattedFiles:
    """Files in the form.

    Attributes:
        changed: The texts of the files that are not in the form yet, by name.
        with_mistakes: The names of files that have to be mended first, and stay as they are.
        unwritable: The names of checklists that stay as they are, since their digests would change.
        count: The number of files that were looked at.
    """

    changed: Mapping[str, str]
    with_mistakes: tuple[str, ...]
    unwritable: tuple[str, ...]
    count: int


def format_files(root: Path, paths: Collection[Path] = ()) -> FormattedFiles:
    """Return the YAML files and pages of the handbook in ``root`` in the form; nothing is written.

    Args:
        root: The folder of the handbook.
        paths: The files and folders to format; all if empty.
    """
    languages = load(root, _LANGUAGE_FILES)[0].languages
    chosen = [path.resolve() for path in paths]
    changed: dict[str, str] = {}
    with_mistakes: list[str] = []
    unwritable: list[str] = []
    count = 0
    for path, file in list_files(root, []):
        if not _has_form(file):
            continue
        if chosen and not any(path.resolve().is_relative_to(folder) for folder in chosen):
            continue
        count += 1
        raw = read_bytes(path, file)
        try:
            text = None if isinstance(raw, Diagnostic) else formatted_file(raw, file, languages)
        except FormError:
            unwritable.append(file)
            continue
        if text is None:
            with_mistakes.append(file)
        elif text.encode() != raw:
            changed[file] = text
    return FormattedFiles(changed, tuple(with_mistakes), tuple(unwritable), count)


def formatted_texts(files: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    """Return new files of a handbook (name → text) in the form; those that are not in its folders stay as they are."""
    return {
        name: (formatted_file(text.encode(), name, languages) or text) if _has_form(name) else text
        for name, text in files.items()
    }


def formatted_edits(
    root: Path, files: Mapping[str, str], before: tuple[str, ...], after: tuple[str, ...]
) -> dict[str, str]:
    """Return new texts of files in the form, except where the present file is not in the form either.

    Args:
        root: The folder of the handbook.
        files: The new texts by name.
        before: The codes of the handbook's languages at present.
        after: Those that it will have.
    """
    formatted = formatted_texts(files, after)
    for name in files:
        if (root / name).exists():
            present = (root / name).read_text(encoding="utf-8")
            if formatted_texts({name: present}, before)[name] != present:
                formatted[name] = files[name]
    return formatted


def _has_form(file: str) -> bool:
    return file.startswith(_FOLDERS) and file.endswith((".yml", ".md"))


def formatted_file(raw: bytes, file: str, languages: tuple[str, ...]) -> str | None:
    """Return the content of a file in the form; None where it has mistakes, which have to be mended first.

    Args:
        raw: The content.
        file: The name of the file relative to the handbook's folder.
        languages: The codes of the handbook's languages, in their order.

    Raises:
        FormError: It would be read as something else.
    """
    problems: list[Diagnostic] = []
    content = parse_file(raw, file, problems)
    document = content.head if isinstance(content, LoadedPage) else content
    if document is None or document.problems or problems:
        return None
    if isinstance(content, LoadedPage):
        return _formatted_page(content, languages)
    return format_document(document, _kind(document), languages)


def _formatted_page(page: LoadedPage, languages: tuple[str, ...]) -> str:
    kind = "page" if page.language in languages[:1] else "page-translation"
    body = page.body.strip("\n").rstrip()
    return f"---\n{format_document(page.head, kind, languages)}---\n" + (f"\n{body}\n" if body else "")


def _kind(document: Document) -> str | None:
    data: Any = document.data
    kind = data.get("kind") if isinstance(data, dict) else None
    return kind if isinstance(kind, str) else None
