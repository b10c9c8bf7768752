"""Fills a Word or Excel form with texts, in the XML of its parts, so that everything else stays as it is.

``browser/tools/fill-form.ts`` does the same. docs/dependencies.md says why neither uses a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from xml.dom.minidom import Document, Element

from tebiki.model.form_template import MARK, FormTemplate, form_kind
from tebiki.reading.form_blocks import Block, blocks, filled_parts
from tebiki.reading.office_file import pack_office_file, read_office_file
from tebiki.reading.office_xml import (
    WORD,
    copy_of,
    create_like,
    elements,
    parent_of,
    serialize,
    set_text,
    text_of,
)
from tebiki.results.excel_cells import QuotedStyles, set_cell
from tebiki.results.excel_rows import move_defined_names, repeat_row
from tebiki.results.form_values import FormDocument

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n?|\n")
_STYLES = "xl/styles.xml"
#: Attributes that identify a paragraph; two of the same make Word repair the file.
_PARAGRAPH_IDS = ("w14:paraId", "w14:textId")


def fill_form(template: FormTemplate, language: str, document: FormDocument) -> bytes:
    """Return a filled form.

    Args:
        template: The template, without errors.
        language: The language of the form.
        document: The texts.

    Returns:
        The content of the file. The same texts give the same bytes.

    Raises:
        TextTooLong: A text is longer than a cell of Excel holds.
    """
    form = template.form(language)
    assert form is not None
    kind = form_kind(form)
    parts = read_office_file(form.raw, kind)
    styles = QuotedStyles(parts.get(_STYLES))
    filler = _Filler(template, document, kind, styles)
    for name, xml in filled_parts(parts, kind).items():
        shifts = filler.fill(xml, name)
        parts[name] = serialize(xml)
        if shifts:
            move_defined_names(parts, name, shifts)
    if styles.xml:
        parts[_STYLES] = serialize(styles.xml)
    return pack_office_file(parts)


class _Filler:
    """Fills the parts of one document."""

    def __init__(
        self, template: FormTemplate, document: FormDocument, kind: str, styles: QuotedStyles
    ) -> None:
        self._template = template
        self._document = document
        self._kind = kind
        self._styles = styles

    def fill(self, xml: Document, part: str) -> list[tuple[int, int]]:
        """Fill a part; return the numbers of repeated rows of Excel with their copies, from the last to the first."""
        in_part = blocks(xml, self._kind, part)
        rows = self._repeated_rows(in_part)
        for block in in_part:
            if block.row not in rows:
                self._fill_block(block, self._document.texts)
        shifts = []
        for row, question in reversed(rows.items()):
            copies = self._copies(row, self._document.rows[question])
            if self._kind == "xlsx":
                shifts.append((int(row.getAttribute("r")), len(copies)))
                repeat_row(xml, row, copies)
            else:
                _put_in_place(row, copies)
        return shifts

    def _repeated_rows(self, in_part: Iterable[Block]) -> dict[Element, str]:
        rows: dict[Element, str] = {}
        for block in in_part:
            for mark in block.marks:
                question = self._template.row_question(mark)
                if question and block.row is not None:
                    rows[block.row] = question
        return rows

    def _copies(self, row: Element, values: Sequence[Mapping[str, str]]) -> list[Element]:
        copies = []
        for texts in values:
            copy = copy_of(row)
            for block in blocks(copy, self._kind):
                self._fill_block(block, {**self._document.texts, **texts})
            copies.append(copy)
        return copies

    def _fill_block(self, block: Block, texts: Mapping[str, str]) -> None:
        filled = [
            _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", text))
            for text in filled_texts([text_of(text) for text in block.texts], texts)
        ]
        if self._kind == "docx":
            for text, content in zip(block.texts, filled, strict=True):
                _set_word_text(text, content)
        else:
            alone = MARK.fullmatch(block.text.strip())
            is_number = alone is not None and alone[1] in self._document.numbers
            set_cell(block, filled, is_number, self._styles)


def filled_texts(parts: Sequence[str], texts: Mapping[str, str]) -> list[str]:
    """Return the parts of a text with its marks filled; a mark that is split stands where it begins."""
    joined = "".join(parts)
    marks = list(MARK.finditer(joined))
    filled: list[str] = []
    start = 0
    for part in parts:
        end, position, pieces = start + len(part), start, []
        for mark in marks:
            if mark.end() > start and mark.start() < end:
                pieces.append(joined[position : mark.start()])
                if mark.start() >= start:
                    pieces.append(texts.get(mark[1], ""))
                position = min(mark.end(), end)
        filled.append("".join([*pieces, joined[position:end]]))
        start = end
    return filled


def _set_word_text(text: Element, content: str) -> None:
    if text_of(text) == content:
        return
    first, *others = content.split("\n")
    text.setAttribute("xml:space", "preserve")
    set_text(text, first)
    after = cast("Element | None", text.nextSibling)
    for line in others:
        further = copy_of(text, deep=False)
        set_text(further, line)
        for element in (create_like(text, "br"), further):
            parent_of(text).insertBefore(element, after)


def _put_in_place(row: Element, copies: Sequence[Element]) -> None:
    for number, copy in enumerate(copies):
        if number:
            _remove_identities(copy)
        parent_of(row).insertBefore(copy, row)
    parent_of(row).removeChild(row)


def _remove_identities(row: Element) -> None:
    for element in (row, *row.getElementsByTagName("*")):
        for name in _PARAGRAPH_IDS:
            if element.hasAttribute(name):
                element.removeAttribute(name)
    for name in ("bookmarkStart", "bookmarkEnd"):
        for element in elements(row, WORD, name):
            parent_of(element).removeChild(element)
