from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook, Page
from tebiki.model.message import Message
from tebiki.model.page_status import entries_on, worked_out_status
from tebiki.model.positions import place_of


@rule("page-status")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A page states a firmer status than the weakest of what stands on it.

    The status of a page is worked out from its sources and from the items on it. Take ``status`` out. Where a
    place in a source is firmer than the document, state that with the reference (``status`` beside ``place``):
    a draft that reports the results of a published survey is ``secondary`` there.
    """
    own = [page for page in handbook.pages if not page.head.at.upstream]
    for page in own:
        stated = page.head.status
        if stated is None or "editorial" in page.head.data or not _sources_known(handbook, page):
            continue
        least_firm = worked_out_status(handbook, page)
        if 0 <= handbook.rank(stated) < handbook.rank(least_firm):
            message = Message("rules.page-status.firmer", id=page.id, stated=stated, least_firm=least_firm)
            yield Diagnostic(place_of(page.head.data, "status", page.head.at.file), "page-status", message)


def _sources_known(handbook: Handbook, page: Page) -> bool:
    groups = (page.head.sources, *(entry.sources for entry in entries_on(handbook, page)))
    return all(reference.source in handbook.sources for group in groups for reference in group)
