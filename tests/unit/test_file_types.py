"""Pictures and attachments are of the type that their ending names."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from english import english
from tebiki.reading.file_types import MAX_PIXELS, type_problem


def png(width: int = 3, height: int = 2) -> bytes:
    start = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
    )
    return start + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def jpeg(width: int = 3, height: int = 2) -> bytes:
    comment = b"\xff\xfe\x00\x04ab"
    return b"\xff\xd8" + comment + b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + bytes(9)


def webp(chunk: bytes, size: bytes) -> bytes:
    body = b"WEBP" + chunk + size + bytes(8)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def office(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("ending", "raw"),
    [
        ("png", png()),
        ("jpg", jpeg()),
        ("jpeg", jpeg()),
        ("webp", webp(b"VP8X", bytes(8) + b"\x02\x00\x00\x01\x00\x00")),
        ("webp", webp(b"VP8L", bytes(4) + b"\x2f\x02\x40\x00\x00")),
        ("webp", webp(b"VP8 ", bytes(10) + b"\x03\x00\x02\x00")),
        ("pdf", b"%PDF-1.7\n%%EOF\n"),
        ("docx", office("word/document.xml")),
        ("xlsx", office("xl/workbook.xml")),
        ("csv", "\ufeff名,数\r\n山,-3\r\n- 川,+1\r\n".encode()),
    ],
)
def test_a_file_of_its_type_is_published(ending: str, raw: bytes) -> None:
    assert type_problem(ending, raw) is None


@pytest.mark.parametrize(
    ("ending", "raw", "reason"),
    [
        ("png", b"", "no PNG"),
        ("png", jpeg(), "no PNG"),
        ("png", png() + b"<script>", "something follows"),
        ("png", png(0), "no width"),
        ("png", png(100_000, 100_000), "pixels"),
        ("jpg", png(), "no JPEG"),
        ("jpg", b"\xff\xd8\xff", "no JPEG"),
        ("jpg", b"\xff\xd8" + b"\xff\xfe\x00\x00" * 9, "no JPEG"),
        ("jpg", jpeg(20_000, 20_000), "pixels"),
        ("webp", b"RIFF\x00\x00\x00\x00WEBP" + bytes(40), "cut off"),
        ("webp", webp(b"ANIM", bytes(20)), "no WebP"),
        ("pdf", b"MZ" + b"%PDF-1.7\n%%EOF", "no PDF"),
        ("pdf", b"%PDF-1.7\n", "cut off"),
        ("docx", b"PK\x03\x04", "no Word"),
        ("docx", office("xl/workbook.xml"), "no Word"),
        ("xlsx", office("word/document.xml"), "no Excel"),
        ("docx", office("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("csv", b"a\x00b", "no CSV"),
        ("csv", b"a,+cmd|' /C calc'!A0\n", "as a formula"),
        ("csv", b"\xff\xfea", "UTF-8"),
    ],
)
def test_a_file_that_is_not_of_its_type_is_refused(ending: str, raw: bytes, reason: str) -> None:
    problem = type_problem(ending, raw)
    assert problem
    assert reason in english(problem[1])


def test_an_encrypted_document_is_refused() -> None:
    raw = bytearray(office("word/document.xml"))
    raw[raw.index(b"PK\x01\x02") + 8] = 1
    assert "encrypted" in str(type_problem("docx", bytes(raw)))


def test_pixels_are_counted_together() -> None:
    assert type_problem("png", png(MAX_PIXELS, 1)) is None
