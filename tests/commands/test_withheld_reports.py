"""What reports and tables say about figures that are withheld, in every published format and on the terminal."""

from __future__ import annotations

import random
import re
from pathlib import Path

import duckdb
import openpyxl
import pytest
from example_handbook import LANGUAGES, loaded, rewrite, tebiki
from random_results import answer, draft
from tebiki.locales import words
from tebiki.model.figure_table import read_figure_table
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import build_record, serialize

PERSONS, INSTITUTIONS = "visitor-check", "workshop-plan"


@pytest.fixture
def root(minimal: Path) -> Path:
    """A handbook with a checklist of persons, and one of institutions."""
    title = "title: {ja: 職員, en: Staff}"
    rewrite(minimal / "content/handbook.yml", title, f"{title}\n    institution: true")
    for version in ("1.0.0", "1.1.0"):
        rewrite(minimal / f"checklists/{INSTITUTIONS}/{version}.yml", "audience: visitor", "audience: staff")
    return minimal


def put_results(root: Path, folder: Path, checklist: str, *cards: str, round_: str = "2026") -> Path:
    """Save a result for each of the answers to a question."""
    folder.mkdir(exist_ok=True)
    handbook = loaded(root)
    version = [version for version in checklist_versions(handbook) if version.checklist.id == checklist][-1]
    for number, card in enumerate(cards):
        name = f"{checklist}-{round_}-{number}"
        given = {"has-card": answer(card)} if checklist == PERSONS else {}
        members = {"answers": given, "subject": {"label": "", "round": round_}}
        record = build_record(draft(version, handbook, random.Random(name), **members), version)
        (folder / f"{name}.json").write_bytes(serialize(record))
    return folder


def report(root: Path, folder: Path, ending: str, *options: str, language: str = "en") -> tuple[Path, str]:
    """A report, and what the terminal says."""
    out = folder.parent / f"report-{language}.{ending}"
    done = tebiki(root, "result", "aggregate", folder, "-o", out, "--force", "--lang", language, *options)
    assert done.exit_code == 0, done.stdout
    return out, done.stdout


def text_of(page: Path) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]*>|\s+", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at_least", ["1", "3", "5"])
def test_a_folder_below_the_limit_is_no_folder_without_results(
    language: str, at_least: str, root: Path, tmp_path: Path
) -> None:
    folder = put_results(root, tmp_path / "in", PERSONS, "done", "done", "partly")
    page, terminal = report(root, folder, "html", "--at-least", at_least, language=language)
    texts = words(language, "result")["aggregate"]
    text = text_of(page)
    assert texts["no-files"] not in text
    assert texts["all-withheld"]["persons"].format(count=5) in text
    assert texts["title"].format(count=0) not in text
    assert texts["read"].format(read=0, counted=0, **{"left-out": 0}) not in text
    assert {"en": "How you use the library", "ja": "利用のしかたの点検"}[language] in text
    # how many there are is withheld in what is published, and said to the person who counts
    assert not re.search(r"\b3\b", text)
    assert texts["done"].format(file=page, counted=0, **{"left-out": 0}) not in terminal
    assert "3" in terminal.partition("html")[2]
    assert "5" in terminal.partition("html")[2]
    book = openpyxl.load_workbook(report(root, folder, "xlsx", "--at-least", at_least, language=language)[0])
    cells = [str(row[0].value) for row in book.worksheets[0].iter_rows()]
    assert any(texts["all-withheld"]["persons"].format(count=5) in cell for cell in cells)


def test_an_empty_folder_is_one_without_results(root: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    page, terminal = report(root, tmp_path / "in", "html")
    texts = words("en", "result")["aggregate"]
    assert texts["no-files"] in text_of(page)
    assert texts["done"].format(file=page, counted=0, **{"left-out": 0}) in terminal.replace("\n", "")


def test_each_checklist_says_its_own_limit(root: Path, tmp_path: Path) -> None:
    folder = put_results(root, tmp_path / "in", PERSONS, *["done"] * 6)
    put_results(root, folder, INSTITUTIONS, *["done"] * 3)
    page, _terminal = report(root, folder, "html", "--at-least", "3")
    persons, institutions = (
        text_of(page).split(title)[1] for title in ("How you use the library", "Plan of an event")
    )
    texts = words("en", "result")["aggregate"]["at-least"]
    assert texts["persons"].format(count=5) in persons
    assert texts["institutions"].format(count=3) in institutions
    table = read_figure_table(report(root, folder, "csv", "--at-least", "3")[0].read_bytes())
    assert {(row.checklist, row.at_least) for row in table} == {(PERSONS, 5), (INSTITUTIONS, 3)}
    out, _terminal = report(root, folder, "parquet", "--at-least", "3")
    assert set(duckdb.sql(f"SELECT checklist, at_least FROM '{out}'").fetchall()) == {
        (PERSONS, 5),
        (INSTITUTIONS, 3),
    }


def test_what_is_too_little_in_one_round_is_named_beside_what_is_counted(root: Path, tmp_path: Path) -> None:
    folder = put_results(root, tmp_path / "in", PERSONS, *["done"] * 6)
    put_results(root, folder, PERSONS, "partly", "partly", round_="2027")
    page, terminal = report(root, folder, "html")
    text = text_of(page)
    texts = words("en", "result")["aggregate"]
    assert texts["some-withheld"]["persons"].format(count=5) in text
    assert texts["all-withheld"]["persons"].format(count=5) not in text
    assert texts["read-withheld"].format(counted=6, **{"left-out": 0}) in text
    assert "8" not in re.findall(r"\d+", text), "2 would follow from it"
    numbers = {"counted": 6, "withheld": 2, "left-out": 0}
    assert texts["done-withheld"].format(file=page, **numbers) in terminal.replace("\n", "")


def test_bars_mark_counts_of_which_a_part_is_withheld(root: Path, tmp_path: Path) -> None:
    folder = put_results(root, tmp_path / "in", PERSONS, *["done"] * 12, *["partly"] * 6, round_="2025")
    put_results(root, folder, PERSONS, *["done"] * 12, *["partly"] * 3, *["not-done"] * 4)
    page, _terminal = report(root, folder, "html")
    text = page.read_text(encoding="utf-8")
    bars = re.findall(r'<svg viewBox="0 0 \d+ 26".*?</svg>', text)
    table = re.search(r"<caption[^>]*>By section</caption>.*?</table>", text, re.DOTALL)
    assert table
    row = re.findall(r"<td[^>]*>([^<]*)</td>", table[0])
    assert "Yes: ≥ 24, Sometimes: ≥ 6, No: *" in bars[0], "a question on cards is not counted"
    assert row[:3] == ["≥ 24", "≥ 6", "*"]
    assert "<title>Sometimes: ≥ 6</title>" in bars[0]
    assert re.search(r"<text[^>]*>≥ 6</text>", bars[0])
    assert "Not answered: 37" in bars[1], "nothing about books is withheld"
