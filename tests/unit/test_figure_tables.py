"""Files in ``content/figures`` that cannot be right: each gets a message with the place and the remedy."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from example_handbook import MINIMAL, loaded
from tebiki.locales.messages import message_text
from tebiki.model.content_file import ContentFile
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.figure_table import FIGURE_COLUMNS, FigureTable, write_figure_table
from tebiki.reading.content_files import read_content_files
from tebiki.reading.figure_tables import MAX_ROWS, read_figure_tables
from tebiki.results.aggregate import to_figure_table, to_parquet
from tebiki.results.aggregate_values import Aggregate, SkippedFile
from tebiki.results.check import Finding
from tebiki.rules.figures import check
from test_published_figures import ROWS

HEADING = ",".join(FIGURE_COLUMNS)
CARD = "visitor-check,2026,branch,card,has-card,1"


def tables(files: dict[str, bytes]) -> list[FigureTable]:
    return read_figure_tables(
        ContentFile(name, raw, Place(f"content/figures/{name}")) for name, raw in files.items()
    )


def problems(*files: FigureTable) -> list[Diagnostic]:
    handbook = loaded(MINIMAL)
    kinds = [{"id": "branch", "title": {"ja": "分館", "en": "Branch"}}]
    return list(check(replace(handbook, figures=files, data={**handbook.data, "subject_kinds": kinds})))


def only_problem(files: dict[str, bytes]) -> tuple[str, int]:
    (problem,) = problems(*tables(files))
    for language in ("ja", "en"):
        assert message_text(problem.message, language)
    return problem.message.key.removeprefix("rules.figures."), problem.place.line


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["checklist,round,count"], ("columns", 1)),
        ([HEADING.replace("rev,", ""), CARD + ",done,7,false,1"], ("columns", 1)),
        ([HEADING, CARD + ",done,7"], ("columns", 2)),
        ([HEADING, CARD + ",done,7,false"], ("columns", 2)),
        ([HEADING, CARD + ",done,7,false,0"], ("limit", 2)),
        ([HEADING, CARD + ",done,7,false,five"], ("limit", 2)),
        ([HEADING, CARD + ',done,7,"false,1'], ("csv", 2)),
        ([HEADING, CARD + ",done,-7,false,1"], ("count", 2)),
        ([HEADING, CARD + ",done,6.5,false,1"], ("count", 2)),
        ([HEADING, CARD + ",done,*,true,1"], ("count", 2)),
        ([HEADING, CARD + ",done,９,false,1"], ("count", 2)),
        ([HEADING, CARD + f",done,{'1' * 400},false,1"], ("count", 2)),
        ([HEADING, CARD + ",done,,false,1"], ("count", 2)),
        ([HEADING, CARD + ",done,true,7,1"], ("mark", 2)),
        ([HEADING, CARD + ".5,done,7,false,1"], ("revision", 2)),
        ([HEADING, CARD + ",done,7,false,1", CARD + ",done,8,false,1"], ("twice", 3)),
        ([HEADING, CARD + ",done,7,false,1", CARD + ",partly,,true,1"], ("uncounted", 3)),
        ([HEADING, CARD + ",done,7,false,1", CARD + ",withheld,8,false,1"], ("unmarked", 3)),
        ([HEADING, CARD.replace("visitor", "visiter") + ",done,7,false,1"], ("checklist", 2)),
        ([HEADING, CARD.replace("2026", "2026-13") + ",done,7,false,1"], ("round", 2)),
        ([HEADING, CARD.replace("branch", "branches") + ",done,7,false,1"], ("kind", 2)),
        ([HEADING, CARD.replace("has-card", "has-cards") + ",done,7,false,1"], ("question", 2)),
        ([HEADING, CARD.replace("card,has-card", "cards,") + ",done,7,false,1"], ("section", 2)),
        ([HEADING, CARD + ",dome,7,false,1"], ("answer", 2)),
        ([HEADING, CARD.replace("card,has", "books,has") + ",done,7,false,1"], ("place", 2)),
        ([HEADING, CARD.replace("card,has", ",has") + ",done,7,false,1"], ("place", 2)),
        ([HEADING, CARD + ",done,7,false,8"], ("small", 2)),
        ([HEADING, CARD + ",done,4,false,1"], ("small", 2)),  # persons
        ([HEADING, CARD + ",done,7,false,1", CARD + ",done,7,false,5"], ("twice", 3)),
    ],
)
def test_a_table_that_cannot_be_right_is_reported_where_it_is(
    lines: list[str], expected: tuple[str, int]
) -> None:
    assert only_problem({"visitors.csv": "\n".join(lines).encode()}) == expected


def test_two_files_of_one_name_are_reported() -> None:
    raw = write_figure_table(ROWS).encode()
    assert only_problem({"visitors.csv": raw, "visitors.parquet": raw}) == ("same-name", 1)


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("cp932.csv", HEADING.encode() + "\n点検".encode("cp932"), "reading.file-type.csv-encoding"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "reading.file-type.ending"),
        ("other.parquet", HEADING.encode(), "reading.file-type.other"),
        ("cut.parquet", b"PAR1\x15\x04", "reading.file-type.cut-off"),
    ],
)
def test_a_file_of_another_kind_is_reported(name: str, raw: bytes, key: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    reported: list[Diagnostic] = []
    listed = [(tmp_path / name, f"content/figures/{name}")]
    assert not list(read_content_files(listed, reported, set(), "content/figures/"))
    assert [(problem.message.key, problem.place.file) for problem in reported] == [
        (key, f"content/figures/{name}")
    ]


def parquet(folder: Path, select: str) -> bytes:
    file = folder / "made.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
    return file.read_bytes()


def columns(**changes: str) -> str:
    values = dict.fromkeys(FIGURE_COLUMNS, "''") | {"checklist": "'visitor-check'", "section": "'card'"}
    values |= {
        "item": "'has-card'",
        "rev": "1",
        "answer": "'done'",
        "count": "7",
        "withheld": "false",
        "at_least": "5",
    }
    return "SELECT " + ", ".join(f"{value} AS {name}" for name, value in (values | changes).items())


def test_parquet_holds_the_same_rows_as_csv() -> None:
    skipped = (SkippedFile("secret.json", (Finding("not-json", {}),)),)
    counts = Aggregate((), (), tuple(ROWS), (), skipped)
    (table,) = tables({"visitors.parquet": to_parquet(counts)})
    assert list(table.rows) == ROWS
    assert write_figure_table(table.rows).encode() == to_figure_table(counts)
    assert problems(table) == []


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ("SELECT 1 AS count", ("columns", 1)),
        (columns() + ", 1 AS more", ("columns", 1)),
        (columns(checklist="[1, 2]"), ("type", 1)),
        (columns(answer="{'id': 'done'}"), ("type", 1)),
        (columns(count="6.5"), ("type", 1)),
        (columns(count="-7"), ("count", 1)),
        (columns(withheld="NULL::BOOLEAN"), ("mark", 1)),
        (columns(at_least="NULL::INTEGER"), ("limit", 1)),
        (columns(at_least="'5'"), ("type", 1)),
        (columns() + " FROM range(2)", ("twice", 2)),
        (columns() + " FROM range(100_001)", ("rows", MAX_ROWS + 1)),
        (columns(checklist="repeat('a', 20_000_000)"), ("checklist", 1)),
    ],
)
def test_parquet_from_elsewhere_is_refused(select: str, expected: tuple[str, int], tmp_path: Path) -> None:
    key, line = only_problem({"visitors.parquet": parquet(tmp_path, select)})
    assert (key, line) == expected


def test_parquet_that_was_changed_or_cut_is_refused_or_read(tmp_path: Path) -> None:
    raw = parquet(tmp_path, columns(round="'2026'") + " FROM range(100)")
    broken = [raw[:end] + b"PAR1" for end in range(4, len(raw), 300)]
    broken += [raw[:at] + bytes([raw[at] ^ 255]) + raw[at + 1 :] for at in range(4, len(raw), 150)]
    for number, content in enumerate(broken):
        (table,) = tables({"visitors.parquet": content})
        assert problems(table), number


def test_parquet_without_its_package_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    raw = parquet(tmp_path, columns())
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (problem,) = problems(*tables({"visitors.parquet": raw}))
    assert "tebiki[results]" in message_text(problem.message, "en")
