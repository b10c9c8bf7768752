"""Every figure of every survey, as it stands on the built pages, is the one in content/."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, PROJECT, loaded
from playwright.sync_api import Browser
from tebiki.model.item import Item
from tebiki.model.placement import place_items

HANDBOOK = loaded(PROJECT)
PLACEMENT = place_items(HANDBOOK)
SURVEYS = [item for item in HANDBOOK.items if item.kind == "survey"]

_READ = """id => {
  const item = document.getElementById(id).nextElementSibling;
  const words = node => node.textContent.trim();
  const bars = svg => ({
    whole: [...svg.querySelectorAll('.tb-chart__whole')].map(one => one.width.baseVal.value),
    widths: Object.fromEntries([...svg.querySelectorAll('rect[data-figure]')].map(
      one => [one.dataset.figure, one.width.baseVal.value])),
    starts: Object.fromEntries([...svg.querySelectorAll('rect[data-figure]')].map(
      one => [one.dataset.figure, one.x.baseVal.value])),
    numbers: Object.fromEntries([...svg.querySelectorAll('text[data-figure]')].map(
      one => [one.dataset.figure, words(one)])),
    labels: [...svg.querySelectorAll('.tb-chart__label')].map(words),
  });
  return {
    charts: [...item.querySelectorAll('figure.tb-chart svg')].map(bars),
    captions: [...item.querySelectorAll('figure.tb-chart')].map(one => words(one)),
    tables: item.querySelectorAll('table').length,
    head: [...item.querySelectorAll('thead th')].map(words),
    rows: Object.fromEntries([...item.querySelectorAll('tbody tr[id]')].map(
      row => [row.id, [...row.querySelectorAll('td')].map(words)])),
    numbers: Object.fromEntries([...item.querySelectorAll('tbody tr[id]')].map(
      row => [row.id, words(row.querySelector('.tb-number'))])),
  };
}"""


def number(text: str) -> float:
    """The number that a cell or a label begins with."""
    match = re.match(r"[0-9.]+", text)
    assert match, text
    return float(match[0])


@pytest.fixture(scope="module")
def pages(site: Path, chromium: Browser) -> dict[tuple[str, str], Any]:
    """What the built pages show of each survey in each language."""
    page = chromium.new_page()
    shown = {}
    for language in LANGUAGES:
        for path in sorted({PLACEMENT.page_of[item.id] for item in SURVEYS}):
            page.goto((site / language / f"{path}.html").as_uri(), wait_until="domcontentloaded")
            for item in SURVEYS:
                if PLACEMENT.page_of[item.id] == path:
                    shown[item.id, language] = page.evaluate(_READ, item.id)
    page.close()
    return shown


@pytest.fixture(
    params=[(item, language) for item in SURVEYS for language in LANGUAGES],
    ids=lambda param: f"{param[0].id}-{param[1]}",
)
def survey(request: pytest.FixtureRequest, pages: dict[tuple[str, str], Any]) -> tuple[Item, str, Any]:
    """Each survey, the language, and what its page shows."""
    item, language = request.param
    return item, language, pages[item.id, language]


def test_the_table_has_every_figure_of_the_data(survey: tuple[Item, str, Any]) -> None:
    item, language, shown = survey
    options = item.data["options"]
    assert shown["tables"] == 1
    assert shown["head"][1 : len(options) + 1] == [option["title"][language] for option in options]
    assert list(shown["rows"]) == [question["id"] for question in item.data["questions"]]
    for question in item.data["questions"]:
        figures = [question["figures"].get(option["id"], 0) for option in options]
        cells = shown["rows"][question["id"]]
        assert [number(cell) for cell in cells[: len(options)]] == figures
        if item.data["unit"] == "percent":
            assert all(cell.endswith("%") for cell in cells)
            assert len(cells) == len(options)
        else:
            assert number(cells[len(options)]) == sum(figures)
            shares = [re.search(r"\((\d+)%\)", cell) for cell in cells[: len(options)]]
            asked = item.data["denominator"]
            expected = [round(100 * figure / asked) for figure in figures]
            assert [int(share[1]) for share in shares if share] == expected


def test_each_chart_has_every_figure_of_the_data(survey: tuple[Item, str, Any]) -> None:
    """In both forms: the numbers, the lengths of the bars on the survey's own scale, and one after another."""
    item, _language, shown = survey
    whole = 100 if item.data["unit"] == "percent" else item.data["denominator"]
    assert len(shown["charts"]) == 2
    for chart in shown["charts"]:
        figures = {
            f"{question['id']} {option['id']}": question["figures"].get(option["id"], 0)
            for question in item.data["questions"]
            for option in item.data["options"]
        }
        assert set(chart["widths"]) == {name for name, figure in figures.items() if figure}
        length = chart["whole"][0]
        assert chart["whole"] == [length] * len(item.data["questions"])
        for name, drawn in chart["widths"].items():
            assert drawn == pytest.approx(length * figures[name] / whole, abs=0.01), name
        assert {name: number(text) for name, text in chart["numbers"].items()} == {
            name: figures[name] for name in chart["numbers"]
        }
        assert chart["labels"] == list(shown["numbers"].values())
        for question in item.data["questions"]:
            row = [name for name in chart["widths"] if name.split()[0] == question["id"]]
            for before, after in itertools.pairwise(row):
                end = chart["starts"][before] + chart["widths"][before]
                assert chart["starts"][after] == pytest.approx(end, abs=0.02)


def test_each_chart_says_whom_it_counts_when_and_how_many(survey: tuple[Item, str, Any]) -> None:
    """One population, one year and one denominator for each chart, told in the chart itself."""
    item, language, shown = survey
    (caption,) = shown["captions"]
    assert item.data["population"][language] in caption
    assert item.data["as_of"] in caption
    if "denominator" in item.data:
        assert str(item.data["denominator"]) in caption
    else:
        assert {"ja": "出典に記載なし", "en": "not stated by the source"}[language] in caption


def test_no_figures_add_up_to_more_than_were_asked() -> None:
    assert len(SURVEYS) >= 7
    for item in SURVEYS:
        whole = 100 if item.data["unit"] == "percent" else item.data["denominator"]
        for question in item.data["questions"]:
            assert sum(question["figures"].values()) <= whole + 0.05, question["id"]
