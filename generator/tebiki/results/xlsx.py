"""Export as workbooks (XLSX): one assessment, or the counts over many."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

import xlsxwriter

from tebiki.locales import words
from tebiki.model.figure_table import FIGURE_COLUMNS
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import (
    ACTION_COLUMN_WIDTHS,
    ACTION_COLUMNS,
    ANSWER_COLUMN_WIDTHS,
    MAX_CELL_LENGTH,
    PROVENANCE_COLUMN_WIDTHS,
)
from tebiki.results.aggregate_values import FILE_COLUMNS, Aggregate
from tebiki.results.aggregate_view import (
    grouped_counts,
    joined_rows,
    skipped_reasons,
    titles_of_answers,
    withholding_notes,
)
from tebiki.results.assessment_view import AssessmentView
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.export import answer_rows, provenance
from tebiki.results.list_features import feature_columns

Sheet = tuple[str, Sequence[Sequence[Any]], Sequence[int]]  # name, rows with their heading, widths

_GROUPS = ("sections", "levels", "items", "kinds", "rounds", "joined")
_NO_TIME = datetime.datetime(2000, 1, 1)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xlsx(view: AssessmentView) -> bytes:
    """Return a workbook with the answers, the action plan if there is one, and the provenance."""
    texts = view.texts
    names = texts["sheets"]
    widths = (*ANSWER_COLUMN_WIDTHS, *(width for _column, width in feature_columns(view.version)))
    sheets: list[Sheet] = [(names["answers"], answer_rows(view), widths)]
    if view.record["actions"]:
        heading = [texts["actions"][column] for column in ACTION_COLUMNS]
        states = texts["action-states"]
        actions = [
            [action["item"], action["text"], action["owner"], action["due"], states[action["state"]]]
            for action in view.record["actions"]
        ]
        sheets.append((names["actions"], [heading, *actions], ACTION_COLUMN_WIDTHS))
    sheets.append((names["about"], [(view.title, ""), *provenance(view)], PROVENANCE_COLUMN_WIDTHS))
    return workbook(sheets)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook.

    Texts are written as texts, never as formulas or links; integers are written as numbers. The file does not
    record when it was made: the same data gives the same bytes.

    Args:
        sheets: Name, rows with the heading first, and widths of the columns (in characters) of each sheet.

    Returns:
        The content of the XLSX file.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
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
    return stream.getvalue()


def aggregate_xlsx(aggregate: Aggregate, handbook: Handbook, language: str) -> bytes:
    """Return a workbook of the counts over many results.

    Args:
        aggregate: The counts and the files that are skipped.
        handbook: The handbook that the counts were made with.
        language: The language of the titles.

    Returns:
        The content of the XLSX file, with a sheet for each way of grouping, the plain counts, the files that are
        counted, and the files that are skipped.
    """
    texts = words(language, "result")
    columns, names = texts["columns"], texts["sheets"]
    tables: dict[str, list[list[Any]]] = {group: [] for group in _GROUPS}
    newest = {version.checklist.id: version for version in checklist_versions(handbook)}
    for version in newest.values():
        counts = [count for count in aggregate.counts if count.checklist == version.checklist.id]
        if not counts:
            continue
        title = version.checklist.head.title[language]
        of_rounds = [count for count in aggregate.joined if count.checklist == version.checklist.id]
        answers = titles_of_answers((*counts, *of_rounds), version, handbook, language)
        groups = grouped_counts(counts, version, handbook, language)
        if joined := joined_rows(aggregate, version.checklist.id, language):
            groups["joined"] = joined
        for group, rows in groups.items():
            tables[group].append([title, *answers.values(), columns["total"]])
            tables[group] += [
                [name, *(tally.shown(answer) for answer in answers), tally.shown_total()]
                for name, tally in rows
            ]
            tables[group].append([])
    notes = [
        [f"{newest[checklist.checklist].checklist.head.title[language]}: {note}"]
        for checklist in aggregate.checklists
        for note in withholding_notes(aggregate, checklist, language)
    ]
    tables["sections"][:0] = [*notes, *([[]] if notes else [])]
    sheets: list[Sheet] = [
        (texts["aggregate"][group], rows, (60, *[14] * 12))
        for group, rows in tables.items()
        if rows or group not in ("levels", "joined")
    ]
    count_rows = [
        [*astuple(count)[:-2], "*" if count.withheld else "", count.at_least] for count in aggregate.counts
    ]
    heading = [columns[column] for column in FIGURE_COLUMNS]
    sheets.append((names["counts"], [heading, *count_rows], (24, 10, 20, 20, 30, 8, 20, 10, 10, 10)))
    file_rows = [[getattr(file, column) for column in FILE_COLUMNS] for file in aggregate.files]
    heading = [columns[column] for column in FILE_COLUMNS]
    sheets.append((names["files"], [heading, *file_rows], (24, 10, 10, 20, 14, 10)))
    skipped_rows = [
        [file, reason] for file, reasons in skipped_reasons(aggregate, language) for reason in reasons
    ]
    heading = [columns["file"], columns["reason"]]
    sheets.append((names["left-out"], [heading, *skipped_rows], (50, 100)))
    return workbook(sheets)
