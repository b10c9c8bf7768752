"""Adds a language to a handbook, with everything that is to be translated, or removes one with its texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.files import write_files
from tebiki.locales import (
    FALLBACK,
    english_words,
    language_names,
    leaves,
    missing_words,
    subjects,
    use_words,
    words,
)
from tebiki.model.content_file import shared_path
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message, MessageError
from tebiki.model.translation_units import stale_units, translation_units
from tebiki.reading.git import Repository
from tebiki.reading.load import load
from tebiki.reading.schema import suggestion
from tebiki.reading.source_files import list_files
from tebiki.upkeep.confirm_translations import RECORD, confirm
from tebiki.upkeep.language_texts import (
    add_to_languages,
    copy_in_yaml,
    edit_head,
    exchange_heads,
    remove_from_yaml,
    short_head,
)
from tebiki.writing.format_files import formatted_edits

_HANDBOOK = "content/handbook.yml"
_WORDS = "content/words"


class LanguageError(MessageError):
    """The language cannot be added or removed; the message says why and what to do."""


def add_language(root: Path, handbook: Handbook, code: str) -> list[str]:
    """Write what is to be translated into a language.

    Where the handbook does not have the language yet, each text gets a copy of the original, which counts as not
    confirmed. Then follow the words of the generator, empty ones with the English above them.

    Args:
        root: The folder of the handbook.
        handbook: The handbook in ``root``, read without diagnostics.
        code: The code of the language.

    Returns:
        The files that were written, relative to ``root``.

    Raises:
        LanguageError: The theme does not know the language, or there is nothing to translate.
    """
    if code not in (names := language_names()):
        hint = suggestion(code, names) or Message("upkeep.language.write-code")
        raise LanguageError(Message("upkeep.language.unknown", code=repr(code), hint=hint))
    files: dict[str, str] = {}
    if code not in handbook.languages:
        if handbook.overlay:
            raise LanguageError(Message("upkeep.language.not-upstream", code=code))
        files |= _texts_to_translate(root, handbook, code)
    files |= _words_to_translate(root, handbook, code)
    if not files:
        raise LanguageError(Message("upkeep.language.complete", code=code))
    write_files(root, formatted_edits(root, files, handbook.languages, (*handbook.languages, code)))
    return list(files)


def _texts_to_translate(root: Path, handbook: Handbook, code: str) -> dict[str, str]:
    original = handbook.languages[0]
    files = {}
    for name, text in _yaml_texts(root):
        copied = copy_in_yaml(text, code, original, handbook.languages)
        if name == _HANDBOOK:
            copied = add_to_languages(copied, code, language_names()[code])
        if copied != text:
            files[name] = copied
    for page in handbook.pages:
        source, name = page.body_at[original].file, f"content/pages/{page.path}.{code}.md"
        text = (root / source).read_text(encoding="utf-8")
        copied = edit_head(text, lambda head: copy_in_yaml(head, code, original, handbook.languages))
        if copied != text:
            files[source] = copied
        if not (root / name).exists():
            files[name] = short_head(text)
    return files


def _words_to_translate(root: Path, handbook: Handbook, code: str) -> dict[str, str]:
    """The files of words; one that exists is written again only where it lacks words that a new version has."""
    use_words(handbook.words)
    listed = {
        (entry.subject, path)
        for entry in handbook.words
        if entry.language == code
        for path, _text in leaves(entry.words)
    }
    files = {}
    for subject in subjects():
        if {(subject, path) for path in missing_words(code, subject)} - listed:
            name = f"{_WORDS}/{code}/{subject}.yml"
            files[name] = "".join(_words_file(code, subject))
    return files


def _words_file(code: str, subject: str) -> Iterator[str]:
    """The lines of a file of words; those that the generator has are in it, the others wait for a translation."""
    yield f"# Words of the generator. An empty word is {language_names()[FALLBACK]}, which stands above it.\n"
    yield f"kind: words\nlanguage: {code}\nsubject: {subject}\nwords:\n"
    missing = set(missing_words(code, subject))
    yield from _word_lines(english_words(subject), words(code, subject), missing, "", "  ")


def _word_lines(
    english: Mapping[str, Any], present: Mapping[str, Any], missing: set[str], before: str, indent: str
) -> Iterator[str]:
    for key, text in english.items():
        path = f"{before}{key}"
        if isinstance(text, Mapping):
            yield f"{indent}{key}:\n"
            yield from _word_lines(text, present[key], missing, f"{path}.", f"{indent}  ")
        elif path in missing:
            yield f"{indent}# {text}\n{indent}{key}:\n"
        else:
            yield f"{indent}{key}: {json.dumps(present[key], ensure_ascii=False)}\n"


def remove_language(root: Path, handbook: Handbook, code: str) -> list[str]:
    """Remove a language with all texts in it.

    Where it is the first one, the next becomes the original. A translation counts as current afterwards if both it
    and the new original did before.

    Args:
        root: The folder of the handbook.
        handbook: The handbook in ``root``, read without diagnostics.
        code: The code of the language.

    Returns:
        The files that were changed or removed, relative to ``root``.

    Raises:
        LanguageError: The handbook does not have the language or has no other, or there are uncommitted changes.
        GitError: The handbook is in no git repository.
    """
    languages = handbook.languages
    if handbook.overlay:
        raise LanguageError(Message("upkeep.language.upstream"))
    if code not in languages:
        raise LanguageError(
            Message("upkeep.language.missing", code=code, suggestion=suggestion(code, languages))
        )
    if len(languages) == 1:
        raise LanguageError(Message("upkeep.language.only", code=code))
    if changed := Repository(root).uncommitted():
        raise LanguageError(Message("upkeep.language.uncommitted", file=changed[0]))
    remaining = [language for language in languages if language != code]
    current = _current_units(handbook, remaining)
    files = {
        name: shortened
        for name, text in _yaml_texts(root)
        if (shortened := remove_from_yaml(text, code, languages)) != text
    }
    files |= _heads_without(root, handbook, code, remaining[0])
    removed = list(_files_in_language(handbook, code))
    write_files(root, formatted_edits(root, files, languages, tuple(remaining)))
    for name in removed:
        (root / name).unlink(missing_ok=True)
    shortened_handbook, _diagnostics = load(root)
    confirm(shortened_handbook, root, (), everything=False)
    for language in remaining[1:] if code == languages[0] else ():
        confirm(shortened_handbook, root, current[language], everything=False, languages=[language])
    return [*files, *removed]


def _files_in_language(handbook: Handbook, code: str) -> Iterator[str]:
    """The files that hold one language only."""
    yield from (page.body_at[code].file for page in handbook.pages)
    yield from (entry.at.file for entry in handbook.words if entry.language == code)
    yield from (file.at.file for file in handbook.files if shared_path(file.path, (code,)) != file.path)


def _current_units(handbook: Handbook, languages: list[str]) -> dict[str, tuple[str, ...]]:
    """For each of ``languages``, the units that are current in it and in the first of them."""
    units = [unit.id for unit in translation_units(handbook) if not unit.at.upstream]
    stale = {language: stale_units(handbook, language) for language in languages}
    return {
        language: tuple(unit for unit in units if unit not in stale[language] | stale[languages[0]])
        for language in languages
    }


def _heads_without(root: Path, handbook: Handbook, code: str, original: str) -> dict[str, str]:
    """The files of pages in the language ``original``, with heads that are complete and without ``code``."""
    files = {}
    for page in handbook.pages:
        old, new = (page.body_at[language].file for language in (handbook.languages[0], original))
        present = (root / new).read_text(encoding="utf-8")
        text = exchange_heads((root / old).read_text(encoding="utf-8"), present)
        text = edit_head(text, lambda head: remove_from_yaml(head, code, handbook.languages))
        if text != present:
            files[new] = text
    return files


def _yaml_texts(root: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of each file with texts in several languages."""
    for path, name in list_files(root, []):
        if name.endswith(".yml") and name != RECORD and not name.startswith(f"{_WORDS}/"):
            yield name, path.read_text(encoding="utf-8")
