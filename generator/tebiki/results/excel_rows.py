"""Repeats rows of a sheet of Excel, and moves what stands below or around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import basename
from xml.dom.minidom import Document, Element

from tebiki.reading.office_xml import (
    EXCEL,
    copy_of,
    elements,
    parent_of,
    parse_part,
    serialize,
    set_text,
    text_of,
)

_CELL = re.compile(r"(?P<column>\$?[A-Z]{1,3}\$?)(?P<row>[0-9]+)")
_WORKBOOK, _RELATIONSHIPS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
#: The attributes of elements of a sheet that name cells.
_REFERENCES = (
    ("dataValidation", "sqref"), ("conditionalFormatting", "sqref"), ("autoFilter", "ref"), ("hyperlink", "ref"),
    ("dimension", "ref"),
)  # fmt: skip


def repeat_row(sheet: Document, row: Element, copies: Sequence[Element]) -> None:
    """Put ``copies`` in the place of ``row``, and move the rows below."""
    number, more = int(row.getAttribute("r")), len(copies) - 1
    for other in elements(sheet, EXCEL, "row"):
        if int(other.getAttribute("r")) > number:
            _renumber(other, int(other.getAttribute("r")) + more)
    for index, copy in enumerate(copies):
        _renumber(copy, number + index)
        parent_of(row).insertBefore(copy, row)
    parent_of(row).removeChild(row)
    for name, attribute in _REFERENCES:
        for element in elements(sheet, EXCEL, name):
            element.setAttribute(attribute, _moved(element.getAttribute(attribute), number, more))
    for page_break in elements(sheet, EXCEL, "brk"):
        if parent_of(page_break).localName == "rowBreaks" and int(page_break.getAttribute("id")) >= number:
            page_break.setAttribute("id", str(int(page_break.getAttribute("id")) + more))
    for merged in elements(sheet, EXCEL, "mergeCells"):
        _repeat_merges(merged, number, more)


def move_defined_names(parts: dict[str, bytes], part: str, shifts: Sequence[tuple[int, int]]) -> None:
    """Move the print area and other names of cells of a sheet.

    Args:
        parts: The parts of the workbook.
        part: The part of the sheet.
        shifts: The rows that were repeated and the number of their copies, from the last to the first.
    """
    workbook = parse_part(parts[_WORKBOOK])
    targets = {
        relation.getAttribute("Id"): basename(relation.getAttribute("Target"))
        for relation in parse_part(parts[_RELATIONSHIPS]).getElementsByTagNameNS("*", "Relationship")
    }
    names = {
        sheet.getAttribute("name")
        for sheet in elements(workbook, EXCEL, "sheet")
        if targets.get(sheet.getAttribute("r:id")) == basename(part)
    }
    changed = False
    for defined in elements(workbook, EXCEL, "definedName"):
        sheet_name, _, reference = text_of(defined).rpartition("!")
        if sheet_name.strip("'").replace("''", "'") in names and "," not in text_of(defined):
            for number, count in shifts:
                reference = _moved(reference, number, count - 1)
            set_text(defined, f"{sheet_name}!{reference}")
            changed = True
    if changed:
        parts[_WORKBOOK] = serialize(workbook)


def _renumber(row: Element, number: int) -> None:
    row.setAttribute("r", str(number))
    for cell in elements(row, EXCEL, "c"):
        cell.setAttribute("r", _CELL.sub(rf"\g<column>{number}", cell.getAttribute("r")))


def _moved(references: str, number: int, more: int) -> str:
    """Cells and ranges after row ``number`` got ``more`` further rows; a range that ends with it grows."""

    def move(reference: str) -> str:
        first, _, last = reference.partition(":")
        start = _CELL.sub(lambda match: _down(match, number + 1, more), first)
        return f"{start}:{_CELL.sub(lambda match: _down(match, number, more), last)}" if last else start

    return " ".join(map(move, references.split(" ")))


def _down(match: re.Match[str], first: int, more: int) -> str:
    row = int(match["row"])
    return f"{match['column']}{row + more if row >= first else row}"


def _repeat_merges(merged: Element, number: int, more: int) -> None:
    for cell in list(elements(merged, EXCEL, "mergeCell")):
        reference = cell.getAttribute("ref")
        if {int(match["row"]) for match in _CELL.finditer(reference)} == {number}:
            for index in range(1, more + 1):
                copy = copy_of(cell)
                copy.setAttribute("ref", _CELL.sub(rf"\g<column>{number + index}", reference))
                merged.appendChild(copy)
        else:
            cell.setAttribute("ref", _moved(reference, number, more))
    merged.setAttribute("count", str(len(elements(merged, EXCEL, "mergeCell"))))
