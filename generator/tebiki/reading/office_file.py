"""Reads the parts of a Word or Excel file (ECMA-376), which may come from anybody.

``browser/assessment/xlsx-parts.ts`` has the same limits.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from tebiki.model.message import Message, MessageError
from tebiki.reading.office_xml import parse_part

MAX_PARTS = 1_000
MAX_BYTES = 40_000_000
MAX_RATIO = 100  # unpacked bytes for each byte of the file; counts from 10 MB on
_RATIO_FROM = 10_000_000
_MAX_DEPTH = 200
_ENCRYPTED = 1  # the flag of an entry of a ZIP file
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_PROGRAMS = {"docx": "Word", "xlsx": "Excel"}
_ACTIVE = re.compile(
    r"vbaproject|/activex/|/embeddings/|/externallinks/|/ctrlprops/|macrosheets|/dialogsheets/|customui"
)
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_HARMLESS_ADDRESS = re.compile(r"(?:https?://|mailto:)\S*")
#: Fields of Word that run a program or load a file.
_LOADING_FIELD = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE
)
_XML_NAME = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip


class OfficeFileError(MessageError, ValueError):
    """A file is refused; the message says why and what to do."""


def read_office_file(raw: bytes, ending: str) -> dict[str, bytes]:
    """Return the parts of a Word or Excel file by their names, in their order.

    Args:
        raw: The content of the file.
        ending: ``docx`` or ``xlsx``.

    Raises:
        OfficeFileError: The file is of another kind, is encrypted, has macros or embedded programs, loads something,
            or is larger than the limits.
    """
    program = _PROGRAMS[ending]
    try:
        parts = _unpack(raw)
    except _DAMAGED as error:
        if isinstance(error, OfficeFileError):
            raise
        message = Message("reading.office-file.damaged", program=program, ending=ending)
        raise OfficeFileError(message) from error
    if "[Content_Types].xml" not in parts or _MAIN_PARTS[ending] not in parts:
        raise OfficeFileError(Message("reading.office-file.other", program=program, ending=ending))
    active = [name for name in parts if _ACTIVE.search(f"/{name.lower()}")]
    if active or _MACROS.search(parts["[Content_Types].xml"]):
        name = active[0] if active else "[Content_Types].xml"
        raise OfficeFileError(Message("reading.office-file.macros", part=name, ending=ending))
    for name, content in parts.items():
        if _XML_NAME.search(name):
            _check_xml(name, content)
            if name.endswith(".rels"):
                _check_relationships(name, content)
    return parts


def pack_office_file(parts: Mapping[str, bytes]) -> bytes:
    """Return a file of ``parts``, in their order; the same parts give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def _unpack(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise OfficeFileError(Message("reading.office-file.encrypted"))
        size = sum(entry.file_size for entry in entries)
        if (
            len(entries) > MAX_PARTS
            or size > MAX_BYTES
            or (size > _RATIO_FROM and size > MAX_RATIO * len(raw))
        ):
            raise OfficeFileError(
                Message(
                    "reading.office-file.large",
                    parts=len(entries),
                    size=size,
                    most_parts=MAX_PARTS,
                    most=MAX_BYTES,
                    ratio=MAX_RATIO,
                )
            )
        if len({entry.filename for entry in entries}) < len(entries):
            raise OfficeFileError(Message("reading.office-file.same-name"))
        # a part is read up to the size that the archive states, and its checksum is compared
        return {entry.filename: archive.read(entry) for entry in entries}


def _check_xml(name: str, content: bytes) -> None:
    depth = 0
    fields: list[str] = []
    has_fields = b"instr" in content  # in UTF-8, in which a name has no other form

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if has_fields:
            fields.extend(value for key, value in attributes.items() if key.endswith(":instr"))
            parser.CharacterDataHandler = fields.append if element.endswith(":instrText") else None
        if depth > _MAX_DEPTH:
            raise OfficeFileError(Message("reading.office-file.deep", part=name, most=_MAX_DEPTH))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_parts: object) -> None:
        raise OfficeFileError(Message("reading.office-file.doctype", part=name))

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content.decode("utf-8-sig"), True)
    except UnicodeDecodeError as error:
        raise OfficeFileError(Message("reading.office-file.encoding", part=name)) from error
    except expat.ExpatError as error:
        reason = str(expat.ErrorString(error.code))
        raise OfficeFileError(Message("reading.office-file.xml", part=name, reason=reason)) from error
    if field := _LOADING_FIELD.search("".join(fields)):
        raise OfficeFileError(Message("reading.office-file.field", part=name, field=field[0]))


def _check_relationships(name: str, content: bytes) -> None:
    for relationship in parse_part(content).getElementsByTagNameNS("*", "Relationship"):
        target = relationship.getAttribute("Target")
        is_link = relationship.getAttribute("Type").endswith("/hyperlink")
        if relationship.getAttribute("TargetMode") == "External" and not (
            is_link and _HARMLESS_ADDRESS.fullmatch(target)
        ):
            raise OfficeFileError(Message("reading.office-file.outside", target=target[:100], part=name))
