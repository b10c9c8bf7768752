from __future__ import annotations

from collections.abc import Iterator, Mapping

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import COMPARISON_ROW
from tebiki.model.markup import REPORTS, VIEWS, Embed, embeds, stray_embeds
from tebiki.model.message import Message
from tebiki.model.placement import Placement, place_items
from tebiki.reading.schema import suggestion


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
                    hint = suggestion(embed.view, VIEWS)
                    message = Message("rules.placement.view", view=embed.view, hint=hint)
                    yield Diagnostic(at, "placement", message)
                elif len(embed.arguments) > 1 and embed.view != "compare":
                    message = Message("rules.placement.several", view=embed.view)
                    yield Diagnostic(at, "placement", message)
                else:
                    yield from _not_embeddable(handbook, embed, embeddable[embed.view], at)
            for offset in stray_embeds(body):
                message = Message("rules.placement.stray")
                yield Diagnostic(page.place(language, offset), "placement", message)
    for file, values in traverse.all_values(handbook):
        for position, _key, value in values:
            if isinstance(value, str) and "![[" in value:
                message = Message("rules.placement.not-a-page")
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
        "figures": set(handbook.figures_by_name),
    }


def _not_embeddable(handbook: Handbook, embed: Embed, known: set[str], at: Place) -> Iterator[Diagnostic]:
    for name in embed.arguments:
        lost = embed.view in ("list", "matrix") and handbook.unreadable_files
        if name not in known and name not in handbook.unreadable_ids and not lost:
            hint = suggestion(name, known)
            message = (
                Message("rules.placement.item", id=name, hint=hint)
                if embed.view == "item"
                else Message("rules.placement.name", id=name, view=embed.view, hint=hint)
            )
            yield Diagnostic(at, "placement", message)


def _homes(handbook: Handbook, placement: Placement) -> Iterator[Diagnostic]:
    if not any(file.startswith("content/pages/") for file in handbook.unreadable_files):
        yield from _homeless(handbook, placement)
    for message, at in placement.duplicates:
        yield Diagnostic(at, "placement", message)
    base = handbook.languages[0]
    for page in handbook.pages:
        original = [(embed.view, embed.arguments) for embed in embeds(page.body.get(base, ""))]
        for language, body in page.body.items():
            if [(embed.view, embed.arguments) for embed in embeds(body)] != original:
                message = Message("rules.placement.languages", language=base)
                yield Diagnostic(page.body_at[language], "placement", message)


def _homeless(handbook: Handbook, placement: Placement) -> Iterator[Diagnostic]:
    for item in handbook.items:
        if item.id not in placement.page_of and item.kind != "guidance":  # which stands below something
            view = "matrix" if item.kind == COMPARISON_ROW else "list"
            message = Message("rules.placement.homeless", id=item.id, view=view, collection=item.collection)
            yield Diagnostic(item.at, "placement", message)
    for checklist in handbook.current_checklists:
        if checklist.id not in placement.page_of:
            message = Message("rules.placement.homeless-checklist", id=checklist.id)
            yield Diagnostic(checklist.head.at, "placement", message)
