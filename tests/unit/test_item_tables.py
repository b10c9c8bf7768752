"""``tebiki table``: entries of a kind as a table, and what an edited table changes, row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from example_handbook import MINIMAL, loaded, rewrite, tebiki
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from random_seeds import examples
from tebiki.files import write_files
from tebiki.interchange.cell_text import cell_value
from tebiki.interchange.item_columns import TABLE_KINDS, item_columns
from tebiki.interchange.item_import import plan_items
from tebiki.interchange.item_table import entries_of, read_item_table, table_file
from tebiki.interchange.table import TableError
from tebiki.writing.format_files import format_files

LANGUAGES = ("ja", "en")
CONTACTS = "content/contacts.yml"
COLUMNS = item_columns("term", LANGUAGES, "ja")

READING_DAY = {
    "id": "event-reading-day",
    "title.ja": "読書の日",
    "title.en": "Reading day",
    "text.ja": "朗読します。",
    "text.en": "Reading aloud.",
    "date": "2027-04",
    "planned": "true",
    "sources": "doc-notice-2026: 2ページ",
}


def edited(root: Path, name: str, *rows: dict[str, str]) -> Path:
    """A CSV file with ``rows``, whose columns are the keys of all of them."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    file = root.parent / f"{name}.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", TABLE_KINDS.values())
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_unchanged_table_changes_nothing(kind: str, suffix: str, tmp_path: Path) -> None:
    handbook = loaded(MINIMAL)
    file = tmp_path / f"table{suffix}"
    file.write_bytes(table_file(handbook, kind, "ja", suffix))
    table, problems = read_item_table(file, kind, LANGUAGES, "en")
    plan = plan_items(MINIMAL, handbook, kind, table, problems)
    assert (plan.changes, plan.refused, plan.files) == ([], {}, {})
    assert plan.same == len(entries_of(handbook, kind))


@pytest.mark.parametrize("kind", TABLE_KINDS.values())
@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_tell_columns_apart(kind: str, language: str) -> None:
    headings = [column.heading for column in item_columns(kind, LANGUAGES, language)]
    assert len(set(headings)) == len(headings)


def test_rows_are_taken_and_refused_one_by_one(minimal: Path) -> None:
    write_files(minimal, format_files(minimal, [minimal / CONTACTS]).changed)
    rewrite(minimal / CONTACTS, "  - id: contact-desk\n", "  # Ask every spring.\n  - id: contact-desk\n")
    before = (minimal / CONTACTS).read_text(encoding="utf-8")
    file = edited(
        minimal,
        "contacts",
        {"id": "contact-desk", "phone": "00-1111-1111", "email": "", "title.en": "Desk", "what": "x"},
        {"id": "contact-bad", "phone": "1", "title.ja": "窓口", "title.en": "Desk"},
        {"id": "", "phone": "2"},
    )
    result = tebiki(minimal, "table", "contacts", "--in", file)
    assert result.exit_code == 1
    assert (minimal / CONTACTS).read_text(encoding="utf-8") == before
    lines = result.stdout.splitlines()
    assert "cell E1: the column “what” is not taken, since no key has this name" in lines
    assert "row 2: contact-desk changed" in lines
    assert any("phone: 00-" in line for line in lines)
    assert "row 3: not taken" in lines
    assert any("row 4 names no entry" in line for line in lines)
    assert lines[-1] == f"nothing was written: --apply writes {CONTACTS}"
    assert tebiki(minimal, "table", "contacts", "--in", file, "--apply").exit_code == 1
    after = (minimal / CONTACTS).read_text(encoding="utf-8")
    old, new = before.splitlines(), after.splitlines()
    assert [line for line in new if line not in old] == ["      en: Desk", "    phone: 00-1111-1111"]
    assert "  # Ask every spring." in new
    assert "email" not in after
    assert format_files(minimal, [minimal / CONTACTS]).changed == {}


