"""Whether the bytes of a picture or an attachment are of the type that its ending names."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

from tebiki.model.message import Message

#: The most that a picture may have: a browser needs four bytes of memory for each pixel.
MAX_PIXELS = 50_000_000
_ENCRYPTED = 1  # the flag of an entry of a ZIP file
_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x00\x00\x00IEND\xaeB`\x82"
#: The markers of JPEG that begin a frame and so give its size (ITU-T T.81, table B.1), and those without a length.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])
#: A cell that spreadsheet programs run; a sign before a number or a word is harmless.
_FORMULA = re.compile(r"[ \u00a0\u3000\t\r\n]*(?:[=@＝＠]|[-+－＋].*[(|!])", re.DOTALL)
#: An address on another host in a style sheet.
_FOREIGN_STYLE = re.compile(r"""(?:@import|url\()\s*["']?\s*(?:[a-z]+:)?//""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CUT_OFF = Message("reading.file-type.cut-off")


def type_problem(ending: str, raw: bytes) -> tuple[int, Message] | None:
    """Find why a file is not what its ending says, or would not be shown or opened.

    Args:
        ending: One of the endings of files, without the dot, except ``svg``.
        raw: The content of the file.

    Returns:
        A line and what is wrong there, with the remedy; None where the file is in order.
    """
    return _PROBLEM[ending](raw)


def _png(raw: bytes) -> tuple[int, Message] | None:
    # Portable Network Graphics (W3C), sections 5.2 and 11.2.1
    if not raw.startswith(_PNG_START) or len(raw) < 24:
        return 1, Message("reading.file-type.other", name="PNG")
    if not raw.endswith(_PNG_END):
        return 1, _CUT_OFF
    return _pixel_problem(struct.unpack(">II", raw[16:24]))


def _jpeg(raw: bytes) -> tuple[int, Message] | None:
    size = _jpeg_size(raw) if raw.startswith(b"\xff\xd8\xff") else None
    return _pixel_problem(size) if size else (1, Message("reading.file-type.other", name="JPEG"))


def _jpeg_size(raw: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(raw) and raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", raw[at + 5 : at + 9])
            return width, height
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in _JPEG_ALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return None


def _webp(raw: bytes) -> tuple[int, Message] | None:
    # RFC 9649
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP" or len(raw) < 30:
        return 1, Message("reading.file-type.other", name="WebP")
    if int.from_bytes(raw[4:8], "little") + 8 != len(raw):
        return 1, _CUT_OFF
    match raw[12:16]:
        case b"VP8X":
            size = tuple(1 + int.from_bytes(raw[at : at + 3], "little") for at in (24, 27))
        case b"VP8L":
            bits = int.from_bytes(raw[21:25], "little")
            size = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            size = tuple(int.from_bytes(raw[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        case _:
            return 1, Message("reading.file-type.other", name="WebP")
    return _pixel_problem(size)


def _css(raw: bytes) -> tuple[int, Message] | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return 1, Message("reading.file-type.other", name="CSS in UTF-8")
    if foreign := _FOREIGN_STYLE.search(text):
        line = text.count("\n", 0, foreign.start()) + 1
        return line, Message("reading.file-type.foreign")
    return None


def _woff2(raw: bytes) -> tuple[int, Message] | None:
    # WOFF File Format 2.0 (W3C), section 4.1
    return None if raw.startswith(b"wOF2") else (1, Message("reading.file-type.other", name="WOFF2"))


def _pixel_problem(size: tuple[int, ...]) -> tuple[int, Message] | None:
    width, height = size
    if not width or not height:
        return 1, Message("reading.file-type.no-size")
    if width * height > MAX_PIXELS:
        return 1, Message("reading.file-type.pixels", width=width, height=height, most=MAX_PIXELS)
    return None


def _pdf(raw: bytes) -> tuple[int, Message] | None:
    if not raw.startswith(b"%PDF-"):
        return 1, Message("reading.file-type.other", name="PDF")
    return None if b"%%EOF" in raw[-1024:] else (1, _CUT_OFF)


def _office(folder: str, name: str) -> Callable[[bytes], tuple[int, Message] | None]:
    def problem(raw: bytes) -> tuple[int, Message] | None:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
            entries = []
        names = {entry.filename for entry in entries}
        if "[Content_Types].xml" not in names or not any(path.startswith(folder) for path in names):
            return 1, Message("reading.file-type.other", name=name)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            return 1, Message("reading.office-file.encrypted")
        if any(path.lower().endswith("vbaproject.bin") for path in names):
            return 1, Message("reading.file-type.macros")
        return None

    return problem


def _csv(raw: bytes) -> tuple[int, Message] | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return line, Message("reading.file-type.csv-encoding")
    if control := _CONTROL.search(text):
        return text.count("\n", 0, control.start()) + 1, Message("reading.file-type.other", name="CSV")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            if formula := next((cell for cell in row if _FORMULA.match(cell)), None):
                return reader.line_num, Message("reading.file-type.formula", formula=formula.strip()[:20])
    except csv.Error as error:
        return max(reader.line_num, 1), Message("reading.file-type.csv", reason=str(error))
    return None


def _parquet(raw: bytes) -> tuple[int, Message] | None:
    # Apache Parquet, "File Format"
    if not raw.startswith(b"PAR1"):
        return 1, Message("reading.file-type.other", name="Parquet")
    return None if raw.endswith(b"PAR1") else (1, _CUT_OFF)


_PROBLEM: Mapping[str, Callable[[bytes], tuple[int, Message] | None]] = {
    "css": _css,
    "csv": _csv,
    "docx": _office("word/", "Word document"),
    "jpeg": _jpeg,
    "jpg": _jpeg,
    "parquet": _parquet,
    "pdf": _pdf,
    "png": _png,
    "webp": _webp,
    "woff2": _woff2,
    "xlsx": _office("xl/", "Excel workbook"),
}
