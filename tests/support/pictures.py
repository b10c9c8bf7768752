"""A picture of each kind of page, to be looked at: ``build/pictures/``, named by language, width and page."""

from __future__ import annotations

from example_handbook import PROJECT
from playwright.sync_api import Page

PICTURES = PROJECT / "build" / "pictures"
#: what a page shows → one that shows it
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
    "print view": "print/procedure.html",
    "error page": "404.html",
}
# words that their box does not show, though it shows some of them
CUT_OFF = """() => [...document.querySelectorAll('article *')].filter((one) => {
  const style = getComputedStyle(one);
  const hides = style.overflowX === 'hidden' && style.clipPath === 'none' && style.visibility === 'visible';
  return hides && one.clientWidth > 8 && one.innerText?.trim() && one.scrollWidth > one.clientWidth + 1
    && one.getBoundingClientRect().height > 8;
}).map((one) => one.outerHTML.slice(0, 120))"""

FADED_IN = "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"


def picture(page: Page, path: str, width: str) -> list[str]:
    """Take a picture of the page of the site at ``path`` that is shown; what in it cuts off words.

    Only of pages that stand for their kind; of others nothing is taken, and nothing found.
    """
    language, _, file = path.partition("/")
    if file not in KINDS.values():
        return []
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = f"{language}-{width}-{file.removesuffix('.html').replace('/', '-')}.png"
    page.screenshot(path=PICTURES / name, full_page=True)
    # Material hides and shows its tabs when the page is moved for a picture: what is half faded in has no contrast
    page.evaluate(FADED_IN)
    cut_off: list[str] = page.evaluate(CUT_OFF)
    return cut_off
