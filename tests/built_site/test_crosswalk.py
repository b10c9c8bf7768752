"""The page that shows which questions of the checklists take answers from which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from example_handbook import LANGUAGES, PROJECT, loaded


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_every_question_and_its_origins(built: dict[str, Path], language: str) -> None:
    """Each row leads to the question and to those that its answers can come from; no other question has a row."""
    site = built["real"]
    page = (site / language / "self-check" / "crosswalk.html").read_text(encoding="utf-8")
    rows = [
        re.findall(r'href="([^"#]*#[^"]+)"', row)
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
        if "href" in row
    ]
    wanted = [
        [f"#{question.id}", *(f"#{origin.question}" for origin in question.takes_from)]
        for checklist in loaded(PROJECT).current_checklists
        for question in checklist.questions
        if question.takes_from and not question.retired
    ]
    assert wanted
    assert [[address[address.index("#") :] for address in row] for row in rows] == wanted
    for address in {address for row in rows for address in row}:
        path, _, anchor = address.partition("#")
        target = (site / language / "self-check" / path).read_text(encoding="utf-8")
        assert f'id="{anchor}"' in target
