"""A form may come from anybody: what it could do is refused, with what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from english import raises
from office_files import docx, paragraph, xlsx, zipped
from tebiki.reading import office_file
from tebiki.reading.office_file import OfficeFileError, read_office_file

_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{}" Target="{}" TargetMode="External"/></Relationships>'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
BODY = paragraph("{{name}}")
REFUSED = {
    "no ZIP file": (b"plain text", "it is no Word file"),
    "a PDF": (b"%PDF-1.7", "it is no Word file"),
    "a cut-off file": (docx(BODY)[:-40], "it is no Word file"),
    "a workbook": (xlsx(""), "it is no Word file"),
    "any ZIP file": (zipped({"a.txt": "a"}), "it is no Word file"),
    "a macro": (docx(BODY, {"word/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (
        docx(BODY, {"[Content_Types].xml": "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"}),
        "macros",
    ),
    "an ActiveX control": (docx(BODY, {"word/activeX/activeX1.xml": "<a/>"}), "embedded programs"),
    "an embedded file": (docx(BODY, {"word/embeddings/a.bin": b"x"}), "embedded programs"),
    "a DOCTYPE": (docx(BODY, {"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DOCTYPE"),
    "UTF-16": (docx(BODY, {"word/styles.xml": "<!DOCTYPE a><a/>".encode("utf-16")}), "not in UTF-8"),
    "broken XML": (docx(BODY, {"word/document.xml": "<a><b></a>"}), "no well-formed XML"),
    "deep XML": (docx(BODY, {"word/styles.xml": "<a>" * 5_000 + "</a>" * 5_000}), "nested"),
    "a template from elsewhere": (
        docx(BODY, {"word/_rels/settings.xml.rels": _RELATIONS.format(_TEMPLATE, "https://example.org/a.dotm")}),
        "from outside itself",
    ),
    "a field that runs a program": (
        docx("<w:p><w:r><w:instrText>DDEA</w:instrText></w:r><w:r><w:instrText>UTO c:\\cmd.exe</w:instrText></w:r></w:p>"),
        "a field that loads something",
    ),
    "a simple field": (docx('<w:p><w:fldSimple w:instr="INCLUDETEXT a.docx"/></w:p>'), "a field that loads something"),
    "a link to a file": (
        docx(BODY, {"word/_rels/document.xml.rels": _RELATIONS.format(_LINK, "file:///etc/passwd")}),
        "from outside itself",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    raw, reason = REFUSED[name]
    with raises(OfficeFileError, match=reason):
        read_office_file(raw, "docx")


def test_a_zip_bomb() -> None:
    bomb = docx(BODY, {"word/media/a.bmp": b"\0" * 15_000_000})
    with raises(OfficeFileError, match="times its size"):
        read_office_file(bomb, "docx")


def test_a_part_that_is_larger_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = docx(BODY, {"word/media/a.bmp": b"\0" * 50_000})
    lying = raw.replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != raw
    with raises(OfficeFileError, match="damaged"):
        read_office_file(lying, "docx")


def test_two_parts_of_one_name() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = _twice()
    with raises(OfficeFileError, match="same name"):
        read_office_file(raw, "docx")


def _twice() -> bytes:
    stream = io.BytesIO(docx(BODY))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", "<a/>")
    return stream.getvalue()


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_file, "MAX_PARTS", 3)
    with raises(OfficeFileError, match="parts"):
        read_office_file(docx(BODY, {"a.xml": "<a/>"}), "docx")


def test_a_link_to_a_page_is_harmless() -> None:
    relations = _RELATIONS.format(_LINK, "https://example.org/")
    assert "word/_rels/document.xml.rels" in read_office_file(
        docx(BODY, {"word/_rels/document.xml.rels": relations}), "docx"
    )
