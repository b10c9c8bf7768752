"""Takes a screenshot of each kind of page for review, where ``make pictures`` asks for them.

They are written to ``build/pictures/LANGUAGE-WIDTH-PAGE.jpg``.
"""

from __future__ import annotations

import os

from example_handbook import PROJECT
from playwright.sync_api import Page

PICTURES = PROJECT / "build" / "pictures"
#: Kind of page → an example of it.
KINDS = {
    "home": "index.html",
    "overview with the three tiers drawn": "overview.html",
    "procedure": "procedure/position.html",
    "steps and the swim-lane": "procedure/four-steps.html",
    "whose due diligence is whose": "procedure/due-diligence.html",
    "table of programmes": "procedure/programmes.html",
    "terms": "definitions/glossary.html",
    "definitions side by side": "definitions/compared.html",
    "country comparison": "comparison/countries.html",
    "survey": "comparison/follow-up-fy2023.html",
    "good practice": "institution/organisation.html",
    "notice": "notice.html",
    "timeline": "about/timeline.html",
    "sources": "about/sources.html",
    "contradictions": "about/differences.html",
    "state of the languages": "about/upkeep.html",
    "what changed": "changes/0.1.0.html",
    "guided path": "self-check/does-it-apply.html",
    "form": "self-check/researcher.html",
    "form with rows": "self-check/project-risk.html",
    "error page": "404.html",
}
_CUT_OFF = """() => [...document.querySelectorAll('article *')].filter((element) => {
  const style = getComputedStyle(element);
  const hides = style.overflowX === 'hidden' && style.clipPath === 'none' && style.visibility === 'visible';
  return hides && element.clientWidth > 8 && element.innerText?.trim() && element.scrollWidth > element.clientWidth + 1
    && element.getBoundingClientRect().height > 8;
}).map((element) => element.outerHTML.slice(0, 120))"""


def take_picture(page: Page, path: str, width: str) -> None:
    """Take a screenshot of ``page`` if it is the example of its kind.

    Args:
        page: The open page.
        path: The path of the page in the site: language, "/", file.
        width: The name of the viewport's width.
    """
    language, _, file = path.partition("/")
    if "TEBIKI_PICTURES" in os.environ and file in KINDS.values():
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = f"{language}-{width}-{file.removesuffix('.html').replace('/', '-')}.jpg"
        page.screenshot(
            path=PICTURES / name, full_page=True, type="jpeg", quality=70
        )  # a PNG takes three times as long


def cut_off(page: Page) -> list[str]:
    """Return the elements of ``page`` that show only part of their text."""
    elements: list[str] = page.evaluate(_CUT_OFF)
    return [f"cut off: {element}" for element in elements]
