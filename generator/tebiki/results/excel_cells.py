"""Writes texts and numbers into the cells of a form in Excel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.dom.minidom import Document, Element

from tebiki.model.message import Message, MessageError
from tebiki.model.shared_constants import MAX_CELL_LENGTH
from tebiki.model.spreadsheet_text import escape_formula
from tebiki.reading.form_blocks import Block
from tebiki.reading.office_xml import (
    EXCEL,
    clear,
    copy_of,
    create_like,
    elements,
    parent_of,
    parse_part,
    set_text,
)

#: A number that is written in one way only, and that no cell rounds.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?")
_ESCAPED = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)"
)  # spreadsheets read _x000D_ as a character (ECMA-376, 22.9.2.19)


class TextTooLong(MessageError, ValueError):
    """A text is longer than a cell holds; the message is the place of the cell."""


class QuotedStyles:
    """Styles of cells whose texts stay texts when somebody edits them (``quotePrefix``, ECMA-376, 18.8.45).

    Attributes:
        xml: The part of the styles, once it has been changed.
    """

    def __init__(self, raw: bytes | None) -> None:
        self._raw = raw
        self._quoted: dict[str, str] = {}
        self.xml: Document | None = None

    def quoted(self, style: str) -> str:
        """Return the number of the style that is like ``style`` and keeps texts."""
        if self._raw is None:
            return style
        if style not in self._quoted:
            self.xml = self.xml or parse_part(self._raw)
            self._quoted[style] = self._add(self.xml, style)
        return self._quoted[style]

    def _add(self, xml: Document, style: str) -> str:
        for formats in elements(xml, EXCEL, "cellXfs"):
            known = [child for child in elements(formats, EXCEL, "xf") if parent_of(child) is formats]
            index = int(style or "0")
            if index < len(known):
                quoted = copy_of(known[index])
                quoted.setAttribute("quotePrefix", "1")
                formats.appendChild(quoted)
                formats.setAttribute("count", str(len(known) + 1))
                return str(len(known))
        return style


def set_cell(block: Block, filled: Sequence[str], is_number: bool, styles: QuotedStyles) -> None:
    """Write the content of a cell: a number, a text that no program takes for a formula, or nothing.

    Args:
        block: The cell.
        filled: The content of each of its texts.
        is_number: Whether the cell holds the answer to a question for a number, and nothing else.
        styles: The styles of the workbook.

    Raises:
        TextTooLong: The text is longer than a cell holds.
    """
    cell, whole = block.element, "".join(filled)
    if whole == "" or (is_number and _NUMBER.fullmatch(whole)):
        _set_number(cell, whole)
        return
    if len(whole.encode("utf-16-le")) // 2 > MAX_CELL_LENGTH:
        raise TextTooLong(Message("common.text", text=block.where))
    for text, content in zip(block.texts, filled, strict=True):
        text.setAttribute("xml:space", "preserve")
        set_text(text, _ESCAPED.sub("_x005F_", content))
    if escape_formula(whole) != whole:
        cell.setAttribute("s", styles.quoted(cell.getAttribute("s")))


def _set_number(cell: Element, number: str) -> None:
    clear(cell)
    cell.removeAttribute("t")
    if number:
        value = create_like(cell, "v")
        set_text(value, number)
        cell.appendChild(value)
