"""An institution's own handbook brings official forms: further ones, and others in place of those of the upstream."""

from __future__ import annotations

import shutil
from pathlib import Path

from english import english
from example_handbook import EXAMPLES
from office_files import docx, paragraph, part_of
from tebiki.reading.load import load_overlay_on
from tebiki.results.fill_form import fill_form
from tebiki.results.form_values import FormDocument
from tebiki.rules.form_templates import check_forms, check_mappings

_MAPPING = """\
kind: form-template
id: {id}
title: {{ja: 分館の様式, en: Form of the branch}}
checklist: workshop-plan
marks:
  purpose: {{question: {question}}}
"""


def write_template(root: Path, template: str, question: str = "purpose") -> None:
    folder = root / "templates" / template
    folder.mkdir(parents=True)
    (folder / "form.docx").write_bytes(docx(paragraph("分館 {{purpose}}")))
    (folder / "form.yml").write_text(_MAPPING.format(id=template, question=question), encoding="utf-8")


def test_an_overlay_adds_and_replaces_templates(tmp_path: Path) -> None:
    root = tmp_path / "branch"
    shutil.copytree(EXAMPLES / "valid" / "branch", root)
    write_template(root, "workshop-plan-word")
    write_template(root, "branch-notice")
    handbook, problems = load_overlay_on(root, EXAMPLES / "valid" / "minimal")
    assert problems == []
    assert [*check_mappings(handbook), *check_forms(handbook)] == []
    templates = {template.id: template for template in handbook.form_templates}
    assert list(templates) == ["workshop-plan-excel", "branch-notice", "workshop-plan-word"]
    assert templates["workshop-plan-excel"].at.upstream
    for template in ("workshop-plan-word", "branch-notice"):
        filled = fill_form(templates[template], "ja", FormDocument({"purpose": "朗読会"}, {}))
        assert "分館 朗読会" in part_of(filled, "word/document.xml")


def test_a_question_that_the_upstream_has_removed_is_reported(tmp_path: Path) -> None:
    root = tmp_path / "branch"
    shutil.copytree(EXAMPLES / "valid" / "branch", root)
    write_template(root, "branch-notice", "aim")
    handbook, _problems = load_overlay_on(root, EXAMPLES / "valid" / "minimal")
    (problem,) = check_mappings(handbook)
    assert str(problem.place) == "templates/branch-notice/form.yml:6:13"
    assert "does not ask aim" in english(problem.message)
