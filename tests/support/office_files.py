"""Small Word and Excel files, made of their XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of ``parts``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def part_of(raw: bytes, name: str) -> str:
    """A part of a ZIP file as text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of Word with a run for each text, each in bold."""
    texts = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{style}{texts}</w:p>"


def table(*rows: list[str]) -> str:
    """A table of Word with a paragraph in each cell."""
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(body: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with ``body``, and further or other parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_OFFICE}.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}</w:body></w:document>',
    }
    return zipped({**parts, **(more or {})})


def xlsx(rows: str, around: str = "", names: str = "") -> bytes:
    """An Excel file with one sheet called Plan.

    Args:
        rows: The elements ``row`` of the sheet, whose cells may refer to the shared strings ``{{name}}`` (0) and a text
            in two formats, ``{{na`` and ``me}}`` (1).
        around: What follows ``sheetData``.
        names: The elements ``definedName`` of the workbook.
    """
    kinds = {
        "workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings",
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_OFFICE}.spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{re.sub("s/.*", "", name)}" Target="{name}.xml"/>'
        for number, name in enumerate(("worksheets/sheet1", "styles", "sharedStrings"), 1)
    )
    return zipped(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_EXCEL}" xmlns:r="{_RELATIONS}"><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets><definedNames>{names}</definedNames></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
            "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_EXCEL}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf applyAlignment="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
            "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_EXCEL}"><si><t>{{{{name}}}}</t></si><si><r><rPr><b/></rPr><t>{{{{na</t></r><r><t>me}}}}!</t></r></si></sst>',
            "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_EXCEL}"><sheetData>{rows}</sheetData>{around}</worksheet>',
        }
    )


def inline(reference: str, text: str, style: int = 0) -> str:
    """A cell of Excel with a text."""
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'
