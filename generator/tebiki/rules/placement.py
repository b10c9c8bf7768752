from __future__ import annotations

from collections.abc import Iterator, Mapping

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW
from tebiki.model.markup import REPORTS, VIEWS, Embed, embeds, stray_embeds
from tebiki.model.placement import Placement, place_items
from tebiki.reading.schema import did_you_mean


@rule("placement")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """An item is on no page or on two, or a page embeds something that does not exist.

    Every item is on exactly one page, so that it has one permanent address. ``![[id]]`` on a line of its own
    puts an item there, ``![[list KIND]]`` all items of a kind that are on no other page,
    ``![[matrix ID]]`` the table of a comparison, ``![[checklist ID]]`` a form. ``![[compare ID ID]]`` sets
    definitions side by side and does not count as their page, and neither does ``![[report changes]]`` (or
    ``review``, or ``translations``), which reports on the handbook itself. Elsewhere, link with ``[[id]]``.
    """
    placement = place_items(handbook)
    embeddable = _embeddable(handbook)
    for page in handbook.pages:
        for language, body in page.body.items():
            for embed in embeds(body):
                if len(embed.arguments) == 1 and embed.arguments[0] in embeddable.get(embed.view, ()):
                    continue
                at = page.place(language, embed.start)
                if embed.view not in embeddable:
                    message = f"there is no view {embed.view}{did_you_mean(embed.view, VIEWS)}"
                    yield Diagnostic(at, "placement", message)
                elif len(embed.arguments) > 1 and embed.view != "compare":
                    message = f"one name follows {embed.view}: put each on a line of its own"
                    yield Diagnostic(at, "placement", message)
                else:
                    yield from _not_embeddable(handbook, embed, embeddable[embed.view], at)
            for offset in stray_embeds(body):
                message = "an item is put on a page by a line of its own that begins with ![["
                yield Diagnostic(page.place(language, offset), "placement", message)
    for file, values in traverse.all_values(handbook):
        for position, _key, value in values:
            if isinstance(value, str) and "![[" in value:
                message = "only a page can hold an item: link to it with [[id]]"
                yield Diagnostic(Place(file, *position), "placement", message)
    yield from _homes(handbook, placement)


def _embeddable(handbook: Handbook) -> Mapping[str, set[str]]:
    """What each view can show."""
    return {
        "item": {item.id for item in handbook.items if item.kind != "guidance"},
        "list": {item.collection for item in handbook.items},
        "matrix": {item.collection for item in handbook.items if item.kind == COMPARISON_ROW},
        "compare": {item.id for item in handbook.items if item.kind == "term"},
        "report": {report for report in REPORTS if report != "overlay" or handbook.overlay},
        "checklist": {checklist.id for checklist in handbook.checklists},
    }


def _not_embeddable(handbook: Handbook, embed: Embed, known: set[str], at: Place) -> Iterator[Diagnostic]:
    for name in embed.arguments:
        lost = embed.view in ("list", "matrix") and handbook.unreadable_files
        if name not in known and name not in handbook.unreadable_ids and not lost:
            purpose = "to put here" if embed.view == "item" else f"that {embed.view} can show"
            message = f"there is nothing called {name} {purpose}{did_you_mean(name, known)}"
            yield Diagnostic(at, "placement", message)


def _homes(handbook: Handbook, placement: Placement) -> Iterator[Diagnostic]:
    if not any(file.startswith("content/pages/") for file in handbook.unreadable_files):
        yield from _homeless(handbook, placement)
    for item_id, first_page, at in placement.duplicates:
        message = f"{item_id} already stands on {first_page}: link to it here with [[{item_id}]]"
        yield Diagnostic(at, "placement", message)
    base = handbook.languages[0]
    for page in handbook.pages:
        original = [(embed.view, embed.arguments) for embed in embeds(page.body.get(base, ""))]
        for language, body in page.body.items():
            if [(embed.view, embed.arguments) for embed in embeds(body)] != original:
                message = f"the items embedded here differ from those in the {base} page"
                yield Diagnostic(page.body_at[language], "placement", message)


def _homeless(handbook: Handbook, placement: Placement) -> Iterator[Diagnostic]:
    for item in handbook.items:
        if item.id not in placement.page_of and item.kind != "guidance":  # which stands below something
            view = "matrix" if item.kind == COMPARISON_ROW else "list"
            message = (
                f"{item.id} stands on no page: put ![[{item.id}]] or ![[{view} {item.collection}]] on one"
            )
            yield Diagnostic(item.at, "placement", message)
    for checklist in handbook.current_checklists:
        if checklist.id not in placement.page_of:
            message = f"{checklist.id} stands on no page: put ![[checklist {checklist.id}]] on one"
            yield Diagnostic(checklist.head.at, "placement", message)
