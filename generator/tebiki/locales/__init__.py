"""The generator's own words, a folder for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.yaml_reader import read_yaml
from tebiki.resources import LOCALES


def missing_locale_files(language: str) -> list[str]:
    """The files with the generator's own words that exist in another language but not in ``language``."""
    files = sorted({path.name for path in LOCALES.glob("*/*.yml")})
    return [
        f"generator/tebiki/locales/{language}/{file}"
        for file in files
        if not (LOCALES / language / file).is_file()
    ]


@cache
def words(language: str, subject: str) -> Mapping[str, Any]:
    """The generator's own words on a ``subject`` ("site", "form") in ``language``.

    They stand in ``generator/tebiki/locales/LANGUAGE/SUBJECT.yml``; a language without them cannot be
    built, and FileNotFoundError names the file to write.
    """
    path = LOCALES / language / f"{subject}.yml"
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if isinstance(document, Diagnostic):
        raise ValueError(str(document))
    data: Mapping[str, Any] = document.data
    return data
