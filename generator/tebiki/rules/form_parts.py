"""Reads of a Word or Excel form what the rules look at."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from xml.dom.minidom import Document

from tebiki.model.message import Message
from tebiki.reading.form_blocks import Block, blocks, filled_parts
from tebiki.reading.office_file import OfficeFileError, read_office_file
from tebiki.reading.office_xml import EXCEL, elements


@dataclass(frozen=True)
class FormPart:
    """What the rules read of a part of a form.

    Attributes:
        name: The name of the part.
        blocks: Its paragraphs or cells with marks.
        is_immovable: Whether it has what would not move along when rows are repeated.
    """

    name: str
    blocks: list[Block]
    is_immovable: bool


@functools.lru_cache(maxsize=64)  # reading a form takes longer than all other rules together
def form_parts(raw: bytes, kind: str) -> list[FormPart] | Message:
    """Return the parts of the form with the bytes ``raw``, or why it cannot be read."""
    try:
        documents = filled_parts(read_office_file(raw, kind), kind)
    except OfficeFileError as error:
        return error.message
    return [
        FormPart(name, blocks(document, kind, name), kind == "xlsx" and _is_immovable(document))
        for name, document in documents.items()
    ]


def _is_immovable(document: Document) -> bool:
    return any(elements(document, EXCEL, name) for name in ("f", "tableParts", "drawing"))
