from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markup import headings
from tebiki.model.message import Message
from tebiki.model.placement import place_items


@rule("heading-id")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A heading of a page has no id of its own, or one that the page has already, or the languages differ.

    Write ``## Title {#short-id}`` with the same ids in the same order in every language. So a link
    to a section stays good when its title changes, and leads to the same place after the reader
    has switched the language. The first level (``#``) is made from the page's title.
    """
    placement = place_items(handbook)
    anchors: dict[str, set[str]] = {}
    for id_, path in placement.page_of.items():
        anchors.setdefault(path, set()).add(placement.anchor_of[id_])
    for page in handbook.pages:
        orders: dict[str, list[str | None]] = {}
        for language, body in page.body.items():
            page_headings = list(headings(body))
            orders[language] = [heading.id for heading in page_headings]
            taken = {page.id, *anchors[page.path]}  # the title has the id of the page
            for heading in page_headings:
                if heading.id and heading.id not in taken and heading.level > 1:
                    taken.add(heading.id)
                    continue
                place = page.place(language, heading.start)
                if heading.id in taken:
                    message = Message("rules.heading-id.used", id=str(heading.id))
                    yield Diagnostic(place, "heading-id", message)
                taken.add(heading.id or "")
                if heading.id is None:
                    message = Message("rules.heading-id.missing", title=heading.title)
                    yield Diagnostic(place, "heading-id", message)
                if heading.level == 1:
                    message = Message("rules.heading-id.level")
                    yield Diagnostic(place, "heading-id", message)
        first = orders[handbook.languages[0]]
        for language, ids in orders.items():
            if ids != first and None not in [*ids, *first]:
                message = Message("rules.heading-id.order", ids=_shown(ids), original=_shown(first))
                yield Diagnostic(page.body_at[language], "heading-id", message)


def _shown(ids: list[str | None]) -> str:
    return f"[{', '.join(map(str, ids))}]"
