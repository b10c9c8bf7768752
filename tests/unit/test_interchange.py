"""A checklist survives the way into a table and back, whatever it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from example_handbook import MINIMAL, PROJECT, loaded
from tebiki.history.state import plain_data
from tebiki.interchange.cell_text import CellError, cell_text, cell_value, line_cells, line_values
from tebiki.interchange.checklist_data import assemble, read_checklist
from tebiki.interchange.checklist_rows import checklist_table
from tebiki.interchange.columns import COLUMNS, column_keys
from tebiki.interchange.condition_text import ConditionTextError, condition_text, parse_condition_text
from tebiki.interchange.headings import heading
from tebiki.interchange.oscal_reading import read_catalog
from tebiki.interchange.read_tables import read_csv, read_workbook
from tebiki.interchange.table import TableError
from tebiki.interchange.table_ids import as_id
from tebiki.interchange.write_tables import table_csv, table_xlsx
from tebiki.locales import words

LANGUAGES = ("ja", "en")
CHECKLISTS = [
    pytest.param(checklist, handbook, id=f"{root.name}-{checklist.id}-{checklist.version}")
    for root in (MINIMAL, PROJECT)
    for handbook in [loaded(root)]
    for checklist in handbook.checklists
]


@pytest.mark.parametrize(("checklist", "handbook"), CHECKLISTS)
def test_a_table_gives_the_same_checklist_back(checklist: Any, handbook: Any) -> None:
    data = plain_data(checklist.head.data)
    answer_sets = [plain_data(answers.data) for answers in handbook.answer_sets]
    table = checklist_table(data, answer_sets, LANGUAGES)
    read, problems = read_csv(table_csv(table, "ja"), LANGUAGES)
    reading = read_checklist(read)
    assert [*problems, *reading.problems] == []
    assert {"kind": "checklist", **assemble(reading.checklist)} == data
    assert [{"kind": "answer-set", **assemble(record)} for record in reading.answer_sets] == answer_sets


def test_a_workbook_gives_the_same_table_back() -> None:
    checklist, handbook = CHECKLISTS[0].values
    table = checklist_table(plain_data(checklist.head.data), (), LANGUAGES)
    read, problems = read_workbook(table_xlsx(table, "ja"), LANGUAGES)
    assert problems == []
    assert [row.cells for row in read.rows] == [row.cells for row in table.rows]
    assert read.columns == table.columns
    assert handbook.languages == LANGUAGES


def test_a_condition_reads_as_people_write_it() -> None:
    text = "(partner is yes, partly or budget >= 100) and country is not jp and plan answered"
    condition = parse_condition_text(text)
    assert condition == {
        "all": [
            {"any": [{"item": "partner", "is": ["yes", "partly"]}, {"item": "budget", "at_least": 100}]},
            {"item": "country", "is_not": ["jp"]},
            {"item": "plan", "answered": True},
        ]
    }
    assert condition_text(condition) == text


@pytest.mark.parametrize(
    "text", ["", "a", "a is", "a is b,", "(a is b", "a >= x", "a is b c", "a is b and", "(" * 99]
)
def test_a_text_that_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionTextError):
        parse_condition_text(text)


@pytest.mark.parametrize(
    "entries",
    [
        [{"ja": "あ", "en": "a"}, {"ja": "い"}],
        [{"en": "a"}, {"ja": "い", "en": "b"}],
        [{"ja": "一\n二", "en": "a"}],
        [{"ja": " 字下げ "}],
        [],
    ],
)
def test_lists_of_texts_survive_their_cells(entries: list[dict[str, str]]) -> None:
    assert line_values(line_cells(entries, LANGUAGES)) == entries


def test_sources_are_written_one_in_a_line() -> None:
    sources = [{"source": "doc-a", "place": "p. 1: note"}, {"source": "doc-b", "place": "本文"}]
    assert cell_text(sources, "sources") == "doc-a: p. 1: note\ndoc-b: 本文"
    assert cell_value(cell_text(sources, "sources"), "sources") == sources
    with_status = [{"source": "doc-a", "place": "p. 1", "status": "draft"}]
    assert cell_value(cell_text(with_status, "sources"), "sources") == with_status
    with pytest.raises(CellError):
        cell_value("doc-a", "sources")


def test_every_heading_and_kind_of_row_has_words() -> None:
    for language in LANGUAGES:
        texts = words(language, "interchange")
        assert list(texts["columns"]) == list(texts["column-help"]) == list(COLUMNS)
        assert list(texts["rows"]) == list(texts["row-help"])
        assert len(set(texts["columns"].values())) == len(COLUMNS)


def test_a_catalog_of_another_program_becomes_sections_and_questions() -> None:
    part = {
        "name": "item",
        "props": [{"name": "label", "value": "a."}],
        "prose": "Name {{ insert: param, p1 }}.",
    }
    control = {
        "id": "x-1.1",
        "title": "Policy",
        "params": [{"id": "p1", "label": "a person"}],
        "props": [{"name": "label", "value": "X-1"}],
        "links": [{"href": "#x"}],
        "parts": [
            {"name": "statement", "prose": "Do:", "parts": [part]},
            {"name": "guidance", "prose": "Because."},
            {
                "name": "assessment-objective",
                "parts": [{"name": "assessment-objective", "prose": "It is named."}],
            },
            {"name": "assessment-method", "prose": "Interview"},
        ],
        "controls": [{"id": "x-1.2", "title": "More", "props": [{"name": "status", "value": "withdrawn"}]}],
    }
    catalog = {
        "metadata": {"title": "Foreign list", "version": "5.1+u4"},
        "groups": [{"id": "x", "title": "X", "groups": [{"id": "x1", "title": "Y", "controls": [control]}]}],
    }
    table, problems = read_catalog(json.dumps({"catalog": catalog}).encode(), "en")
    head, section, question, inner = (row.cells for row in table.rows)
    assert head == {"row": "checklist", "id": "foreign-list", "title.en": "Foreign list"}
    assert section["title.en"] == "X: Y"
    assert question["number"] == "X-1"
    assert question["text.en"] == "Do:\n\n- a. Name [a person].\n\nBecause."
    assert question["criteria.en"] == "It is named."
    assert inner["status"] == "retired"
    assert as_id(question["id"]) == "x-1-1"
    lost = {problem.details["what"]: problem.details["count"] for problem in problems}
    assert lost == {"parameters": "1", "links": "1", "methods": "1"}
    assert table.cell_name(3, "id") == "control x-1.1"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\xff", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b'{"profile": {}}', "no-catalog"),
        (b'{"catalog": {"metadata": {"title": 3}}}', "catalog"),
        (b'{"catalog": {"metadata": {}, "groups": [1]}}', "catalog"),
        (
            b'{"catalog": {"metadata": {}, "groups": ' + b'[{"groups": ' * 400 + b"[]" + b"}]" * 400 + b"}}",
            "",
        ),
    ],
)
def test_a_file_that_is_no_catalog_is_refused(raw: bytes, reason: str) -> None:
    if not reason:
        assert read_catalog(raw, "en")[0].rows
        return
    with pytest.raises(TableError) as refusal:
        read_catalog(raw, "en")
    assert refusal.value.reason == reason


def test_headings_name_the_language_of_a_text() -> None:
    assert heading("title.en", "ja") == "見出し・質問 (en)"
    assert "text.fr" in column_keys(["fr"])
