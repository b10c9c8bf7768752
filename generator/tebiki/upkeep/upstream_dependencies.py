"""The places of an overlay that depend on entries of the upstream handbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tebiki.model import traverse
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Overlay, Page
from tebiki.model.item_links import link_offsets, linked_ids
from tebiki.model.markup import embeds
from tebiki.model.positions import place_of

# keys whose values are ids; a reference under such a key counts as a link
_REFERENCE_KEYS = ("source", "superseded_by", "supersedes", "actor", "answer_set", "under")


@dataclass(frozen=True)
class Dependency:
    """A place of the overlay that depends on an entry of the upstream handbook.

    Attributes:
        id: An item, a page, a checklist, or CHECKLIST#QUESTION.
        relation: "guidance", "hidden", "questions", "desk", "condition" or "link".
        at: The place in the overlay.
    """

    id: str
    relation: str
    at: Place


def dependencies(handbook: Handbook) -> dict[str, tuple[Dependency, ...]]:
    """Return the dependencies of an overlay.

    Args:
        handbook: A handbook with an overlay.

    Returns:
        The dependencies by the id of the upstream entry, each in the order of the files. A part of an item counts as
        the item.
    """
    assert handbook.overlay is not None
    all_dependencies = {*_overlay_dependencies(handbook.overlay), *_value_dependencies(handbook)}
    for page in handbook.pages:
        if not page.head.at.upstream:
            all_dependencies |= set(_page_dependencies(page))
    item_of_part = {part.id: item.id for item in handbook.items for part in item.parts}
    own = {item.id for item in handbook.items if not item.at.upstream}
    by_id: dict[str, list[Dependency]] = {}
    for dependency in sorted(all_dependencies, key=lambda dependency: (dependency.at, dependency.relation)):
        entry_id = item_of_part.get(dependency.id, dependency.id)
        if entry_id not in own:
            by_id.setdefault(entry_id, []).append(dependency)
    return {entry_id: tuple(places) for entry_id, places in by_id.items()}


def _overlay_dependencies(overlay: Overlay) -> Iterator[Dependency]:
    if desk := overlay.data.get("desk"):
        yield Dependency(desk["page"], "desk", place_of(desk, "page", overlay.at.file))
    for hidden in overlay.hidden:
        yield Dependency(hidden, "hidden", place_of(overlay.hidden, hidden, overlay.hidden_at.file))
    for additions in overlay.additions:
        yield Dependency(additions.checklist, "questions", additions.at)
        for question in additions.questions:
            for other in question.depends_on:
                yield Dependency(f"{additions.checklist}#{other}", "condition", question.at)


def _value_dependencies(handbook: Handbook) -> Iterator[Dependency]:
    """References and links in the data of the overlay's files."""
    for file, values in traverse.all_values(handbook):
        if Place(file).upstream:
            continue
        for position, key, value in values:
            if not isinstance(value, str):
                continue
            place = Place(file, *position)
            if key in _REFERENCE_KEYS:
                yield Dependency(value, "guidance" if key == "under" else "link", place)
            for linked in linked_ids(value):
                yield Dependency(linked, "link", place)


def _page_dependencies(page: Page) -> Iterator[Dependency]:
    for language, body in page.body.items():
        for offset, linked in link_offsets(body):
            yield Dependency(linked, "link", page.place(language, offset))
        for embed in embeds(body):
            for argument in embed.arguments:
                yield Dependency(argument, "link", page.place(language, embed.start))
