"""``tebiki result fill``: what it writes, and what it refuses."""

from __future__ import annotations

import json
import random
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from example_handbook import PROJECT, tebiki
from office_files import docx, paragraph, part_of, table
from random_results import random_record
from tebiki.reading.load import load_checklists
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import serialize

VECTORS = json.loads((PROJECT / "tests" / "vectors" / "form-values.json").read_text(encoding="utf-8"))
#: A result with six helpers.
RECORD = next(
    vector["record"] for vector in VECTORS if len(vector["documents"][0]["rows"].get("helpers", ())) == 6
)
_EACH = """\
kind: form-template
id: helper
title: {ja: 手伝う人, en: Helper}
checklist: workshop-plan
each: {question: helpers}
marks:
  task: {question: helpers, field: task}
  sort: {question: notices, field: sort}
"""


@pytest.fixture
def result(tmp_path: Path) -> Path:
    file = tmp_path / "result.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    return file


def fill(root: Path, file: Path, template: str, out: Path, *more: str) -> tuple[int, str]:
    done = tebiki(root, "result", "fill", file, "--template", template, "-o", out, "--lang", "en", *more)
    return done.exit_code, done.output


def test_each_row_gets_a_document(minimal: Path, result: Path, tmp_path: Path) -> None:
    folder = minimal / "templates" / "helper"
    folder.mkdir()
    (folder / "form.yml").write_text(_EACH, encoding="utf-8")
    (folder / "form.docx").write_bytes(docx(paragraph("{{task}}") + table(["{{sort}}"])))
    code, output = fill(minimal, result, "helper", tmp_path / "out.docx")
    assert code == 0, output
    names = sorted(path.name for path in tmp_path.glob("out*"))
    assert names == [f"out-{number}.docx" for number in range(1, 7)]
    tasks = [row["fields"].get("task", "") for row in RECORD["answers"]["helpers"]["content"]]
    for number, task in enumerate(tasks, 1):
        xml = part_of((tmp_path / f"out-{number}.docx").read_bytes(), "word/document.xml")
        assert "{{" not in xml
        assert (escape(task.split("\x00")[0])) in xml


def test_an_answer_to_confirm_stays_empty_and_is_named(minimal: Path, tmp_path: Path) -> None:
    record = next(vector["record"] for vector in VECTORS if vector["unconfirmed"])
    file = tmp_path / "result.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    code, output = fill(minimal, file, "workshop-plan-word", tmp_path / "out.docx")
    assert code == 0
    assert "Left empty, because the answers have to be confirmed first: 1, 5" in output
    assert "an earlier revision" not in part_of((tmp_path / "out.docx").read_bytes(), "word/document.xml")


def test_what_is_refused(minimal: Path, result: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    code, output = fill(minimal, result, "notice", out)
    assert (code, "There are: workshop-plan-excel, workshop-plan-word" in output) == (1, True)
    code, output = fill(minimal, result, "workshop-plan-excel", out)
    assert (code, "the name must end in .xlsx" in output) == (2, True)
    out.write_bytes(b"kept")
    code, output = fill(minimal, result, "workshop-plan-word", out)
    assert (code, "exists already" in output, out.read_bytes()) == (1, True, b"kept")
    (minimal / "templates" / "workshop-plan-word" / "form.en.docx").write_bytes(docx(paragraph("{{nam}}")))
    code, output = fill(minimal, result, "workshop-plan-word", tmp_path / "new.docx")
    assert code == 1
    assert "the mark {{nam}} is not in form.yml: add it; did you mean name?" in output
    assert not (tmp_path / "new.docx").exists()


def test_a_result_of_an_earlier_version_is_carried_over(minimal: Path, tmp_path: Path) -> None:
    handbook = load_checklists(minimal)[0]
    first = next(
        version for version in checklist_versions(handbook) if version.checklist.id == "workshop-plan"
    )
    assert first.checklist.version == "1.0.0"
    file = tmp_path / "earlier.json"
    file.write_bytes(serialize(random_record(first, handbook, random.Random(3))))
    code, output = fill(minimal, file, "workshop-plan-excel", tmp_path / "out.xlsx")
    assert code == 0, output
    assert "out.xlsx" in output
