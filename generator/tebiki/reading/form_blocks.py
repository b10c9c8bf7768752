"""Where marks can stand in a Word or Excel file: paragraphs and cells, with the row of a table that holds them.

``browser/tools/form-blocks.ts`` does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.dom.minidom import Document, Element, Node

from tebiki.model.form_template import MARK
from tebiki.model.message import Message
from tebiki.reading.office_xml import EXCEL, WORD, ancestor, clear, create_like, elements, parse_part, text_of

#: The parts whose texts are filled.
_FILLED = {
    "docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"),
    "xlsx": re.compile(r"xl/worksheets/[^/]+\.xml"),
}
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True)
class Block:
    """A paragraph or a cell.

    Attributes:
        element: The element of the paragraph or the cell.
        texts: The elements that hold its text, in order: a mark can be split over them.
        row: The innermost row of a table that it is in.
        where: Its place for a message, such as "word/document.xml, paragraph 3".
    """

    element: Element
    texts: tuple[Element, ...]
    row: Element | None
    where: Message | str = ""

    @property
    def text(self) -> str:
        """Its text without formatting."""
        return "".join(map(text_of, self.texts))

    @property
    def marks(self) -> list[str]:
        """The names of its marks, in order."""
        return MARK.findall(self.text)

    @property
    def is_broken(self) -> bool:
        """Whether it has double braces that are no mark, such as one that goes on in the next paragraph."""
        return re.search(r"\{\{|\}\}", MARK.sub("", self.text)) is not None


def filled_parts(parts: Mapping[str, bytes], kind: str) -> dict[str, Document]:
    """Return the XML of the parts that marks can stand in, by name.

    Args:
        parts: The parts of the file, as ``read_office_file`` returns them.
        kind: ``docx`` or ``xlsx``. Cells of a workbook that share a text with marks get a copy of it.
    """
    documents = {
        name: parse_part(content) for name, content in parts.items() if _FILLED[kind].fullmatch(name)
    }
    if kind == "xlsx":
        for document in documents.values():
            _number_cells(document)
    if kind == "xlsx" and _STRINGS in parts:
        strings = [
            string
            for string in elements(parse_part(parts[_STRINGS]), EXCEL, "si")
            if string.parentNode and string.parentNode.localName == "sst"
        ]
        for document in documents.values():
            _copy_shared_strings(document, strings)
    return documents


def blocks(root: Document | Element, kind: str, part: str = "") -> list[Block]:
    """Return the paragraphs or cells inside ``root`` that hold double braces."""
    find = _paragraphs if kind == "docx" else _cells
    return [block for block in find(root, part) if re.search(r"\{\{|\}\}", block.text)]


def _paragraphs(root: Document | Element, part: str) -> Iterator[Block]:
    texts: dict[Element, list[Element]] = {}
    for text in elements(root, WORD, "t"):
        paragraph = ancestor(text, WORD, "p")
        if paragraph is not None:
            texts.setdefault(paragraph, []).append(text)
    for number, paragraph in enumerate(elements(root, WORD, "p"), 1):
        if paragraph in texts:
            row = ancestor(paragraph, WORD, "tr")
            yield Block(
                paragraph,
                tuple(texts[paragraph]),
                row,
                Message("reading.form-blocks.paragraph", part=part, number=number),
            )


def _cells(root: Document | Element, part: str) -> Iterator[Block]:
    for cell in elements(root, EXCEL, "c"):
        texts = [
            text
            for inline in elements(cell, EXCEL, "is")
            for text in elements(inline, EXCEL, "t")
            if ancestor(text, EXCEL, "rPh") is None
        ]
        if texts:
            yield Block(
                cell,
                tuple(texts),
                ancestor(cell, EXCEL, "row"),
                Message("reading.form-blocks.cell", part=part, cell=cell.getAttribute("r")),
            )


def _number_cells(sheet: Document) -> None:
    """Write the references that a row or a cell may leave out."""
    number = 0
    for row in elements(sheet, EXCEL, "row"):
        number = int(row.getAttribute("r") or number + 1)
        row.setAttribute("r", str(number))
        column = 0
        for cell in elements(row, EXCEL, "c"):
            letters = cell.getAttribute("r").rstrip("0123456789")
            column = _column(letters) if letters else column + 1
            cell.setAttribute("r", f"{letters or _letters(column)}{number}")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    rest, last = divmod(column - 1, 26)
    return (_letters(rest) if rest else "") + chr(65 + last)


def _copy_shared_strings(sheet: Document, strings: list[Element]) -> None:
    for cell in elements(sheet, EXCEL, "c"):
        index = "".join(map(text_of, elements(cell, EXCEL, "v")))
        if cell.getAttribute("t") != "s" or not index.isdecimal() or int(index) >= len(strings):
            continue
        string = strings[int(index)]
        if not any("{" in text_of(text) or "}" in text_of(text) for text in elements(string, EXCEL, "t")):
            continue
        inline = create_like(cell, "is")
        for child in string.childNodes:
            if child.nodeType == Node.ELEMENT_NODE and child.localName in ("t", "r"):
                inline.appendChild(sheet.importNode(child, True))
        clear(cell)
        cell.appendChild(inline)
        cell.setAttribute("t", "inlineStr")
