"""LibreOffice opens filled forms, and reads the texts and tables that were put into them.

``make test`` opens two forms, in one start of LibreOffice; with TEBIKI_SOAK (``make soak``) every form of the handbook
and of the example is opened in every language, filled with random results.
"""

from __future__ import annotations

import csv
import functools
import os
import random
import subprocess
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from xml.dom.minidom import parseString

import openpyxl
import pytest
from example_handbook import EXAMPLES, PROJECT, tebiki
from office_files import part_of
from patience import BUILD_SECONDS
from random_results import answer, random_draft
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load_form_templates
from tebiki.reading.office_xml import text_of
from tebiki.results.checklist_version import checklist_version
from tebiki.results.record import build_record, serialize

HOSTILE = '=HYPERLINK("https://example.org") <b> & \u202e\n2行目'


class Tables(HTMLParser):
    """The tables of a page of LibreOffice: rows of the texts of their cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def squeezed(text: str) -> str:
    """The text without spaces and invisible characters, which LibreOffice adds and drops."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] not in "ZC")


def convert(files: list[Path], filter_name: str, folder: Path) -> None:
    """Let LibreOffice open files and write them in another format."""
    program = os.environ.get("SOFFICE")
    if not program:
        pytest.skip("LibreOffice is not here: install it, or run make test with SOFFICE=/path/to/soffice")
    profile = (folder / "profile").as_uri()
    command: list[str | Path] = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        filter_name,
        "--outdir",
        folder,
    ]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=BUILD_SECONDS)


@functools.cache
def handbook_in(root: Path) -> Handbook:
    return load_form_templates(root)[0]


def result_file(root: Path, template_id: str, change: object, folder: Path) -> Path:
    """A result for a template: ``change`` is its answers, or the seed of random ones."""
    handbook = handbook_in(root)
    template = next(template for template in handbook.form_templates if template.id == template_id)
    checklist = next(
        checklist for checklist in handbook.current_checklists if checklist.id == template.checklist
    )
    version = checklist_version(handbook, checklist)
    chance = random.Random(change if isinstance(change, int) else 0)
    draft = random_draft(version, handbook, chance)
    if isinstance(change, dict):
        draft = {**draft, "answers": change, "orphans": {}, "actions": []}
    file = folder / f"{template_id}.json"
    file.write_bytes(serialize(build_record(draft, version)))  # type: ignore[arg-type]
    return file


def filled(root: Path, template: str, change: object, language: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    ending = next((root / "templates" / template).glob("form*.*x")).suffix
    out = folder / f"{template}.{language}{ending}"
    arguments = ("--template", template, "-o", out, "--lang", language)
    result = tebiki(root, "result", "fill", result_file(root, template, change, folder), *arguments)
    assert result.exit_code == 0, result.output
    return out


def test_texts_and_tables_of_filled_forms(tmp_path: Path) -> None:
    rows = [
        {"id": f"00000000-0000-4000-8000-00000000000{number}", "fields": fields}
        for number, fields in enumerate(
            ({"organisation": HOSTILE, "sort": "side-job"}, {"organisation": "ひばり大学", "post": "教授"})
        )
    ]
    answers = {"affiliations": answer("", 1, content=rows), "call": answer("", 1, content="{{name}} 公募")}
    word = filled(PROJECT, "disclosure-worksheet-word", answers, "ja", tmp_path)
    survey = {"q1-1": answer("implementing", 1, note=HOSTILE)}
    excel = filled(PROJECT, "follow-up-survey-excel", survey, "en", tmp_path)
    convert([word, excel], "html", tmp_path)
    in_word = [
        [squeezed(cell) for cell in row] for row in Tables(word.with_suffix(".html").read_text("utf-8")).rows
    ]
    heading = next(index for index, row in enumerate(in_word) if "機関の名前" in row)
    assert in_word[heading + 1][:4] == ["1", squeezed(HOSTILE), "", "兼業"]
    assert in_word[heading + 2][:4] == ["2", "ひばり大学", "教授", ""]
    assert ["{{name}}公募"] in in_word
    in_excel = Tables(excel.with_suffix(".html").read_text("utf-8")).rows
    question = next(row for row in in_excel if row and row[0] == "Q1-1")
    assert squeezed(question[2]) == "☑Implementing□Other"
    assert squeezed(question[5]) == squeezed(HOSTILE)


def cells(row: list[str]) -> list[str]:
    """The texts of a row up to the last that is not empty."""
    texts = [squeezed(text) for text in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def words_of_word(file: Path) -> str:
    """The text of the body of a Word file, by its XML."""
    body = parseString(part_of(file.read_bytes(), "word/document.xml"))
    return "".join(map(text_of, body.getElementsByTagName("w:t")))


if os.environ.get("TEBIKI_SOAK"):  # `make soak`

    @pytest.mark.parametrize("root", [PROJECT, EXAMPLES / "valid" / "minimal"], ids=lambda root: root.name)
    @pytest.mark.parametrize("seed", range(3))
    def test_every_form_with_random_results(root: Path, seed: int, tmp_path: Path) -> None:
        handbook = handbook_in(root)
        files = [
            filled(root, template.id, seed, language, tmp_path)
            for template in handbook.form_templates
            for language in handbook.languages
        ]
        texts = [file for file in files if file.suffix == ".docx"]
        convert(texts, "txt:Text", tmp_path)
        for file in texts:
            assert squeezed(file.with_suffix(".txt").read_text("utf-8-sig")) == squeezed(words_of_word(file))
        tables = [file for file in files if file.suffix == ".xlsx"]
        convert(tables, "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
        for file in tables:
            sheet = openpyxl.load_workbook(file).active
            assert sheet is not None
            read = csv.reader(file.with_suffix(".csv").read_text("utf-8").splitlines(keepends=True))
            expected = [cells([str(cell or "") for cell in row]) for row in sheet.values]
            assert [cells(row) for row in read] == expected
