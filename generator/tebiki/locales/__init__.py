"""The texts of the generator itself, in a folder for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.yaml_reader import read_yaml
from tebiki.resources import LOCALES


def missing_locale_files(language: str) -> list[str]:
    """Return the files of texts that exist in another language but not in ``language``."""
    files = sorted({path.name for path in LOCALES.glob("*/*.yml")})
    return [
        f"generator/tebiki/locales/{language}/{file}"
        for file in files
        if not (LOCALES / language / file).is_file()
    ]


@cache
def words(language: str, subject: str) -> Mapping[str, Any]:
    """Return the texts of the generator on a ``subject`` ("site", "form") in ``language``.

    They are in ``generator/tebiki/locales/LANGUAGE/SUBJECT.yml``.

    Raises:
        FileNotFoundError: The language has no such file.
        ValueError: The file is not valid YAML.
    """
    path = LOCALES / language / f"{subject}.yml"
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if isinstance(document, Diagnostic):
        raise ValueError(str(document))
    data: Mapping[str, Any] = document.data
    return data


@cache
def language_names() -> Mapping[str, str]:
    """Return the languages that the theme knows: the name of each for itself, by its code."""
    document = read_yaml((LOCALES / "language_names.yml").read_text(encoding="utf-8"), "language_names.yml")
    if isinstance(document, Diagnostic):
        raise ValueError(str(document))
    names: Mapping[str, str] = document.data
    return names
