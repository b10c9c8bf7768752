"""``![[figures NAME]]``: a table that ``tebiki result aggregate`` has written becomes charts and tables of a page."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from example_handbook import rewrite
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
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "done", 12, False, 5),
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "not-done", 0, True, 5),
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "partly", 6, True, 5),
    FigureRow("visitor-check", "2026", "branch", "card", "has-card", 1, "withheld", 7, False, 5),
    FigureRow("visitor-check", "2027", "branch", "card", "has-card", 1, "withheld", 0, True, 5),
    FigureRow("visitor-check", "2025", "", "books", "returns-in-time", 1, "done", 20, False, 5),
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
    assert f'tb-series-0"></span>{ {"ja": "秘匿", "en": "Withheld"}[language] }</li>' in page
    cells = re.findall(r'<td class="tb-num"[^>]*>([^<]*)</td>', page)
    assert cells[:10] == ["12", "≥ 6", "*", "7", "25", "*", "*", "*", "*", "*"]
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
        ["2025", "", "returns-in-time", 1, "done", 20, False, 5],
        ["2026", "branch", "has-card", 1, "done", 12, False, 5],
    ]


OLD_VERSION = "checklists/workshop-plan/1.0.0.yml"
OLD_SECTION = """\
  - id: keys
    title: {ja: 鍵, en: Keys}
    items:
      - id: key-desk
        rev: 3
        number: "8"
        question: {ja: 鍵を返しましたか。, en: "Was the key returned?"}
        help: {ja: 返した日です。, en: On the day.}
        evidence: {wanted: none}
        na: {allowed: false}
        sources:
          - {source: doc-notice-2026, place: 9ページ 3}
"""


@pytest.fixture
def changed(minimal: Path) -> Path:
    """A handbook with a checklist whose newest version words a question anew, and has dropped a section."""
    old = "Which rooms do you use?", "どの部屋を使いますか。"
    new = "Which rooms did you ask for?", "どの部屋を申し込みましたか。"
    for before, after in zip(old, new, strict=True):
        rewrite(minimal / OLD_VERSION, before, after)
    with (minimal / OLD_VERSION).open("a", encoding="utf-8") as file:
        file.write(OLD_SECTION)
    return minimal


def page_of(root: Path, out: Path, rows: list[FigureRow], language: str = "en") -> str:
    """The page with a table, after a check of the table."""
    (root / "content/figures/visitors.csv").write_text(write_figure_table(rows), encoding="utf-8")
    put_on_page(root)
    handbook = load(root)[0]
    assert [problem for rule in CHECKS for problem in rule(handbook) if problem.rule == "figures"] == []
    compile_language(handbook, root, out, language, ("ja", "en"), frozenset())
    return (out / "docs/about/visitor-check.md").read_text(encoding="utf-8")


def figure(section: str, item: str, rev: int, count: int, round_: str = "2026") -> FigureRow:
    return FigureRow("workshop-plan", round_, "", section, item, rev, "answered", count, False, 5)


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "en",
            [
                "Which rooms did you ask for? (revision 1; 2025)",
                "Which rooms do you use? (2026)",
                "Which rooms do you use? (revision 9; 2026)",
                "Was the key returned? (2025)",
            ],
        ),
        (
            "ja",
            [
                "どの部屋を申し込みましたか。（改訂1、2025）",
                "どの部屋を使いますか。（2026）",
                "どの部屋を使いますか。（改訂9、2026）",
                "鍵を返しましたか。（2025）",
            ],
        ),
    ],
)
def test_rows_of_earlier_versions_are_shown_in_the_words_of_these(
    language: str, titles: list[str], changed: Path, tmp_path: Path
) -> None:
    rows = [
        figure("basics", "rooms", 1, 11, "2025"),
        figure("basics", "rooms", 2, 12),
        figure("basics", "rooms", 9, 13),  # of a version that is no longer here
        figure("keys", "key-desk", 3, 14, "2025"),
    ]
    page = page_of(changed, tmp_path, rows, language)
    shown = re.findall(r'<th scope="row">([^<]*)</th>', page)
    assert [title for title in shown if title in titles] == titles
    assert {"ja": "催しの計画: 鍵", "en": "Plan of an event: Keys"}[language] in page


def test_every_row_that_passes_the_check_is_on_the_page(changed: Path, tmp_path: Path) -> None:
    versions = [checklist for checklist in load(changed)[0].checklists if checklist.id == "workshop-plan"]
    places = {
        (section.id, question.id, question.rev)
        for checklist in versions
        for section in checklist.sections
        for question in section.questions
    }
    assert len(places) > 9
    rows = [figure(*place, 1000 + index) for index, place in enumerate(sorted(places))]
    cells = re.findall(r'<td class="tb-num"[^>]*>([^<]*)</td>', page_of(changed, tmp_path, rows))
    assert {str(row.count) for row in rows} <= set(cells)


def test_a_round_whose_version_does_not_count_a_section_as_one_question_is_added_up(
    changed: Path, tmp_path: Path
) -> None:
    rows = [figure("basics", "rooms", 1, 11, "2025"), figure("basics", "", 0, 12)]
    page = page_of(changed, tmp_path, rows)
    groups = page.partition("By question")[0]
    assert re.findall(r'<td class="tb-num" data-label="Answered">([^<]*)</td>', groups) == ["11", "12"]


@pytest.mark.parametrize(
    ("language", "who", "whose"),
    [("ja", "5人に", "7機関に"), ("en", "than 5 persons", "than 7 institutions")],
)
def test_a_page_says_the_limit_of_each_checklist(
    language: str, who: str, whose: str, changed: Path, tmp_path: Path
) -> None:
    title = "title: {ja: 職員, en: Staff}"
    rewrite(changed / "content/handbook.yml", title, f"{title}\n    institution: true")
    for version in ("1.0.0", "1.1.0"):
        rewrite(changed / f"checklists/workshop-plan/{version}.yml", "audience: visitor", "audience: staff")
    of_institutions = replace(figure("basics", "rooms", 2, 12), at_least=7)
    page = page_of(changed, tmp_path / "limited", [*ROWS[-1:], of_institutions], language)
    assert who in page
    assert whose in page
    unlimited = page_of(changed, tmp_path / "unlimited", [replace(of_institutions, at_least=1)], language)
    assert "機関に" not in unlimited
    assert "institutions" not in unlimited


@pytest.mark.parametrize(
    ("language", "note"),
    [("ja", "この集計には、示せる数がありません。"), ("en", "There are no figures to show.")],
)
def test_a_table_of_which_all_figures_are_withheld_says_so(
    language: str, note: str, minimal: Path, tmp_path: Path
) -> None:
    assert note in page_of(minimal, tmp_path / "empty", [], language)
    assert note not in page_of(minimal, tmp_path / "full", ROWS[-1:], language)
