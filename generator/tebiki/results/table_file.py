"""Reads a table that a spreadsheet program saved as text.

``browser/assessment/table-file.ts`` does the same; ``tests/vectors/tables.json`` tests both.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_HTML = re.compile(rb"[\s\xef\xbb\xbf]*<(!doctype|html|table)", re.IGNORECASE)
_SEPARATORS = (",", ";", "\t")


class NoTableError(ValueError):
    """The file is no table as text; the message is what it is: a key of ``tables`` in ``result.yml``."""


def read_table(raw: bytes, headings: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table.

    The encoding is that of a byte order mark, or else UTF-16 if there are NUL bytes, UTF-8, or CP932. The separator
    is the comma, semicolon or tab with which the first row has all ``headings``.

    Args:
        raw: The content of the file.
        headings: The headings that the first row should have.

    Returns:
        The rows, also if no separator gives the headings.

    Raises:
        NoTableError: The file is of another kind.
    """
    text = _decode(raw)
    wanted = set(map(comparable_heading, headings))
    separator = next(
        (
            candidate
            for candidate in _SEPARATORS
            if wanted <= set(map(comparable_heading, _first_row(text, candidate)))
        ),
        _SEPARATORS[0],
    )
    try:
        return [row or [""] for row in _rows(text, separator)]
    except csv.Error:
        raise NoTableError("quotes") from None


def comparable_heading(text: str) -> str:
    """Return a heading as it is compared: composed (NFC), without white space around it."""
    return unicodedata.normalize("NFC", text).strip()


def fold_width(text: str) -> str:
    """Return an id or a number as it is compared: signs of full width become those of half width (NFKC)."""
    return unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")


def _decode(raw: bytes) -> str:
    if kind := _other_kind(raw):
        raise NoTableError(kind)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in raw:
        little_endian = raw[1::2].count(0) >= raw[::2].count(0)
        encodings = ["utf-16-le" if little_endian else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoTableError("unknown")


def _other_kind(raw: bytes) -> str:
    """The kind of a file that is no text, by its first bytes; empty for a text."""
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if raw.startswith(b"PK\x03\x04"):
        return "ods" if raw[30:].startswith(_OPEN_DOCUMENT) else "xlsx"
    if raw.startswith(b"%PDF-"):
        return "pdf"
    return "html" if _HTML.match(raw) else ""


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of a CSV text; raises csv.Error where its quotes are not balanced."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _first_row(text: str, separator: str) -> list[str]:
    """The first row of a CSV text; empty if there is none, or if its quotes are not balanced."""
    try:
        return next(_rows(text, separator), [])
    except csv.Error:
        return []