def test_a_rule_refuses_its_row_alone(minimal: Path) -> None:
    file = edited(
        minimal,
        "events",
        {**READING_DAY, "id": "event-new-building", "text.en": "See [[nowhere]]. <script>x</script>"},
        READING_DAY,
    )
    result = tebiki(minimal, "table", "events", "--in", file, "--apply")
    assert "row 2: not taken" in result.stdout
    assert "row 3: new event-reading-day" in result.stdout
    events = (minimal / "content/events.yml").read_text(encoding="utf-8")
    assert "<script>" in result.stdout
    assert "nowhere" not in events
    assert "    date: 2027-04\n" in events


def test_a_comparison_has_a_row_for_each_cell(minimal: Path) -> None:
    file = edited(
        minimal,
        "comparisons",
        {"id": "country-finland", "dimension": "noise", "as_of": "2026-01"},
        {"id": "country-atlantis", "dimension": "noise", "as_of": "2026-01"},
    )
    result = tebiki(minimal, "table", "comparisons", "--in", file, "--apply")
    assert "row 2: country-finland noise changed" in result.stdout
    assert "country-atlantis is no row of a comparison" in result.stdout
    text = (minimal / "content/countries.yml").read_text(encoding="utf-8")
    assert (
        "話してよい階があります。\n          en: There are floors for talking.\n        as_of: 2026-01\n"
        in text
    )


def test_two_rows_of_one_entry_are_refused(minimal: Path) -> None:
    row = {"id": "contact-desk", "phone": "1"}
    result = tebiki(minimal, "table", "contacts", "--in", edited(minimal, "contacts", row, row))
    assert result.stdout.count("leave one row of the two") == 2
    assert "0 rows changed, 2 refused" in result.stdout


def workbook(rows: list[list[Any]], merge: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (workbook([["id", "phone"], ["contact-desk", "1"]], merge="A1:B1"), "merged"),
        (workbook([["phone"], ["1"]]), "no-sheet"),
        (workbook([["id", "ID", "phone"], ["a", "b", "1"]]), "same-heading"),
        (b"PK\x03\x04", "broken"),
        (b"id,phone\n" + b"a,1\n" * 10_001, "too-many-rows"),
        (b"id,phone\n", "no-rows"),
        (b"phone\n1\n", "no-heading"),
    ],
    ids=["merged", "no-sheet", "twice", "cut", "long", "empty", "no-id"],
)
def test_a_table_that_cannot_be_taken_is_refused(raw: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "table"
    file.write_bytes(raw)
    with pytest.raises(TableError) as error:
        read_item_table(file, "contact", LANGUAGES, "en")
    assert error.value.reason == reason


def test_a_formula_refuses_its_row(minimal: Path) -> None:
    file = minimal.parent / "contacts.xlsx"
    file.write_bytes(workbook([["id", "phone"], ["contact-desk", "=1+1"]]))
    result = tebiki(minimal, "table", "contacts", "--in", file)
    assert "cell B2 holds a formula" in result.stdout
    assert "0 rows changed, 1 refused" in result.stdout


@given(st.data())
@examples(40)
def test_any_text_survives_its_cell(data: st.DataObject) -> None:
    text = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=8)
    words = text.map(str.strip).filter(bool)
    column = data.draw(st.sampled_from(COLUMNS))
    values: dict[str, st.SearchStrategy[Any]] = {
        "text": text.map(lambda value: f"x{value}"),
        "word": words,
        "truth": st.booleans(),
        "ids": st.lists(text, min_size=1, max_size=3),
        "sources": st.lists(st.fixed_dictionaries({"source": words, "place": text}), min_size=1, max_size=2),
        "json": st.lists(st.dictionaries(text, text, max_size=2), min_size=1, max_size=2),
    }
    value = data.draw(values[column.codec])
    inside: Any = value
    for step in reversed(column.path):
        inside = {step: inside}
    shown = column.text(inside)
    assert cell_value(shown, column.codec) == value
