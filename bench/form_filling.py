"""Measures how long Chromium takes to fill a Word form of 13 tables for each of 5 researchers."""

from __future__ import annotations

import base64
import io
import statistics
import zipfile
from pathlib import Path

from playwright.sync_api import Browser

TABLES, RESEARCHERS, ROWS, FIELDS, PARAGRAPHS = 13, 5, 20, 6, 300
SECONDS = 2.0
"""The limit for all documents of the form, in seconds."""
_TIMES = 5
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FILL = """async ({form, mapping, tables, researchers, rows, fields}) => {
  const begin = performance.now();
  const opened = await tebikiForms.Form.open(Uint8Array.from(atob(form), (c) => c.charCodeAt(0)), "docx", mapping);
  const row = (table, index) => new Map(Array.from({length: fields}, (_, field) => [`t${table}-f${field}`, `回答 ${index}\\n<${field}>`]));
  let bytes = 0;
  for (let researcher = 0; researcher < researchers; researcher += 1) {
    const values = Array.from({length: tables}, (_, table) => [`t${table}`, Array.from({length: rows}, (_, index) => row(table, index))]);
    bytes += opened.fill({texts: new Map([["name", "研究者"]]), rows: new Map(values), numbers: new Set()}).length;
  }
  return [(performance.now() - begin) / 1000, bytes];
}"""


def print_filling(browser: Browser, bundles: Path) -> None:
    """Print the median time of filling the form, against its limit."""
    page = browser.new_page()
    page.add_script_tag(path=bundles / "checklist-forms.js")
    marks = {
        f"t{table}-f{field}": {"question": f"t{table}", "field": f"f{field}"}
        for table in range(TABLES)
        for field in range(FIELDS)
    }
    data = {
        "form": base64.b64encode(_form()).decode(),
        "mapping": {"marks": {"name": {"assessment": "label"}, **marks}},
        "tables": TABLES,
        "researchers": RESEARCHERS,
        "rows": ROWS,
        "fields": FIELDS,
    }
    times = []
    for _time in range(_TIMES):
        seconds, size = page.evaluate(_FILL, data)
        times.append(seconds)
    page.close()
    median = statistics.median(times)
    print(
        f"Word form, {TABLES} tables of {ROWS} rows for {RESEARCHERS} researchers: {median:.2f} s, {size:,} bytes:"
        f" {median / SECONDS:.3f} of the {SECONDS:.0f} s that it may take"
    )


def _form() -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:rPr><w:sz w:val='20'/></w:rPr><w:t>{text}</w:t></w:r></w:p>"

    def row(cells: list[str]) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"

    tables = "".join(
        "<w:tbl>"
        + row([f"欄 {field}" for field in range(FIELDS)])
        + row([f"{{{{t{table}-f{field}}}}}" for field in range(FIELDS)])
        + "</w:tbl>"
        + paragraph("説明")
        for table in range(TABLES)
    )
    body = paragraph("{{name}}") + tables + paragraph("説明の文です。") * PARAGRAPHS
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        )
    return stream.getvalue()
