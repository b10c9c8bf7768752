"""Files and tools of a form in Firefox: what it saves, and what it opens."""

from __future__ import annotations

import json
from pathlib import Path

from driven_form import DrivenForm, control, question
from example_handbook import EXAMPLES, in_one_language
from form_tools import CHECKLIST, HANDBOOK, PAGE, cells, differences, write_results
from marionette import Firefox
from tebiki.locales import words
from tebiki.results.assessment_view import assessment_view
from tebiki.results.compare import compare
from tebiki.results.export import to_csv, to_markdown
from tebiki.results.html_report import compare_html, report_html
from tebiki.results.xlsx import to_xlsx

CARD = "about/visitor-check.html"


def load(page: Firefox, *files: Path) -> None:
    page.choose_files(control("file-input"), *files)


def test_a_saved_file_opens_again_as_it_was(library: str, page: Firefox) -> None:
    form = DrivenForm(page).open(library, "ja", CARD)
    form.answer("has-card", "done")
    form.write("has-card", "note", "規程第5条")
    answers = form.answers()
    file = page.download(control("save-file"))
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["answers"]["has-card"]["note"] == "規程第5条"
    form.click("delete")
    form.click("dialog-delete")
    page.wait_for("!document.querySelector('fieldset[data-item] input:checked')")
    load(page, file)
    page.wait_for("document.querySelector('fieldset[data-item] input:checked')")
    assert form.answers() == answers
    assert json.loads(page.download(control("save-file")).read_text(encoding="utf-8")) == record


@in_one_language
def test_a_broken_file_is_refused_and_changes_nothing(language: str, library: str, page: Firefox) -> None:
    form = DrivenForm(page).open(library, language, CARD)
    form.answer("has-card", "done")
    load(page, EXAMPLES / "invalid/results/not-json.json")
    message = words(language, "form")["errors"]["not-json"]
    page.wait_for_text(control("status"), message.split("{")[0].strip(" 「“(（"))
    assert form.answers() == {"has-card": {"value": "done"}}


def test_a_file_of_another_checklist_is_named(library: str, page: Firefox, tmp_path: Path) -> None:
    DrivenForm(page).open(library, "en", CARD)
    load(page, write_results(tmp_path, 11)[0][0])
    page.wait_for_text(control("status"), "workshop-plan")


@in_one_language
def test_exports_and_report_are_those_of_the_command_line(
    language: str, library: str, page: Firefox, tmp_path: Path
) -> None:
    form = DrivenForm(page).open(library, language, PAGE)
    (file, record), *_rest = write_results(tmp_path, 11)
    view = assessment_view(record, CHECKLIST, HANDBOOK, language)
    load(page, file)
    page.wait_for(f"document.querySelector('{control('status')}').dataset.kind === 'done'")
    form.open_tool("export")
    assert page.download(control("export-csv")).read_bytes() == to_csv(view)
    assert page.download(control("export-md")).read_bytes() == to_markdown(view)
    assert cells(page.download(control("export-xlsx")).read_bytes()) == cells(to_xlsx(view))
    form.open_tool("report")
    assert differences(page.download(control("report-save")).read_bytes(), report_html(view)) == []


def test_a_workbook_opens_again(library: str, page: Firefox) -> None:
    form = DrivenForm(page).open(library, "en", PAGE)
    page.type(f"{question('guests')} [data-content]", "40")
    form.open_tool("export")
    workbook = page.download(control("export-xlsx"))
    page.run(
        "const field = document.querySelector(arguments[0]); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true }))",
        f"{question('guests')} [data-content]",
    )
    load(page, workbook)
    page.wait_for_text(control("import-sheet"), "Rows to be taken: 1.")
    form.click("import-take")
    page.wait_for(f"document.querySelector('{question('guests')} [data-content]').value === '40'")


def test_two_results_are_compared(library: str, page: Firefox, tmp_path: Path) -> None:
    form = DrivenForm(page).open(library, "en", PAGE)
    (first, before), (second, after) = write_results(tmp_path, 13, 14)
    form.open_tool("compare")
    page.choose_files(control("source-files"), first, second)
    page.wait_for(f"document.querySelector('{control('compare-before')} [value=file-1]')")
    for name, value in (("compare-before", "file-0"), ("compare-after", "file-1")):
        page.choose_option(control(name), value)
    views = [assessment_view(record, CHECKLIST, HANDBOOK, "en") for record in (before, after)]
    wanted = compare_html(views[0], views[1], compare(before, after, CHECKLIST))
    assert differences(page.download(control("compare-save")).read_bytes(), wanted) == []
