"""The headings of a table of a checklist: in the words of a language, and recognised in any language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tebiki.interchange.columns import COLUMNS, ROW_KINDS, SCORE_HEADINGS, is_localized
from tebiki.interchange.table import Problem, Row, Table, TableError
from tebiki.locales import words
from tebiki.model.spreadsheet_columns import column_letters
from tebiki.reading.schema import read_schema
from tebiki.results.table_file import comparable_heading

#: The most rows that are read.
MAX_ROWS = 5000
_LANGUAGE = re.compile(r"(.+?)\s*[(（]([A-Za-z0-9-]+)[)）]")
_KEY = re.compile(r"(.+)\.([A-Za-z0-9-]+)")


def heading(key: str, language: str) -> str:
    """Return the heading of the column ``key``, such as ``title.ja``, in the words of ``language``."""
    column, _, text_language = key.partition(".")
    if column not in COLUMNS:
        return key
    title: str = words(language, "interchange")["columns"][column]
    return f"{title} ({text_language})" if text_language else title


def row_headings(languages: Iterable[str]) -> Iterator[str]:
    """Yield the heading of the first column in every language."""
    yield "row"
    for language in dict.fromkeys([*languages, "en"]):
        yield heading("row", language)


def table_of(
    cells: Iterable[tuple[int, Sequence[str]]], languages: Sequence[str]
) -> tuple[Table, list[Problem]]:
    """Return the table in the rows of a file, whose first one has the headings.

    Args:
        cells: The number of each row in the file, and its texts.
        languages: The languages of the handbook, the original one first.

    Returns:
        The table, and what is not taken from it because its heading is not known.

    Raises:
        TableError: A column is missing or there twice, or there are too many rows.
    """
    rows = iter(cells)
    first = next(rows, (1, []))[1]
    keys = [_key(text, tuple(languages)) for text in first]
    problems = list(_unknown_headings(first, keys))
    places = {key: column_letters(index) for index, key in enumerate(keys) if key}
    for key in places:
        if keys.count(key) > 1:
            raise TableError(
                "same-heading", f"{column_letters(keys.index(key))}1", heading=heading(key, languages[0])
            )
    missing = [key for key in ("row", "id", f"title.{languages[0]}") if key not in places]
    if missing:
        raise TableError("no-heading", "1", headings=", ".join(heading(key, languages[0]) for key in missing))
    kinds = _row_kinds(tuple(languages))
    content: list[Row] = []
    for number, texts in rows:
        row = {key: text for key, text in zip(keys, texts, strict=False) if key and text.strip()}
        if not row:
            continue
        if len(content) == MAX_ROWS:
            raise TableError("too-many-rows", str(number), most=str(MAX_ROWS))
        if "row" in row:
            row["row"] = kinds.get(comparable_heading(row["row"]).lower(), row["row"].strip())
        content.append(Row(number, row))
    if not content:
        raise TableError("no-rows", "2")
    return Table(tuple(places), tuple(content), places), problems


def _unknown_headings(first: Sequence[str], keys: Sequence[str]) -> Iterator[Problem]:
    for index, (text, key) in enumerate(zip(first, keys, strict=True)):
        if text.strip() and not key:
            reason = "score" if comparable_heading(text).lower() in SCORE_HEADINGS else "unknown-heading"
            yield Problem(0, None, reason, {"heading": text.strip(), "cell": f"{column_letters(index)}1"})


def _key(text: str, languages: tuple[str, ...]) -> str:
    """The key of the column with this heading; "" if there is none."""
    title = comparable_heading(text)
    match = _LANGUAGE.fullmatch(title) or _KEY.fullmatch(title)
    name, language = (match[1].strip(), match[2]) if match else (title, "")
    key = _titles(languages).get(name.lower(), "")
    if key and is_localized(key):
        return f"{key}.{language}" if language else ""
    if key and not language:
        return key
    return title if title.partition(".")[0] in _schema_keys() else ""


@functools.cache
def _titles(languages: tuple[str, ...]) -> Mapping[str, str]:
    """The key of each column by its heading in every language, and by itself."""
    titles = {column: column for column in COLUMNS}
    for language in dict.fromkeys([*languages, "en"]):
        texts: Mapping[str, Any] = words(language, "interchange")["columns"]
        titles |= {comparable_heading(texts[column]).lower(): column for column in COLUMNS}
    return titles


def _row_kinds(languages: tuple[str, ...]) -> Mapping[str, str]:
    kinds = {kind: kind for kind in ROW_KINDS}
    for language in dict.fromkeys([*languages, "en"]):
        texts: Mapping[str, Any] = words(language, "interchange")["rows"]
        kinds |= {comparable_heading(texts[kind]).lower(): kind for kind in ROW_KINDS}
    return kinds


@functools.cache
def _schema_keys() -> frozenset[str]:
    """The keys of a checklist and of what stands in it."""
    schema = read_schema("checklist")
    parts = (schema, *schema["$defs"].values())
    return frozenset(key for part in parts for key in part.get("properties", ()))
