"""The figures as they are rendered, with the fonts of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import LANGUAGES
from patience import wait_for_animations
from playwright.sync_api import BrowserContext

_OUTSIDE = """() => [...document.querySelectorAll('svg.tb-d')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const room = svg.viewBox.baseVal;
  return [...svg.querySelectorAll('g.tb-d-box')].flatMap(group => {
    const box = group.querySelector('rect').getBBox();
    return [...group.querySelectorAll('text')].filter(text => {
      const words = text.getBBox();
      return words.x < box.x || words.x + words.width > box.x + box.width
        || words.y < box.y - 1 || words.y + words.height > box.y + box.height + 1
        || words.x + words.width > room.x + room.width;
    }).map(text => text.textContent);
  });
})"""
_TABLES = """() => [...document.querySelectorAll('figure.tb-drawing')].map(
  figure => figure.parentElement.querySelectorAll('table').length)"""
_SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg.tb-d, .tb-chart svg')]
  .filter(svg => svg.checkVisibility()).flatMap(svg => [...svg.querySelectorAll('text')].map(
    text => parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a)))"""


def drawn(site: Path, language: str) -> list[Path]:
    """The pages of a language that hold a figure."""
    pages = sorted((site / language).rglob("*.html"))
    return [path for path in pages if "<figure class=" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures(language: str, site: Path, context: BrowserContext) -> None:
    """At the width of a phone, of a desk and of paper, words stay in their boxes and a table stands beside."""
    page = context.new_page()
    for path in drawn(site, language):
        page.goto(path.as_uri())
        assert all(count >= 1 for count in page.evaluate(_TABLES)), path
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wait_for_animations(page)  # the menu slides in or out
            assert page.evaluate(_OUTSIDE) == [], path
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, path
            assert page.evaluate(_SMALLEST) >= 10, path
            for figure in page.locator("figure.tb-drawing").all():
                assert figure.locator("svg:visible").count() == 1, path
        # on paper there is nothing to push: the wide form, within the page
        page.set_viewport_size({"width": 700, "height": 900})
        page.emulate_media(media="print")
        assert page.locator(".tb-drawing__narrow:visible").count() == 0
        for svg in page.locator("figure.tb-drawing svg:visible").all():
            box = svg.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 700, path
        page.emulate_media(media="screen")


def test_figures_are_there(site: Path) -> None:
    assert all(len(drawn(site, language)) >= 3 for language in LANGUAGES)
