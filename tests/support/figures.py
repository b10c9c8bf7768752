"""The figures of a page as they are rendered, with the fonts of this machine."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

PAPER = 700  # pixels
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

_SHOWN = """() => [...document.querySelectorAll('figure.tb-drawing')].map(
  figure => [...figure.querySelectorAll('svg')].filter(svg => svg.checkVisibility()).length)"""
_BOXES = """() => [...document.querySelectorAll('figure.tb-drawing svg')].filter(svg => svg.checkVisibility())
  .map(svg => svg.getBoundingClientRect()).map(box => [box.left, box.right])"""


def figure_problems(page: Page) -> Iterator[str]:
    """Yield what is wrong with the figures at the width that the page has: words leave their boxes, or a table lacks."""
    if not page.locator("figure.tb-drawing, .tb-chart").count():
        return
    yield from (f"leaves its box: {text}" for text in page.evaluate(_OUTSIDE))
    if not all(page.evaluate(_TABLES)):
        yield "a figure without a table"
    smallest = page.evaluate(_SMALLEST)
    if smallest < 10:
        yield f"words of {smallest:.1f} pixels in a figure"
    if not all(count == 1 for count in page.evaluate(_SHOWN)):
        yield "not one form of a figure is shown"


def paper_problems(page: Page) -> Iterator[str]:
    """Yield what is wrong with the figures on paper, where nothing can be pushed: the wide form, within the page."""
    if not page.locator("figure.tb-drawing").count():
        return
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    if page.locator(".tb-drawing__narrow:visible").count():
        yield "the narrow form of a figure on paper"
    yield from (
        f"does not fit on paper: {box}" for box in page.evaluate(_BOXES) if box[0] < 0 or box[1] > PAPER
    )
    page.emulate_media(media="screen")
    page.set_viewport_size(size)
