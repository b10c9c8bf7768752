"""The data for the script in the finished pages of checklists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from example_handbook import LANGUAGES, MINIMAL, PROJECT
from tebiki.reading.load import load
from tebiki.reading.schema_errors import schema_errors

PAGE_DATA = re.compile(
    r"<script type=[\"']?application/json[\"']? data-island[^>]*>(.*?)</script>", re.DOTALL
)


@pytest.mark.parametrize(("name", "root"), [("real", PROJECT), ("example", MINIMAL)])
def test_the_data_of_every_form_page_satisfies_the_schema(
    built: dict[str, Path], name: str, root: Path
) -> None:
    pages = [
        json.loads(match[1])
        for language in LANGUAGES
        for path in sorted((built[name] / language).rglob("*.html"))
        if "print" not in path.relative_to(built[name]).parts
        for match in PAGE_DATA.finditer(path.read_text(encoding="utf-8"))
    ]
    checklists = sorted((page["lang"], page["checklist"]["id"]) for page in pages)
    assert checklists == sorted(
        (language, checklist.id) for language in LANGUAGES for checklist in load(root)[0].current_checklists
    )
    errors = [
        (page["checklist"]["id"], error.message)
        for page in pages
        for error in schema_errors(page, "checklist-page")
    ]
    assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_shows_what_it_rests_on(built: dict[str, Path], language: str) -> None:
    """The words of the source, or that no source asks it, which then has no status either."""
    template = (built["real"] / language / "self-check/institution.html").read_text(encoding="utf-8")
    wordings = re.findall(
        r"<blockquote class=[\"']?tf-item__wording[\"']?>(.*?)</blockquote>", template, re.S
    )
    assert len(wordings) == 6
    assert (
        language != "ja"
        or "「外国の機関・大学等との共同研究や交流等に伴うリスクが懸念される場合、" in wordings[0]
    )
    worksheet = (built["real"] / language / "self-check/disclosure-worksheet.html").read_text(
        encoding="utf-8"
    )
    questions = re.findall(r"<fieldset class=[\"']?tf-item[\"' ].*?</fieldset>", worksheet, re.S)
    added = [question for question in questions if "tf-item__added" in question]
    assert len(added) == 4
    assert [question for question in added if "tb-status" in question] == []
    assert len([question for question in questions if "tb-status" in question]) == len(questions) - 4
