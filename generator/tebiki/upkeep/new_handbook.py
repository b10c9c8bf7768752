"""Creation of a handbook on no subject yet, which is complete and has a comment at everything to change."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from tebiki.files import write_files
from tebiki.locales import language_names
from tebiki.model.message import Message
from tebiki.reading.load import load
from tebiki.reading.schema import read_schema, suggestion
from tebiki.reading.source_files import SITE_FILE
from tebiki.upkeep.confirm_translations import RECORD as TRANSLATIONS
from tebiki.upkeep.confirm_translations import confirm
from tebiki.upkeep.new_project import new_project
from tebiki.upkeep.project_files import project_files
from tebiki.upkeep.project_record import ProjectError, checked_package
from tebiki.upkeep.starter import LANGUAGES, starter_texts
from tebiki.writing.format_files import formatted_texts


def create_handbook(root: Path, languages: Sequence[str], package: str) -> list[str]:
    """Create a git repository with a handbook.

    Args:
        root: The folder to create, or an empty one; its name becomes the id of the handbook.
        languages: The codes of the languages, the original first.
        package: What pip installs the generator from.

    Returns:
        The files that were written, relative to ``root``.

    Raises:
        ProjectError: The name of the folder is no id, a language is not known, the folder is not empty, or git fails.
    """
    handbook_id = _id(root)
    _check_languages(languages)
    values = {"id": handbook_id, "date": datetime.date.today().isoformat()}
    texts = starter_texts(languages, values)
    title = re.search(
        rf'{languages[0]}: "?([^,}}"]+)', texts["content/handbook.yml"].partition("\ntitle:")[2]
    )
    values["title"] = title[1] if title else handbook_id
    files = {
        **formatted_texts(texts, tuple(languages)),
        **project_files(languages, checked_package(package), values, SITE_FILE),
    }
    with new_project(root):
        write_files(root, files)
        handbook, _diagnostics = load(root)
        confirm(
            handbook, root, (), everything=True, languages=[code for code in languages if code in LANGUAGES]
        )
    return [*files, TRANSLATIONS]


def _id(root: Path) -> str:
    name = root.resolve().name
    schema = read_schema("common")["$defs"]["id"]
    if not re.fullmatch(schema["pattern"].removesuffix("$"), name) or len(name) > schema["maxLength"]:
        raise ProjectError(Message("upkeep.project.bad-id", id=repr(name)))
    if (
        name != name.lower()
    ):  # the schema has capitals for ids from other lists, and no handbook comes from one
        raise ProjectError(Message("upkeep.project.capitals", id=repr(name), suggestion=name.lower()))
    return name


def _check_languages(languages: Sequence[str]) -> None:
    known = language_names()
    for code in languages:
        if code not in known:
            hint = suggestion(code, known) or Message("upkeep.project.write-codes")
            raise ProjectError(Message("upkeep.language.unknown", code=repr(code), hint=hint))
    if len(set(languages)) < len(languages):
        raise ProjectError(Message("upkeep.project.language-twice"))
