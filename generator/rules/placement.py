from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Place, rule
from generator.markup import VIEWS, embeds
from generator.model import Handbook
from generator.placement import Placement, place_items
from generator.schema import nearest


@rule("placement")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """An item stands on no page or on two, or a page embeds what does not exist.

    Every item has one home, so that it has one permanent address. ``![[id]]`` on a line of its own
    puts an item there, ``![[list KIND]]`` all items of a kind that stand nowhere else,
    ``![[matrix KIND]]`` a table of them, ``![[checklist ID]]`` a form. ``![[compare ID ID]]`` sets
    definitions side by side and is no home. Elsewhere, link with ``[[id]]``.
    """
    placement = place_items(handbook)
    by_id = {item.id: item for item in handbook.items}
    kinds = {item.kind for item in handbook.items}
    checklists = {checklist.id for checklist in handbook.checklists}
    for page in handbook.pages:
        for language, body in page.body.items():
            start = page.body_at[language]
            for embed in embeds(body):
                at = Place(start.file, start.line + body.count("\n", 0, embed.start))
                known: set[str] = set()
                if embed.view not in ("item", *VIEWS):
                    message = f"there is no view {embed.view}{nearest(embed.view, list(VIEWS))}"
                    yield Diagnostic(at, "placement", message)
                    continue
                if embed.view in ("item", "compare"):
                    known = set(by_id)
                elif embed.view in ("list", "matrix"):
                    known = kinds
                elif embed.view == "checklist":
                    known = checklists
                for name in embed.arguments:
                    if name not in known and name not in handbook.unreadable_ids:
                        message = f"there is nothing called {name} to put here{nearest(name, known)}"
                        yield Diagnostic(at, "placement", message)
    yield from _homes(handbook, placement)


def _homes(handbook: Handbook, placement: Placement) -> Iterator[Diagnostic]:
    for item in handbook.items:
        if item.id not in placement.page_of:
            message = f"{item.id} stands on no page: put ![[{item.id}]] or ![[list {item.kind}]] on one"
            yield Diagnostic(item.at, "placement", message)
    for checklist in handbook.current_checklists:
        if checklist.id not in placement.page_of:
            message = f"{checklist.id} stands on no page: put ![[checklist {checklist.id}]] on one"
            yield Diagnostic(checklist.head.at, "placement", message)
    for item_id, page, at in placement.twice:
        message = f"{item_id} already stands on {page}: link to it here with [[{item_id}]]"
        yield Diagnostic(at, "placement", message)
    base = handbook.languages[0] if handbook.languages else ""
    for entry in handbook.pages:
        original = [(e.view, e.arguments) for e in embeds(entry.body.get(base, ""))]
        for language, body in entry.body.items():
            if [(e.view, e.arguments) for e in embeds(body)] != original:
                message = f"the items embedded here differ from those in the {base} page"
                yield Diagnostic(entry.body_at[language], "placement", message)
