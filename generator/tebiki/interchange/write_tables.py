"""Writes a table of a checklist as a workbook (XLSX) or as CSV, and a template to fill in."""

from __future__ import annotations

import datetime
import importlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

from tebiki.interchange.checklist_rows import checklist_table
from tebiki.interchange.columns import COLUMNS, ROW_KINDS
from tebiki.interchange.headings import MAX_ROWS, heading
from tebiki.interchange.table import Table, TableError
from tebiki.locales import words
from tebiki.model.shared_constants import MAX_CELL_LENGTH
from tebiki.model.spreadsheet_text import rows_to_csv

_NO_TIME = datetime.datetime(2000, 1, 1)
_WIDTHS = {
    "title": 48,
    "text": 48,
    "criteria": 40,
    "wording": 40,
    "sources": 36,
    "when": 32,
    "row": 14,
    "id": 24,
}
#: The columns that are shown even where no row uses them.
_ALWAYS_SHOWN = ("row", "id", "number", "title", "text", "type", "when", "criteria", "sources")
#: The columns that hold one of a few words, and the words.
_CHOICES = {
    "type": ("choice", "choices", "text", "long-text", "date", "number", "rows"),
    "evidence": ("none", "recommended", "required"),
    "role": ("positive", "partial", "negative", "open", "excluded"),
    "basis": ("quoted", "reworded", "added"),
    **dict.fromkeys(("required", "na", "notes", "one-question"), ("true", "false")),
}


def table_csv(table: Table, language: str) -> bytes:
    """Return the table as CSV, with headings in ``language``."""
    return rows_to_csv(_cells(table, language))


def new_workbook(stream: io.BytesIO) -> Any:
    """Return a workbook that is written to ``stream`` when it is closed; it holds texts only, and no time.

    Raises:
        TableError: A package is missing.
    """
    try:
        xlsxwriter: Any = importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise TableError("no-package", package="xlsxwriter") from error
    no_conversion = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **no_conversion})
    book.set_properties({"created": _NO_TIME})
    return book


def table_xlsx(table: Table, language: str) -> bytes:
    """Return the table as a workbook, with headings in ``language`` and a sheet that explains the columns.

    All cells are text, so that no program makes a date of a number such as 1-2.

    Raises:
        TableError: A text is longer than a cell of a workbook holds, or a package is missing.
    """
    for row in table.rows:
        for text in row.cells.values():
            if len(text) > MAX_CELL_LENGTH:
                raise TableError("too-long", id=row.cells.get("id", row.kind), most=str(MAX_CELL_LENGTH))
    stream = io.BytesIO()
    book = new_workbook(stream)
    texts = words(language, "interchange")
    _write_table(book, book.add_worksheet(texts["sheets"]["table"]), table, language)
    _write_help(book, book.add_worksheet(texts["sheets"]["help"]), language)
    book.close()
    return stream.getvalue()


def template_table(languages: Sequence[str]) -> Table:
    """Return the table of a small checklist to begin with."""
    texts = {language: words(language, "interchange")["template"] for language in languages}

    def text(key: str) -> dict[str, str]:
        return {language: texts[language][key] for language in languages}

    def question(name: str, key: str, **data: Any) -> dict[str, Any]:
        return {"id": name, "rev": 1, "question": text(key), **data}

    fields = [
        {"id": "name", "title": text("field"), "type": "text", "required": True},
        {"id": "amount", "title": text("amount"), "type": "number", "minimum": 0},
    ]
    checklist = {
        "id": "my-checklist",
        "version": "1.0.0",
        "title": text("title"),
        "text": text("text"),
        "answer_set": "my-answers",
        "sections": [
            {
                "id": "my-first-section",
                "title": text("section"),
                "items": [
                    question("my-choice", "choice", help=text("choice-help"), criteria=[text("criterion")]),
                    question("my-text", "text-question", answer={"type": "long-text"}, when={"item": "my-choice", "is": ["yes"]}),
                    question("my-rows", "rows", answer={"type": "rows", "row": text("row-name"), "fields": fields}),
                ],
            }
        ],
    }  # fmt: skip
    roles = {"yes": "positive", "partly": "partial", "no": "negative", "unknown": "open", "na": "excluded"}
    answers = [{"id": name, "title": text(name), "role": role} for name, role in roles.items()]
    return checklist_table(checklist, [{"id": "my-answers", "answers": answers}], languages)


def _cells(table: Table, language: str) -> Iterator[list[str]]:
    yield [heading(key, language) for key in table.columns]
    kinds = words(language, "interchange")["rows"]
    for row in table.rows:
        yield [kinds[row.kind], *(row.cells.get(key, "") for key in table.columns[1:])]


def _write_table(book: Any, sheet: Any, table: Table, language: str) -> None:
    plain = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#D0D0D0"}
    title = book.add_format({**plain, "bold": True, "bg_color": "#E8EAF6"})
    body = book.add_format(plain)
    section = book.add_format({**plain, "bold": True, "bg_color": "#F5F5F5"})
    used = {key for row in table.rows for key in row.cells}
    for column, key in enumerate(table.columns):
        name = key.partition(".")[0]
        hidden = {"hidden": key not in used and name not in _ALWAYS_SHOWN}
        sheet.set_column(column, column, _WIDTHS.get(name, 16), body, hidden)
    for number, texts in enumerate(_cells(table, language)):
        kind = table.rows[number - 1].kind if number else ""
        style = title if not number else section if kind in ("checklist", "section", "answer-set") else body
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text, style)
    kinds = list(words(language, "interchange")["rows"].values())
    choices = {0: kinds, **{table.columns.index(key): list(list_) for key, list_ in _CHOICES.items()}}
    for column, allowed in choices.items():
        sheet.data_validation(
            1, column, MAX_ROWS, column, {"validate": "list", "source": allowed, "error_type": "warning"}
        )
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(0)


def _write_help(book: Any, sheet: Any, language: str) -> None:
    texts = words(language, "interchange")
    strong, body = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    rows = [(texts["columns"][column], texts["column-help"][column]) for column in COLUMNS]
    rows += [(texts["hidden"]["title"], texts["hidden"]["text"]), ("", ""), (texts["columns"]["row"], "")]
    rows += [(texts["rows"][kind], texts["row-help"][kind]) for kind in ROW_KINDS]
    for number, (name, explanation) in enumerate(rows):
        sheet.write_string(number, 0, name, strong)
        sheet.write_string(number, 1, explanation, body)
