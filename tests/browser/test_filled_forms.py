"""Word and Excel forms filled in the browser are those of the command line, part by part."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from axe import violations
from example_handbook import EXAMPLES, PROJECT, tebiki
from form import Form
from form_tools import PAGE, download_bytes, open_tool
from office_files import docx, inline, paragraph, table, xlsx
from playwright.sync_api import Page, expect
from tebiki.model.content_file import ContentFile
from tebiki.model.diagnostics import Place
from tebiki.model.form_template import FormTemplate
from tebiki.reading.load import load
from tebiki.results.fill_form import fill_form
from tebiki.results.form_values import FormDocument

VECTORS = json.loads((PROJECT / "tests" / "vectors" / "form-values.json").read_text(encoding="utf-8"))
AT = Place("templates/any/form.yml")
MARKS = {
    "task": {"question": "helpers", "field": "task"},
    "sort": {"question": "notices", "field": "sort"},
    "name": {"question": "purpose"},
}
DOCUMENT = FormDocument(
    {"name": "<&>\r\n{{task}} \x00"},
    {"helpers": [{"task": task} for task in ("=1+1", "", "_x0041_\n2")], "notices": [{"sort": "a"}, {"sort": "7"}]},
    frozenset({"sort"}),
)  # fmt: skip
_MERGED = '<mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="A3:C3"/></mergeCells>'
_NAMES = '<definedName name="_xlnm.Print_Area" localSheetId="0">Plan!$A$1:$C$4</definedName>'
#: Forms with what makes filling hard: marks in several runs, two repeated rows, merged cells, shared texts.
FORMS = {
    "docx": docx(
        paragraph("{{na", "me}} and {{name", "}}")
        + table(["{{name}}", "{{task}}"], ["end", "{{sort}}"])
        + '<w:tbl><w:tr w14:paraId="1"><w:tc><w:p><w:bookmarkStart w:id="0" w:name="a"/><w:r><w:t>{{sort}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    ),
    "xlsx": xlsx(
        f'<row r="1">{inline("A1", "{{task}}")}{inline("B1", "x")}</row><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        f'<row r="3">{inline("A3", "{{sort}}")}</row><row r="4">{inline("A4", "{{name}}", 1)}</row>',
        _MERGED,
        _NAMES,
    ),
}
FILL = """async ({form, kind, mapping, document}) => {
  const texts = (plain) => new Map(Object.entries(plain));
  const rows = new Map(Object.entries(document.rows).map(([id, list]) => [id, list.map(texts)]));
  const opened = await tebikiForms.Form.open(Uint8Array.fromBase64?.(form) ?? Uint8Array.from(atob(form), (c) => c.charCodeAt(0)), kind, mapping);
  const filled = opened.fill({texts: texts(document.texts), rows, numbers: new Set(document.numbers)});
  if (!await opened.reads(filled)) throw new Error("it cannot be read again");
  return btoa([...filled].map((byte) => String.fromCharCode(byte)).join(""));
}"""


def parts(raw: bytes) -> dict[str, str | bytes]:
    """The parts of a file by name, XML in canonical form."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    return {
        name: ElementTree.canonicalize(content.decode()) if name.endswith((".xml", ".rels")) else content
        for name, content in contents.items()
    }


def filled_in_browser(page: Page, template: FormTemplate, document: FormDocument) -> bytes:
    form = template.form("en")
    assert form is not None
    plain = {"texts": document.texts, "rows": document.rows, "numbers": list(document.numbers)}
    mapping = {key: template.data[key] for key in ("each", "marks") if key in template.data}
    data = {
        "form": base64.b64encode(form.raw).decode(),
        "kind": form.path.rpartition(".")[2],
        "mapping": mapping,
        "document": plain,
    }
    return base64.b64decode(page.evaluate(FILL, data))


def test_forms_filled_in_the_browser_are_those_of_the_command_line(
    library: str, page: Page, minimal: Path, tmp_path: Path
) -> None:
    file = tmp_path / "result.json"
    file.write_text(json.dumps(VECTORS[0]["record"]), encoding="utf-8")
    form = Form(page).open(library, "en", PAGE)
    form.load(file)
    open_tool(form, "fill")
    for template, ending in (("workshop-plan-word", "docx"), ("workshop-plan-excel", "xlsx")):
        out = tmp_path / f"out.{ending}"
        assert (
            tebiki(
                minimal, "result", "fill", file, "--template", template, "-o", out, "--lang", "en"
            ).exit_code
            == 0
        )
        assert parts(download_bytes(form, f"fill-{template}")) == parts(out.read_bytes())
    assert violations(page) == []
    templates = {template.id: template for template in load(EXAMPLES / "valid" / "minimal")[0].form_templates}
    compared = 0
    for vector in VECTORS[::4]:  # one for each template; the units compare the values of all
        for template in templates.values():
            if template.data["marks"] == vector["mapping"]["marks"]:
                for document in vector["documents"]:
                    values = FormDocument(document["texts"], document["rows"], frozenset(document["numbers"]))
                    assert parts(filled_in_browser(page, template, values)) == parts(
                        fill_form(template, "en", values)
                    )
                    compared += 1
    assert compared == 2
    for kind, raw in FORMS.items():
        data: dict[str, Any] = {"marks": MARKS}
        any_template = FormTemplate("any", data, AT, (ContentFile(f"any/form.{kind}", raw, AT),))
        in_browser = parts(filled_in_browser(page, any_template, DOCUMENT))
        assert in_browser == parts(fill_form(any_template, "en", DOCUMENT))
    expect(form.control("status")).to_contain_text("workshop-plan-excel.xlsx")
