"""``![[figures NAME]]``: a table that ``tebiki result aggregate`` has written becomes charts and tables of a page."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from overlay_handbook import create_branch
from random_results import answer, draft
from tebiki.compiling.compile import compile_language
from tebiki.compiling.figure_scripts import figure_scripts
from tebiki.model.figure_table import (
    FigureRow,
    read_figure_table,
    write_figure_table,
)
from tebiki.reading.load import load
from tebiki.results.aggregate import aggregate, to_figure_table
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import build_record, serialize
from tebiki.rules import CHECKS

ROWS = [
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "done", 12, False),
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "not-done", 0, True),
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "partly", 6, True),
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "withheld", 7, False),
    FigureRow("visitor-check", "2027", "branch", "card", "has-card", 1, "withheld", 0, True),
    FigureRow("visitor-check", "2025", "", "books", "returns-in-time", 1, "done", 20, False),
]


def put_on_page(root: Path) -> None:
    for language in ("ja", "en"):
        page = root / f"content/pages/about/visitor-check.{language}.md"
        page.write_text(page.read_text("utf-8") + "\n![[figures visitors]]\n", encoding="utf-8")


@pytest.mark.parametrize(("language", "kind"), [("ja", "種類の記載なし"), ("en", "kind not stated")])
def test_a_page_shows_charts_tables_and_what_is_withheld(
    language: str, kind: str, minimal: Path, tmp_path: Path
) -> None:
    (minimal / "content/figures").mkdir(exist_ok=True)
    (minimal / "content/figures/visitors.csv").write_text(write_figure_table(ROWS), encoding="utf-8")
    put_on_page(minimal)
    handbook = load(minimal)[0]
    compile_language(handbook, minimal, tmp_path, language, ("ja", "en"), frozenset())
    page = (tmp_path / "docs/about/visitor-check.md").read_text(encoding="utf-8")
    assert page.count("<svg") >= 2
    cells = re.findall(r'<td class="tb-num"[^>]*>([^<]*)</td>', page)
    assert cells[:10] == ["12", "≥ 6", "*", "7", "25", "0", "0", "0", "*", "*"]
    assert f"2025{'、' if language == 'ja' else ', '}{kind}" in page
    assert 'href="../files/figures/visitors.csv" download' in page
    table = (tmp_path / "docs/files/figures/visitors.csv").read_bytes()
    assert read_figure_table(table) == ROWS


def test_what_aggregate_writes_is_what_a_page_reads(minimal: Path, tmp_path: Path) -> None:
    handbook = load(minimal)[0]
    version = next(
        version for version in checklist_versions(handbook) if version.checklist.id == "visitor-check"
    )
    folder = tmp_path / "results"
    folder.mkdir()
    for number in range(8):
        value = "done" if number < 6 else "partly"
        members = {"answers": {"has-card": answer(value)}, "subject": {"label": "=1+1", "round": "2026"}}
        record = build_record(draft(version, handbook, random.Random(number), **members), version)
        (folder / f"{number}.json").write_bytes(serialize(record))
    (folder / "notes.txt").write_text("…", encoding="utf-8")
    table = to_figure_table(aggregate(folder, handbook, at_least=5))
    assert b"notes" not in table
    cards = {
        row.answer: (row.count, row.withheld) for row in read_figure_table(table) if row.item == "has-card"
    }
    assert cards == {"done": (0, True), "partly": (0, True), "withheld": (8, False)}
    (minimal / "content/figures").mkdir(exist_ok=True)
    (minimal / "content/figures/visitors.csv").write_bytes(table)
    put_on_page(minimal)
    assert [
        problem
        for rule in CHECKS
        for problem in rule(load(minimal)[0])
        if problem.rule in ("figures", "placement")
    ] == []


def test_a_handbook_of_an_institution_has_figures_of_its_own(tmp_path: Path) -> None:
    create_branch(tmp_path / "branch")
    (tmp_path / "branch/content/figures").mkdir(exist_ok=True)
    (tmp_path / "branch/content/figures/own.csv").write_text(write_figure_table(ROWS), encoding="utf-8")
    assert list(load(tmp_path / "branch")[0].figures_by_name) == ["visitors", "own"]


def test_the_form_gets_the_last_table_of_each_round(minimal: Path) -> None:
    table = minimal / "content/figures/visitors-again.csv"
    table.write_text(write_figure_table([*ROWS[:1], *ROWS[-1:]]), encoding="utf-8")
    ((name, script),) = figure_scripts(load(minimal)[0])
    assert name == "figures/visitor-check.js"
    rows = json.loads(script.partition("=")[2].partition("=")[2].removesuffix(";\n"))
    assert rows == [
        ["2025", "", "returns-in-time", 1, "done", 20, False],
        ["2026", "branch", "has-card", 1, "done", 12, False],
    ]
