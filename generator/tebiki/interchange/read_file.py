"""Reads the table of a checklist from a file, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tebiki.interchange.oscal_reading import read_catalog
from tebiki.interchange.read_tables import read_content, read_csv, read_workbook
from tebiki.interchange.table import Problem, Table


def read_file(file: Path, languages: Sequence[str], language: str) -> tuple[Table, list[Problem]]:
    """Return the table in a file, and what is not taken from it.

    Args:
        file: A workbook, a CSV file or an OSCAL catalog; its content decides which.
        languages: The languages of the handbook, the original one first.
        language: The language of an OSCAL catalog.

    Raises:
        TableError: The file is none of these.
    """
    raw = read_content(file)
    if raw.startswith(b"PK\x03\x04") and not raw[30:].startswith(b"mimetypeapplication/vnd.oasis"):
        return read_workbook(raw, languages)
    if file.suffix.lower() == ".json":
        return read_catalog(raw, language)
    return read_csv(raw, languages)
