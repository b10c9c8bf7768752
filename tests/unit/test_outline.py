"""The outline of a form: its sections, under the headings of their groups."""

from __future__ import annotations

from dataclasses import replace

from example_handbook import PROJECT
from tebiki.compiling.checklist_form import outline_of
from tebiki.compiling.checklist_page_data import checklist_page_data
from tebiki.reading.load import load


def test_sections_of_a_group_stand_together() -> None:
    sections = [
        {"id": name, "group": group} for name, group in zip("abcd", ["", "People", "People", ""], strict=True)
    ]
    parts = [
        (part["group"], [section["id"] for section in part["sections"]]) for part in outline_of(sections)
    ]
    assert parts == [("", ["a"]), ("People", ["b", "c"]), ("", ["d"])]


def test_the_page_says_how_its_sections_are_shown_at_first() -> None:
    handbook, _problems = load(PROJECT / "tests/examples/valid/minimal")
    checklist = handbook.checklists[0]
    assert "paging" not in checklist_page_data(handbook, checklist, "en")["checklist"]
    paged = replace(
        checklist, head=replace(checklist.head, data={**checklist.head.data, "paging": "sections"})
    )
    assert checklist_page_data(handbook, paged, "en")["checklist"]["paging"] == "sections"
