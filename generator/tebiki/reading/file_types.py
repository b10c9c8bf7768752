"""Whether the bytes of a picture or an attachment are of the type that its ending names."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

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
_NOT_OF_TYPE = "its content is no {}: save it in this format, or give it the ending of its own"
_CUT_OFF = "it is cut off, or something follows its end: save it anew"


def type_problem(ending: str, raw: bytes) -> tuple[int, str] | None:
    """Find why a file is not what its ending says, or would not be shown or opened.

    Args:
        ending: One of the endings of files, without the dot, except ``svg``.
        raw: The content of the file.

    Returns:
        A line and what is wrong there, with the remedy; None where the file is in order.
    """
    return _PROBLEM[ending](raw)


def _png(raw: bytes) -> tuple[int, str] | None:
    # Portable Network Graphics (W3C), sections 5.2 and 11.2.1
    if not raw.startswith(_PNG_START) or len(raw) < 24:
        return 1, _NOT_OF_TYPE.format("PNG")
    if not raw.endswith(_PNG_END):
        return 1, _CUT_OFF
    return _pixel_problem(struct.unpack(">II", raw[16:24]))


def _jpeg(raw: bytes) -> tuple[int, str] | None:
    size = _jpeg_size(raw) if raw.startswith(b"\xff\xd8\xff") else None
    return _pixel_problem(size) if size else (1, _NOT_OF_TYPE.format("JPEG"))


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


def _webp(raw: bytes) -> tuple[int, str] | None:
    # RFC 9649
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP" or len(raw) < 30:
        return 1, _NOT_OF_TYPE.format("WebP")
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
            return 1, _NOT_OF_TYPE.format("WebP")
    return _pixel_problem(size)


def _css(raw: bytes) -> tuple[int, str] | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return 1, _NOT_OF_TYPE.format("CSS in UTF-8")
    if foreign := _FOREIGN_STYLE.search(text):
        line = text.count("\n", 0, foreign.start()) + 1
        return line, "the policy of the pages blocks what comes from another host: put the file beside this"
    return None


def _woff2(raw: bytes) -> tuple[int, str] | None:
    # WOFF File Format 2.0 (W3C), section 4.1
    return None if raw.startswith(b"wOF2") else (1, _NOT_OF_TYPE.format("WOFF2"))


def _pixel_problem(size: tuple[int, ...]) -> tuple[int, str] | None:
    width, height = size
    if not width or not height:
        return 1, "it has no width or no height: save it anew"
    if width * height > MAX_PIXELS:
        return 1, f"{width:,} × {height:,} pixels are more than the {MAX_PIXELS:,} allowed: make it smaller"
    return None


def _pdf(raw: bytes) -> tuple[int, str] | None:
    if not raw.startswith(b"%PDF-"):
        return 1, _NOT_OF_TYPE.format("PDF")
    return None if b"%%EOF" in raw[-1024:] else (1, _CUT_OFF)


def _office(folder: str, name: str) -> Callable[[bytes], tuple[int, str] | None]:
    def problem(raw: bytes) -> tuple[int, str] | None:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
            entries = []
        names = {entry.filename for entry in entries}
        if "[Content_Types].xml" not in names or not any(path.startswith(folder) for path in names):
            return 1, _NOT_OF_TYPE.format(name)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            return 1, "it is encrypted: save it without a password"
        if any(path.lower().endswith("vbaproject.bin") for path in names):
            return 1, "it holds macros: save it without them"
        return None

    return problem


def _csv(raw: bytes) -> tuple[int, str] | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return line, "it is not in UTF-8: save it as CSV UTF-8"
    if control := _CONTROL.search(text):
        return text.count("\n", 0, control.start()) + 1, _NOT_OF_TYPE.format("CSV")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            if formula := next((cell for cell in row if _FORMULA.match(cell)), None):
                return reader.line_num, (
                    f"a spreadsheet program would run {formula.strip()[:20]} as a formula: write its result"
                )
    except csv.Error as error:
        return max(reader.line_num, 1), f"it cannot be read as CSV ({error}): save it anew"
    return None


_PROBLEM: Mapping[str, Callable[[bytes], tuple[int, str] | None]] = {
    "css": _css,
    "csv": _csv,
    "docx": _office("word/", "Word document"),
    "jpeg": _jpeg,
    "jpg": _jpeg,
    "pdf": _pdf,
    "png": _png,
    "webp": _webp,
    "woff2": _woff2,
    "xlsx": _office("xl/", "Excel workbook"),
}
