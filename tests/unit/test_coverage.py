"""``tebiki coverage``: a list of what the sources say, against what the handbook carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki

LIST = (
    "id,kind,source,remark\nevent-new-building,event,N,\nnotice-page-number,note,N,x\nno-such-fact,rule,M,\n"
)


def write(folder: Path, text: str) -> Path:
    file = folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_missing_is_named_and_fails(minimal: Path, tmp_path: Path) -> None:
    result = tebiki(minimal, "coverage", write(tmp_path, LIST))
    assert result.exit_code == 1
    lines = [line.split() for line in result.output.splitlines()]
    assert ["N", "event", "1", "0", "0"] in lines
    assert ["N", "note", "0", "1", "0"] in lines
    assert ["total", "1", "1", "1"] in lines
    assert "missing: no-such-fact (rule, M, line 4 of the list)" in result.output


def test_everything_carried_or_omitted_is_in_order(minimal: Path, tmp_path: Path) -> None:
    result = tebiki(minimal, "coverage", write(tmp_path, LIST.replace("no-such-fact", "doc-notice-2026")))
    assert result.exit_code == 0, result.output


def test_an_omission_that_the_list_does_not_have(minimal: Path, tmp_path: Path) -> None:
    result = tebiki(minimal, "coverage", write(tmp_path, "id,kind,source\nevent-new-building,event,N\n"))
    assert result.exit_code == 1
    assert "omitted, but not in the list: notice-page-number" in result.output


@pytest.mark.parametrize(
    ("text", "place"),
    [("id,kind\na,b\n", "list.csv:1:"), ("id,kind,source\na,b,c\na,b,c\n", "list.csv:3:")],
)
def test_a_list_that_is_none(minimal: Path, tmp_path: Path, text: str, place: str) -> None:
    result = tebiki(minimal, "coverage", write(tmp_path, text))
    assert result.exit_code == 1
    assert place in result.output


def test_places_show_the_sentences_that_carry_a_statement(minimal: Path, tmp_path: Path) -> None:
    page = minimal / "content/pages/community/activities.ja.md"
    rewrite(page, "sources:\n", "covers: [fact-of-a-page]\nsources:\n")
    text = (
        "id,kind,source,en\n"
        'event-new-building,event,N,"Opens in March 2027, after 12 years of work by the XYZA"\n'
        "fact-of-a-page,fact,N,What the library does\n"
        "notice-page-number,note,N,\n"
    )
    lines = tebiki(minimal, "coverage", write(tmp_path, text), "--places").output.splitlines()
    assert "event-new-building (event, N, line 2 of the list)" in lines
    assert "  content/events.yml:4:5 event-new-building" in lines
    assert "    en: The new building opens." in lines
    assert "  not mentioned: 12, XYZA" in lines, "the date of an event is mentioned"
    assert "fact-of-a-page (fact, N, line 3 of the list) page" in lines
    assert "  content/pages/community/activities.ja.md:7:10 activities" in lines
    assert "1 facts are carried by pages alone; 1 have places that do not mention something" in lines
