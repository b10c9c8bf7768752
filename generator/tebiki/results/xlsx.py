"""Workbooks (XLSX): of one assessment, and of the counts over many."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import (
    ACTION_COLUMN_WIDTHS,
    ACTION_COLUMNS,
    ANSWER_COLUMN_WIDTHS,
    MAX_CELL_LENGTH,
    PROVENANCE_COLUMN_WIDTHS,
)
from tebiki.results.aggregate_values import COUNT_COLUMNS, FILE_COLUMNS, Aggregate
from tebiki.results.assessment_view import AssessmentView, answer_titles
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.export import answer_rows, provenance
from tebiki.results.html_report import grouped_counts, skipped_reasons

Sheet = tuple[str, Sequence[Sequence[Any]], Sequence[int]]  # name, rows with their heading, widths

_GROUPS = ("sections", "items", "kinds", "rounds")
_NO_TIME = datetime.datetime(2000, 1, 1)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xlsx(view: AssessmentView) -> bytes:
    """An XLSX file with a sheet of answers and one that says what the assessment is."""
    t = view.t
    sheets: list[Sheet] = [(t["sheets"]["answers"], answer_rows(view), ANSWER_COLUMN_WIDTHS)]
    if view.record["actions"]:
        heading = [t["actions"][name] for name in ACTION_COLUMNS]
        steps = [
            [one["item"], one["text"], one["owner"], one["due"], t["action-states"][one["state"]]]
            for one in view.record["actions"]
        ]
        sheets.append((t["sheets"]["actions"], [heading, *steps], ACTION_COLUMN_WIDTHS))
    about = [[name, text] for name, text in provenance(view)]
    sheets.append((t["sheets"]["about"], [[view.title, ""], *about], PROVENANCE_COLUMN_WIDTHS))
    return workbook(sheets)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Sheets (name, rows with the heading first, widths of the columns) as XLSX.

    Texts are written as texts, never as formulas or links; whole numbers as numbers. The file does not
    say when it was made: the same data gives the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _NO_TIME})
    heading = book.add_format({"bold": True, "bg_color": "#E8EAF6", "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows, widths in sheets:
        sheet = book.add_worksheet(name[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = body if number else heading
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell, style)
                else:
                    sheet.write_string(
                        number,
                        column,
                        _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", cell)[:MAX_CELL_LENGTH],
                        style,
                    )
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def aggregate_xlsx(found: Aggregate, handbook: Handbook, language: str) -> bytes:
    """The counts over many results: a sheet for each way of counting, the plain counts, what is left out."""
    t = words(language, "result")
    names = t["columns"]
    tables: dict[str, list[list[Any]]] = {key: [] for key in _GROUPS}
    for form in {one.checklist.id: one for one in checklist_versions(handbook)}.values():
        counts = [one for one in found.counts if one.checklist == form.checklist.id]
        if not counts:
            continue
        answers = answer_titles(form, handbook, language, t)
        for key, rows in grouped_counts(counts, form, handbook, language).items():
            title = form.checklist.head.title[language]
            tables[key] += [[title, *answers.values(), names["total"]]]
            tables[key] += [
                [name, *(tally.get(answer, 0) for answer in answers), sum(tally.values())]
                for name, tally in rows
            ]
            tables[key].append([])
    sheets: list[Sheet] = [(t["aggregate"][key], rows, (60, *[14] * 12)) for key, rows in tables.items()]
    plain = [[getattr(one, name) for name in COUNT_COLUMNS] for one in found.counts]
    sheets.append((t["sheets"]["counts"], [[names[name] for name in COUNT_COLUMNS], *plain], (24, 10, 20, 20, 30, 8, 20, 10)))  # fmt: skip
    files = [[getattr(one, name) for name in FILE_COLUMNS] for one in found.files]
    sheets.append((t["sheets"]["files"], [[names[name] for name in FILE_COLUMNS], *files], (24, 10, 10, 20, 14, 10)))  # fmt: skip
    out = [[file, reason] for file, told in skipped_reasons(found, language) for reason in told]
    sheets.append((t["sheets"]["left-out"], [[names["file"], names["reason"]], *out], (50, 100)))
    return workbook(sheets)
